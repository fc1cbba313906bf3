// What a layer says of its weights and of its loss that Caffe does not take: more `param` than blobs, or another number than tops or bottoms.
import { fieldsNamed, booleanNamed, messageNamed, numberNamed, scalarsNamed, type Report } from './fields.ts';
import type { LayerField } from './layer-field.ts';
import type { Field, Message } from './text-format/tree.ts';
import { removal } from './write-field.ts';

/** How many blobs of weights each type has, where Caffe's own code says so. */
const BLOBS: Readonly<Record<string, (layer: Message, bottoms: number) => number>> = {
  Convolution: (layer) => 1 + biasOf(layer, 'convolution_param', true),
  Deconvolution: (layer) => 1 + biasOf(layer, 'convolution_param', true),
  InnerProduct: (layer) => 1 + biasOf(layer, 'inner_product_param', true),
  Embed: (layer) => 1 + biasOf(layer, 'embed_param', true),
  Scale: (layer, bottoms) => (bottoms > 1 ? 0 : 1) + biasOf(layer, 'scale_param', false),
  Bias: (_, bottoms) => (bottoms > 1 ? 0 : 1),
  PReLU: () => 1,
  ...Object.fromEntries(
    [
      'ReLU',
      'Sigmoid',
      'TanH',
      'ELU',
      'Pooling',
      'LRN',
      'Dropout',
      'Softmax',
      'Concat',
      'Eltwise',
      'Slice',
      'Flatten',
      'Reshape',
      'Crop',
    ].map((type) => [type, () => 0]),
  ),
};

function biasOf(layer: Message, parameter: string, usual: boolean): number {
  return (booleanNamed(messageNamed(layer, parameter), 'bias_term')?.value ?? usual) ? 1 : 0;
}

export function checkWeights(text: string, { message, type }: LayerField, counts: { bottoms: number; tops: number }, report: Report): void {
  checkParams(text, message, type.name, BLOBS[type.name]?.(message, counts.bottoms), report);
  if (type.name === 'BatchNorm') checkStatistics(message, report);
  checkCount(text, message, 'loss_weight', { count: Math.max(counts.tops, 1), what: 'top' }, report);
  checkCount(text, message, 'propagate_down', { count: counts.bottoms, what: 'bottom' }, report);
}

function checkParams(text: string, layer: Message, type: string, blobs: number | undefined, report: Report): void {
  const found = fieldsNamed(layer, 'param').flatMap((field) => field.values.map(() => field));
  const extra = blobs === undefined ? undefined : found[blobs];
  if (blobs === undefined || extra === undefined) return;
  const why =
    blobs === 0
      ? `${type} has no weights, so that there is nothing to learn.`
      : blobs === 1
        ? 'It is for the weights alone, since there is no bias.'
        : 'They are for the weights and the bias, in this order.';
  const message = `${type} has ${wordsOf(found.length, '`param`')}, but ${blobs === 0 ? 'no blobs' : wordsOf(blobs, 'blob')} of weights.\n${why} Caffe refuses more of them.`;
  const extras = [...new Set(found.slice(blobs))];
  report({ code: 'argument-type', reason: 'expression', message }, extra.nameRange, {
    ideas: [
      {
        title: extras.length === 1 ? 'Remove this `param`' : `Remove the last ${extras.length} \`param\``,
        edits: extras.map(({ range }) => removal(text, range)),
      },
    ],
  });
}

/** A batch norm counts its mean and variance; they are not learnt. */
function checkStatistics(layer: Message, report: Report): void {
  const learnt = fieldsNamed(layer, 'param').filter((field) => rateOf(field) !== 0);
  const [first] = learnt;
  if (first === undefined) return;
  const message =
    'The mean and variance of BatchNorm are counted and not learnt: lr_mult has to be 0.\nCaffe refuses another rate since 2016; before, it learnt nonsense without a word.';
  const edits = learnt.flatMap((field) => zeroRate(field));
  report({ code: 'ignored-key', reason: 'statistics', message, related: [] }, first.nameRange, {
    ideas: edits.length === 0 ? [] : [{ title: 'Set lr_mult to 0', edits }],
  });
}

function rateOf({ values: [value] }: Field): unknown {
  const rate = value?.kind === 'message' ? numberNamed(value, 'lr_mult') : undefined;
  return value?.kind !== 'message' ? 0 : rate === undefined ? 1 : rate.value;
}

function zeroRate({ values: [value] }: Field) {
  if (value?.kind !== 'message') return [];
  const rate = numberNamed(value, 'lr_mult');
  if (rate !== undefined) return [{ range: rate.range, newText: '0' }];
  const [first] = value.fields;
  if (first === undefined) return [{ range: { start: value.range.start + 1, end: value.range.start + 1 }, newText: ' lr_mult: 0 ' }];
  return [{ range: { start: first.range.start, end: first.range.start }, newText: 'lr_mult: 0 ' }];
}

/** `loss_weight` is given for every top or not at all, and so is `propagate_down` for every bottom. */
function checkCount(
  text: string,
  layer: Message,
  field: string,
  { count, what }: { readonly count: number; readonly what: string },
  report: Report,
): void {
  const found = scalarsNamed(layer, field);
  const [first] = found;
  if (first === undefined || found.length === count) return;
  const message = `${field} is given ${wordsOf(found.length, 'time')}, but the layer has ${wordsOf(count, what)}.\nCaffe wants one for each ${what}, or none.`;
  const extra = found.slice(count);
  report({ code: 'argument-type', reason: 'expression', message }, (extra[0] ?? first).range, {
    ideas: extra.length === 0 ? [] : [{ title: 'Remove what is too many', edits: extra.map(({ place }) => removal(text, place)) }],
  });
}

function wordsOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 || what.startsWith('`') ? '' : 's'}`;
}
