// Sections that take other layers: [route], [shortcut], [scale_channels], [sam].
import { formatShape } from '../../../dims/format.ts';
import { activate, only } from './convolution.ts';
import type { LayerReader, Lowered } from './reader.ts';

export function route(reader: LayerReader): Lowered {
  const groups = reader.dialect === 'pjreddie' ? 1 : reader.integer('groups', 1);
  const found = reader.references('layers');
  const ranges = found.map(({ range }) => range);
  const tensors = found.map(({ tensor }) => tensor);
  const joined = reader.apply(tensors.length === 1 ? 'Identity' : 'Cat', tensors.length === 1 ? {} : { dim: [1] }, tensors, ranges);
  if (groups === 1) return only(joined);
  const first = reader.apply('Chunk', { chunks: [groups, 'groups'], dim: [1] }, [joined]);
  const part = first.producer?.outputs[reader.integer('group_id', 0)];
  return only(part ?? { ...first, shape: undefined });
}

/** The sizes are those of the layer before, whatever is added to it. */
export function shortcut(reader: LayerReader): Lowered {
  const found = reader.references('from').slice(0, reader.dialect === 'pjreddie' ? 1 : undefined);
  const { shape } = reader.input;
  const isEqual = found.every(({ tensor }) => tensor.shape === undefined || formatShape(tensor.shape) === formatShape(shape));
  if (!isEqual) return only(activate(reader, reader.apply('Identity', {}), 'linear'));
  const sum = reader.apply(
    'Add',
    {},
    [reader.input, ...found.map(({ tensor }) => tensor)],
    [reader.section.headerRange, ...found.map(({ range }) => range)],
  );
  return only(activate(reader, sum, 'linear'));
}

export function scaled(reader: LayerReader): Lowered {
  const found = reader.references('from').slice(0, 1);
  const product = reader.apply(
    'Mul',
    {},
    [reader.input, ...found.map(({ tensor }) => tensor)],
    [reader.section.headerRange, ...found.map(({ range }) => range)],
  );
  return only(activate(reader, product, 'linear'));
}
