// Weights that layers share by the name of a `param`: they have to have the same shape.
import { product } from '../../dims/arithmetic.ts';
import { formatShape } from '../../dims/format.ts';
import type { Dimension } from '../../dims/size.ts';
import { isList, isSize, type ArgumentValue } from '../../network/argument.ts';
import type { Node } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { fieldsNamed, insideQuotes, stringNamed, wordNamed, type Report } from './fields.ts';
import type { Message } from './text-format/tree.ts';

export interface SharedBlob {
  readonly owner: string;
  readonly range: Range;
  readonly sizes: readonly number[];
}

/** Compares the named blobs of a layer with those of layers before it, and keeps them in `found`. */
export function checkSharing(layer: Message, node: Node | undefined, found: Map<string, SharedBlob>, report: Report): void {
  const values = fieldsNamed(layer, 'param').flatMap((field) => field.values);
  if (node === undefined || values.length === 0) return;
  const blobs = blobsOf(node);
  const owner = stringNamed(layer, 'name')?.value ?? 'the layer before';
  for (const [at, value] of values.entries()) {
    const sizes = blobs[at];
    const scalar =
      value.kind === 'scalar' ? { value: value.text, range: insideQuotes(value.text, value.range) } : stringNamed(value, 'name');
    if (sizes === undefined || scalar === undefined || scalar.value === '') continue;
    const first = found.get(scalar.value);
    if (first === undefined) {
      found.set(scalar.value, { owner, range: scalar.range, sizes });
      continue;
    }
    const isLoose = value.kind === 'message' && wordNamed(value, 'share_mode')?.value === 'PERMISSIVE';
    if (isLoose ? product(first.sizes) === product(sizes) : formatShape(first.sizes) === formatShape(sizes)) continue;
    const message =
      `\`${scalar.value}\` is shared with ${first.owner}, whose weights are ${formatShape(first.sizes)}, but here they are ${formatShape(sizes)}.\n` +
      (isLoose
        ? 'Caffe wants as many numbers in both.'
        : 'Caffe wants the same shape in both: give the blob another name, or the layers the same sizes.');
    report({ code: 'argument-range', reason: 'expression', message }, scalar.range, {
      words: { message, related: [{ message: `\`${scalar.value}\` is that of ${first.owner}`, range: first.range }] },
    });
  }
}

/** The shapes of the weights and of the bias, where they are known. */
function blobsOf({ operator, arguments: given, inputs: [input] }: Node): (readonly number[] | undefined)[] {
  const outputs = sizeOf(given.get('out_channels') ?? given.get('out_features'));
  const shape = input?.shape;
  if (outputs === undefined || shape === undefined) return [];
  if (operator === 'Linear') {
    const start = given.get('start_dim');
    return [known([outputs, product(shape.slice(typeof start === 'number' ? start : 1))]), known([outputs])];
  }
  const [, transposed, axes] = /^Conv(Transpose)?(\d)d$/.exec(operator) ?? [];
  const groups = sizeOf(given.get('groups') ?? 1);
  if (axes === undefined || typeof groups !== 'number') return [];
  const kernel = given.get('kernel_size');
  const sides = isList(kernel) ? kernel.map(sizeOf) : Array.from({ length: Number(axes) }, () => sizeOf(kernel));
  const channels = shape[1];
  const part = (size: Dimension) => (typeof size === 'number' && size % groups === 0 ? size / groups : undefined);
  const weights = transposed === undefined ? [outputs, part(channels), ...sides] : [channels, part(outputs), ...sides];
  return [known(weights), known([outputs])];
}

function sizeOf(value: ArgumentValue | undefined): Dimension {
  return isSize(value) ? value : undefined;
}

function known(sizes: readonly Dimension[]): readonly number[] | undefined {
  return sizes.every((size) => typeof size === 'number') ? sizes : undefined;
}
