// Layers that bring data: what the file says of their sizes is known, and what a database says is not.
import type { Dimension, Shape } from '../../../dims/size.ts';
import { isSize } from '../../../network/argument.ts';
import {
  booleanNamed,
  integerNamed,
  integersNamed,
  messageNamed,
  messagesNamed,
  scalarsNamed,
  stringNamed,
  type Report,
} from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { tensors, type LayerRule } from './layer-rule.ts';

/** The sizes of one `shape { dim: 1 dim: 3 }`. */
export function shapeOf(message: Message, report: Report): { shape: Shape; axisRanges: { start: number; end: number }[] } {
  const sizes = integersNamed(message, 'dim', report, 0);
  return { shape: sizes.map(({ value }) => (isSize(value) ? value : undefined)), axisRanges: sizes.map(({ range }) => range) };
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

function size(message: Message | undefined, name: string, report: Report): Dimension {
  const value = integerNamed(message, name, report, 0)?.value;
  return isSize(value) ? value : undefined;
}

/** What the scripts that come with Caffe write: databases of these names hold images of these sizes. */
const DATABASES: readonly (readonly [RegExp, Shape])[] = [
  [/(?:^|\/)mnist_siamese_(?:train|test)_(?:lmdb|leveldb)$/, [2, 28, 28]],
  [/(?:^|\/)mnist_(?:train|test)_(?:lmdb|leveldb)$/, [1, 28, 28]],
  [/(?:^|\/)cifar10_(?:train|test)_(?:lmdb|leveldb)$/, [3, 32, 32]],
];

/** Images: cropped, resized, or as they are in the database. */
function images(parameter: string, hasLabels: boolean): LayerRule {
  return ({ message, topCount, report }) => {
    const parameters = messageNamed(message, parameter);
    const transform = messageNamed(message, 'transform_param');
    const batch = size(parameters, 'batch_size', report);
    const crop = size(transform, 'crop_size', report) ?? size(parameters, 'crop_size', report);
    const resize = messageNamed(transform, 'resize_param');
    const means = scalarsNamed(transform, 'mean_value').length;
    const source = stringNamed(parameters, 'source')?.value ?? '';
    const known = DATABASES.find(([name]) => name.test(source))?.[1];
    const isGray = booleanNamed(transform, 'force_gray')?.value === true || booleanNamed(parameters, 'is_color')?.value === false;
    const height = crop ?? size(resize, 'height', report) ?? size(parameters, 'new_height', report) ?? known?.[1];
    const width = crop ?? size(resize, 'width', report) ?? size(parameters, 'new_width', report) ?? known?.[2];
    // What is cropped or resized are photographs, which are decoded in colour unless the file says otherwise.
    const channels = isGray ? 1 : means > 1 ? means : (known?.[0] ?? (height === undefined ? undefined : 3));
    const labels: Shape = hasLabels ? [batch] : undefined;
    return tensors(...[[batch, channels, height, width], labels].slice(0, Math.max(topCount, 1)));
  };
}

const memory: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'memory_data_param');
  const batch = size(parameters, 'batch_size', report);
  return tensors([batch, ...['channels', 'height', 'width'].map((name) => size(parameters, name, report))], [batch]);
};

const dummy: LayerRule = (layer) => {
  const { message, topCount, report } = layer;
  const parameters = messageNamed(message, 'dummy_data_param');
  if (messagesNamed(parameters, 'shape').length > 0) return shaped('dummy_data_param')(layer);
  const [num = [], ...rest] = ['num', 'channels', 'height', 'width'].map((name) =>
    integersNamed(parameters, name, report, 0).map(({ value }) => (isSize(value) ? value : undefined)),
  );
  const at = (sizes: readonly Dimension[], top: number) => (sizes.length === 1 ? sizes[0] : sizes[top]);
  return tensors(...Array.from({ length: topCount }, (_, top) => [at(num, top), ...rest.map((sizes) => at(sizes, top))]));
};

export const data: Readonly<Record<string, LayerRule>> = {
  Input: shaped('input_param'),
  DummyData: dummy,
  Parameter: shaped('parameter_param'),
  MemoryData: memory,
  Data: images('data_param', true),
  ImageData: images('image_data_param', true),
  AnnotatedData: images('data_param', false),
  WindowData: images('window_data_param', true),
  ImageSegData: ({ message, report }) => {
    const crop = size(messageNamed(message, 'transform_param'), 'crop_size', report);
    return tensors([undefined, 3, crop, crop], undefined);
  },
};
