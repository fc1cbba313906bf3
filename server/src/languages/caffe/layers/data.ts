// Layers that bring data: what the file says of their sizes is known, and what a database says is not.
import type { Dimension, Shape } from '../../../dims/size.ts';
import type { Range } from '../../../text/range.ts';
import { booleanNamed, messageNamed, messagesNamed, scalarsNamed, sizeNamed, sizesNamed, stringNamed, wordNamed } from '../fields.ts';
import type { Report, Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { operator, tensors, type LayerRule, type Meaning } from './layer-rule.ts';

/** The sizes of one `shape { dim: 1 dim: 3 }`. */
export function shapeOf(message: Message, report: Report): { shape: Shape; axisRanges: Range[] } {
  const sizes = sizesNamed(message, 'dim', report);
  return { shape: sizes.map(({ value }) => value), axisRanges: sizes.map(({ range }) => range) };
}

function shaped(parameter: string): LayerRule {
  return ({ message, topCount, report }) => {
    const shapes = messagesNamed(messageNamed(message, parameter), 'shape').map((shape) => shapeOf(shape, report));
    const [first] = shapes;
    return {
      kind: 'tensors',
      shapes: Array.from({ length: topCount }, (_, top) => (shapes.length === 1 ? first : shapes[top])?.shape),
      ...(first !== undefined && { axisRanges: first.axisRanges }),
    };
  };
}

/** What the scripts that come with Caffe write: databases of these names hold images of these sizes. */
const DATABASES: readonly (readonly [RegExp, readonly [number, number, number]])[] = [
  [/(?:^|\/)mnist_siamese_(?:train|test)_(?:lmdb|leveldb)$/, [2, 28, 28]],
  [/(?:^|\/)mnist_(?:train|test)_(?:lmdb|leveldb)$/, [1, 28, 28]],
  [/(?:^|\/)cifar10_(?:train|test)_(?:lmdb|leveldb)$/, [3, 32, 32]],
];

interface Images {
  readonly batch: Written<Dimension> | undefined;
  readonly channels: Dimension;
  readonly height: Written<Dimension> | Dimension;
  readonly width: Written<Dimension> | Dimension;
}

/** Images: cropped, resized, or as they are in the database. */
function imagesOf(message: Message, parameter: string, report: Report): Images {
  const parameters = messageNamed(message, parameter);
  const transform = messageNamed(message, 'transform_param');
  const resize = messageNamed(transform, 'resize_param');
  const cropped = [transform, parameters].map((one) => sizeNamed(one, 'crop_size', report)).find((one) => one !== undefined);
  // A crop of 0 is none.
  const crop = cropped?.value === 0 ? undefined : cropped;
  const source = stringNamed(parameters, 'source')?.value ?? '';
  const known = DATABASES.find(([name]) => name.test(source))?.[1];
  const isGray = booleanNamed(transform, 'force_gray')?.value === true || booleanNamed(parameters, 'is_color')?.value === false;
  const height = crop ?? sizeNamed(resize, 'height', report) ?? sizeNamed(parameters, 'new_height', report);
  const width = crop ?? sizeNamed(resize, 'width', report) ?? sizeNamed(parameters, 'new_width', report);
  const means = scalarsNamed(transform, 'mean_value').length;
  // What is cropped or resized are photographs, which are decoded in colour unless the file says otherwise.
  const channels = isGray ? 1 : means > 1 ? means : (known?.[0] ?? (height === undefined ? undefined : 3));
  return { batch: sizeNamed(parameters, 'batch_size', report), channels, height: height ?? known?.[1], width: width ?? known?.[2] };
}

function sizeIn(size: Written<Dimension> | Dimension): Dimension {
  return typeof size === 'object' && 'place' in size ? size.value : size;
}

function rangeIn(size: Written<Dimension> | Dimension): Range | undefined {
  return typeof size === 'object' && 'place' in size ? size.range : undefined;
}

function images(parameter: string, labels: (images: Images, message: Message) => readonly Shape[]): LayerRule {
  return ({ message, topCount, report }): Meaning => {
    const found = imagesOf(message, parameter, report);
    const { batch, channels, height, width } = found;
    const shapes = [[batch?.value, channels, sizeIn(height), sizeIn(width)], ...labels(found, message)].slice(0, Math.max(topCount, 1));
    const [high, wide] = [rangeIn(height), rangeIn(width)];
    const range = batch?.range ?? high;
    // The channels are written nowhere, and nobody asks for their place.
    return high === undefined || wide === undefined || range === undefined
      ? tensors(...shapes)
      : { kind: 'tensors', shapes, axisRanges: [range, range, high, wide] };
  };
}

const oneLabel = ({ batch }: Images): readonly Shape[] => [[batch?.value]];

/** For each cell, for each image, or none. */
const segmentation = ({ batch, height, width }: Images, message: Message): readonly Shape[] => {
  const kind = wordNamed(messageNamed(message, 'image_data_param'), 'label_type')?.value ?? 'PIXEL';
  if (kind === 'NONE') return [undefined];
  return [
    [batch?.value, 1, ...(kind === 'IMAGE' ? [1, 1] : [sizeIn(height), sizeIn(width)])],
    [batch?.value, 1, 1, 2],
  ];
};

const memory: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'memory_data_param');
  const [batch, ...rest] = ['batch_size', 'channels', 'height', 'width'].map((name) => sizeNamed(parameters, name, report));
  const ranges = [batch, ...rest].flatMap((one) => one?.range ?? []);
  const shape = [batch?.value, ...rest.map((one) => one?.value)];
  return { kind: 'tensors', shapes: [shape, [batch?.value]], ...(ranges.length === 4 && { axisRanges: ranges }) };
};

