// Sections that take other layers: [route], [shortcut], [scale_channels], [sam].
import { formatShape, formatSize } from '../../../dims/format.ts';
import type { Dimension } from '../../../dims/size.ts';
import type { Tensor, TextIdea } from '../../../network/network.ts';
import { activate, only } from './convolution.ts';
import type { LayerReader, LayerUse, Lowered } from './reader.ts';

export function route(reader: LayerReader): Lowered {
  const groups = reader.dialect === 'pjreddie' ? 1 : reader.integer('groups', 1);
  const found = reader.references('layers');
  if (found.length === 0) return none(reader);
  const ranges = found.map(({ range }) => range);
  const tensors = found.map(({ tensor }) => tensor);
  const joined =
    tensors.length === 1
      ? reader.apply('Identity', {}, tensors, ranges)
      : reader.apply('Cat', { dim: [1] }, tensors, ranges, () => [...reader.sizeIdeas(), ...otherLayers(reader, found)]);
  if (groups === 1) return only(joined);
  const channels = joined.shape?.[1];
  if (typeof channels === 'number' && (groups < 1 || channels % groups !== 0)) {
    const message = `groups=${groups} of [route] does not divide its ${channels} channels.\nEach group gets the same number of them.`;
    const fault = {
      code: 'group-mismatch',
      reason: 'groups-not-divisor',
      argument: 'channels',
      value: channels,
      groups,
      divider: 'groups',
    } as const;
    reader.report(fault, reader.place('groups'), [], message);
    return only({ ...joined, shape: undefined });
  }
  const group = reader.integer('group_id', 0);
  if (group < 0 || group >= groups) {
    const message = `[route] has groups=${groups}, 0 to ${groups - 1}, and takes group_id=${group}.\nDarknet reads behind the end of the layer there.`;
    reader.report({ code: 'argument-range', reason: 'expression', message }, reader.place('group_id'));
    return only({ ...joined, shape: undefined });
  }
  reader.differ(reader.place('groups'), `groups=${groups} is passed over by pjreddie's, which hands on all channels`);
  const parts = reader.apply('Chunk', { chunks: [groups, 'groups'], dim: [1] }, [joined]).producer?.outputs ?? [];
  return only(parts[group] ?? { ...joined, shape: undefined });
}

/** A join of nothing, which has been told. */
function none({ input }: LayerReader): Lowered {
  return only({ ...input, shape: undefined });
}

/** For each layer that does not fit the others, the nearest one that does; the number counts as it did. */
function otherLayers({ layers }: LayerReader, uses: readonly LayerUse[]): TextIdea[] {
  const sizeOf = ({ shape }: Tensor) => (shape?.length === 4 ? formatShape(shape.slice(2)) : '');
  const taken = new Set(uses.map(({ at }) => at));
  return [...uses].reverse().flatMap((use): TextIdea[] => {
    const [wanted = '', ...more] = new Set(uses.filter((other) => other !== use).map(({ tensor }) => sizeOf(tensor)));
    if (wanted === '' || more.length > 0 || wanted === sizeOf(use.tensor)) return [];
    const fitting = layers
      .map(({ output }, at) => ({ output, at }))
      .filter(({ output, at }) => sizeOf(output) === wanted && !taken.has(at));
    const away = ({ at }: { readonly at: number }) => Math.abs(at - use.at);
    const [nearest] = fitting.sort((a, b) => away(a) - away(b));
    if (nearest === undefined) return [];
    const number = use.written < 0 ? nearest.at - layers.length : nearest.at;
    const size = nearest.output.shape?.slice(1).map(formatSize).join('x') ?? '';
    return [
      {
        title: `Change ${use.written} to ${number}: layer ${nearest.at} is ${size}`,
        edits: [{ range: use.range, newText: String(number) }],
        // A number that counts from the start is what an insertion leaves behind.
        larger: use.written < 0,
      },
    ];
  });
}

/** The sizes are those of the layer before, whatever is added to it. */
export function shortcut(reader: LayerReader): Lowered {
  const found = reader.references('from').slice(0, reader.dialect === 'pjreddie' ? 1 : undefined);
  if (found.length === 0) return none(reader);
  const { shape } = reader.input;
  // Darknet adds the channels that both have; pjreddie's also reads every second cell of a map that is twice as large.
  const isUneven = found.some(({ tensor }) => formatShape(tensor.shape) !== formatShape(shape));
  const isImage = shape?.length === 4 && found.every(({ tensor }) => tensor.shape?.length === 4);
  const [first] = found;
  if (found.length > 1) reader.differ(reader.place('from'), `pjreddie's adds ${first?.written ?? 0} alone, the first of the list`);
  const goesWith = reader.dialect === 'pjreddie' ? isSampled : isMultiple;
  if (isUneven && isImage && found.every(({ tensor }) => goesWith(tensor.shape ?? [], shape))) {
    if (found.some(({ tensor }) => formatShape(tensor.shape?.slice(2)) !== formatShape(shape.slice(2))))
      reader.differ(reader.place('from'), "maps of unlike height or width are added by pjreddie's and refused by AlexeyAB's");
    return only(activate(reader, reader.apply('Identity', {}), 'linear'));
  }
  const inputs = [reader.input, ...found.map(({ tensor }) => tensor)];
  countWeights(reader, inputs.length);
  const sum = reader.apply('Add', {}, inputs, [reader.section.headerRange, ...found.map(({ range }) => range)], reader.sizeIdeas);
  return only(activate(reader, sum, 'linear'));
}

/** AlexeyAB's weighs the layers that it adds: each as a whole, or each of its channels. */
function countWeights(reader: LayerReader, inputs: number): void {
  const type = reader.dialect === 'AlexeyAB' ? reader.text('weights_type', 'none') : 'none';
  const channels = reader.input.shape?.[1];
  if (type === 'per_feature' || type === 'per_layer') reader.apply('Parameter', { size: [[inputs], 'weights_type'] }, []);
  if (type === 'per_channel' && channels !== undefined) reader.apply('Parameter', { size: [[inputs, channels], 'weights_type'] }, []);
}

export function scaled(reader: LayerReader): Lowered {
  const found = reader.references('from').slice(0, 1);
  if (found.length === 0) return none(reader);
  const product = reader.apply(
    'Mul',
    {},
    [reader.input, ...found.map(({ tensor }) => tensor)],
    [reader.section.headerRange, ...found.map(({ range }) => range)],
  );
  return only(activate(reader, product, 'linear'));
}

/** What pjreddie's takes: height and width go into those of the other equally often, whatever is left over. */
function isSampled([, , height, width]: readonly Dimension[], [, , otherHeight, otherWidth]: readonly Dimension[]): boolean {
  if (typeof height !== 'number' || typeof width !== 'number' || typeof otherHeight !== 'number' || typeof otherWidth !== 'number')
    return true;
  return (
    Math.trunc(width / otherWidth) === Math.trunc(height / otherHeight) &&
    Math.trunc(otherWidth / width) === Math.trunc(otherHeight / height)
  );
}

/** Height and width are equal, or both of one are the same multiple of the other's. */
function isMultiple([, , height, width]: readonly Dimension[], [, , otherHeight, otherWidth]: readonly Dimension[]): boolean {
  if (typeof height !== 'number' || typeof width !== 'number' || typeof otherHeight !== 'number' || typeof otherWidth !== 'number')
    return true;
  return height * otherWidth === width * otherHeight && (height % otherHeight === 0 || otherHeight % height === 0);
}
