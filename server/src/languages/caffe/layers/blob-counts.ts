// How many bottoms and tops a layer type takes, where Caffe counts them; forks give some types more, which are not here.
import type { Report, Written } from '../fields.ts';
import type { Range } from '../../../text/range.ts';
import { removal } from '../write-field.ts';

interface Counts {
  /** At least and at most. */
  readonly bottoms: readonly [number, number];
  readonly tops: readonly [number, number];
}

const ONE_TO_ONE: Counts = { bottoms: [1, 1], tops: [1, 1] };
const TWO_TO_ONE: Counts = { bottoms: [2, 2], tops: [1, 1] };
/** Forks weight their losses by a third bottom. */
const LOSS: Counts = { bottoms: [2, Infinity], tops: [0, 2] };
const SOURCE: Counts = { bottoms: [0, 0], tops: [1, Infinity] };

const COUNTS: ReadonlyMap<string, Counts> = new Map([
  ...[
    ...['ReLU', 'PReLU', 'ELU', 'Sigmoid', 'TanH', 'BNLL', 'AbsVal', 'Exp', 'Log', 'Swish', 'Clip', 'Threshold', 'Dropout', 'Power'],
    ...['Softmax', 'LRN', 'MVN', 'BatchNorm', 'InnerProduct', 'Flatten', 'Reshape', 'Tile', 'Embed', 'Reduction', 'ArgMax', 'SPP'],
    ...['Permute', 'ShuffleChannel', 'Im2col'],
  ].map((type) => [type, ONE_TO_ONE] as const),
  ...['Crop', 'BatchReindex', 'PriorBox', 'ROIPooling', 'PSROIPooling'].map((type) => [type, TWO_TO_ONE] as const),
  ...['SoftmaxWithLoss', 'EuclideanLoss', 'HingeLoss', 'InfogainLoss', 'MultinomialLogisticLoss', 'SigmoidCrossEntropyLoss'].map(
    (type) => [type, LOSS] as const,
  ),
  ...['Input', 'DummyData', 'Parameter', 'MemoryData', 'Data', 'ImageData', 'WindowData', 'HDF5Data'].map(
    (type) => [type, SOURCE] as const,
  ),
  ['Convolution', { bottoms: [1, Infinity], tops: [1, Infinity] }],
  ['Deconvolution', { bottoms: [1, Infinity], tops: [1, Infinity] }],
  ['Pooling', { bottoms: [1, 1], tops: [1, 2] }],
  ['Concat', { bottoms: [1, Infinity], tops: [1, 1] }],
  ['Eltwise', { bottoms: [2, Infinity], tops: [1, 1] }],
  ['Slice', { bottoms: [1, 1], tops: [1, Infinity] }],
  ['Split', { bottoms: [1, 1], tops: [1, Infinity] }],
  ['Scale', { bottoms: [1, 2], tops: [1, 1] }],
  ['Bias', { bottoms: [1, 2], tops: [1, 1] }],
  ['Accuracy', { bottoms: [2, Infinity], tops: [0, 2] }],
  ['ContrastiveLoss', { bottoms: [3, 3], tops: [0, 1] }],
  ['Silence', { bottoms: [1, Infinity], tops: [0, 0] }],
  ['HDF5Output', { bottoms: [2, 2], tops: [0, 0] }],
  ['RNN', { bottoms: [2, Infinity], tops: [1, Infinity] }],
  ['LSTM', { bottoms: [2, Infinity], tops: [1, Infinity] }],
]);

type Blobs = readonly Written<string>[];

/** Types whose weights go over each bottom in turn, to the top at its place. */
export const PAIRED: ReadonlySet<string> = new Set(['Convolution', 'Deconvolution', 'Im2col']);

/** Whether the layer has as many as it takes; one fault where it has not. */
export function hasRightCounts(
  text: string,
  type: { readonly name: string; readonly range: Range },
  bottoms: Blobs,
  tops: Blobs,
  report: Report,
): boolean {
  const counts = COUNTS.get(type.name);
  if (counts === undefined) return true;
  return check('bottom', counts.bottoms, bottoms) && check('top', counts.tops, tops) && (!PAIRED.has(type.name) || areEqual());

  function check(what: 'bottom' | 'top', [least, most]: readonly [number, number], found: Blobs): boolean {
    if (found.length >= least && found.length <= most) return true;
    const extra = found.length > most ? found[most] : undefined;
    const wanted =
      least === most
        ? countWords(least, what)
        : most === Infinity
          ? `at least ${countWords(least, what)}`
          : `${least} to ${countWords(most, what)}`;
    const message = `${type.name} takes ${wanted}, but has ${found.length}.\n${what === 'bottom' ? 'A bottom is what goes into the layer.' : 'A top is what comes out of the layer.'} Caffe refuses another number of them.`;
    const ideas =
      extra === undefined || least < 1
        ? []
        : [{ title: `Remove \`${text.slice(extra.place.start, extra.place.end)}\``, edits: [removal(text, extra.place)] }];
    report({ code: 'input-count', reason: 'outputs', message }, extra?.range ?? type.range, { ideas });
    return false;
  }

  function areEqual(): boolean {
    if (bottoms.length === tops.length) return true;
    const message = `${type.name} has ${countWords(bottoms.length, 'bottom')} and ${countWords(tops.length, 'top')}.\nIt goes over each bottom with the same weights, and each has a top of its own. To join tensors before it, put a Concat.`;
    const extra = bottoms.length > tops.length ? bottoms[tops.length] : tops[bottoms.length];
    const ideas =
      extra === undefined
        ? []
        : [{ title: `Remove \`${text.slice(extra.place.start, extra.place.end)}\``, edits: [removal(text, extra.place)] }];
    report({ code: 'input-count', reason: 'outputs', message }, extra?.range ?? type.range, { ideas });
    return false;
  }
}

function countWords(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