/** With a shape for each top, or the four sizes of the old form. */
const dummy: LayerRule = (layer) => {
  const { message, topCount, report } = layer;
  const parameters = messageNamed(message, 'dummy_data_param');
  if (messagesNamed(parameters, 'shape').length > 0) return shaped('dummy_data_param')(layer);
  const sizes = ['num', 'channels', 'height', 'width'].map((name) => sizesNamed(parameters, name, report));
  const at = (found: readonly Written<Dimension>[], top: number) => (found.length === 1 ? found[0] : found[top]);
  const ranges = sizes.flatMap((found) => at(found, 0)?.range ?? []);
  const shapes = Array.from({ length: topCount }, (_, top) => sizes.map((found) => at(found, top)?.value));
  return { kind: 'tensors', shapes, ...(ranges.length === 4 && { axisRanges: ranges }) };
};

/** Trainable numbers that belong to the network. */
const parameter: LayerRule = ({ message, report }) => {
  const shape = messageNamed(messageNamed(message, 'parameter_param'), 'shape');
  if (shape === undefined) return tensors(undefined);
  return operator('Parameter', { size: shapeOf(shape, report).shape?.map((size) => size ?? { kind: 'unknown' }) });
};

export const data: Readonly<Record<string, LayerRule>> = {
  Input: shaped('input_param'),
  DummyData: dummy,
  Parameter: parameter,
  MemoryData: memory,
  Data: images('data_param', oneLabel),
  ImageData: images('image_data_param', oneLabel),
  WindowData: images('window_data_param', oneLabel),
  VideoData: images('data_param', oneLabel),
  AnnotatedData: images('data_param', () => [[1, 1, undefined, 8]]),
  ImageSegData: images('image_data_param', segmentation),
  DenseImageData: images('dense_image_data_param', ({ batch, height, width }) => [[batch?.value, 1, sizeIn(height), sizeIn(width)]]),
  // What the file of data has, the prototxt does not say.
  HDF5Data: () => tensors(),
  HDF5Output: () => tensors(),
  Python: () => tensors(),
};
