// Layers that join tensors or take them apart: Eltwise, Concat, Slice, Crop, InnerProduct and what gives new axes.
import { booleanNamed, integerNamed, integersNamed, messageNamed, numberNamed, wordNamed } from '../fields.ts';
import { joined, LayerArguments, operator, rankOf, tensors, type LayerRule } from './layer-rule.ts';

const eltwise: LayerRule = ({ message, inputs }) => {
  const word = wordNamed(messageNamed(message, 'eltwise_param'), 'operation')?.value ?? 'SUM';
  const name = word === 'PROD' || word === '0' ? 'Mul' : word === 'MAX' || word === '2' ? 'Maximum' : 'Add';
  return inputs.length < 2 ? tensors(inputs[0]?.shape) : operator(name, new LayerArguments().mean('broadcast', false));
};

const concat: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'concat_param');
  const axis = integerNamed(parameters, 'axis', report) ?? integerNamed(parameters, 'concat_dim', report, 0);
  return operator('Cat', new LayerArguments().mean('dim', 1).put('dim', axis));
};

const slice: LayerRule = ({ message, topCount, report }) => {
  const parameters = messageNamed(message, 'slice_param');
  const points = integersNamed(parameters, 'slice_point', report, 0);
  const axis = integerNamed(parameters, 'axis', report) ?? integerNamed(parameters, 'slice_dim', report, 0);
  const given = new LayerArguments().mean('dim', 1).put('dim', axis).mean('exact', true);
  const places = joined(points);
  if (places === undefined) given.mean('indices_or_sections', Math.max(topCount, 1));
  else given.put('indices_or_sections', { ...places, value: points.map(({ value }) => value) });
  return operator('TensorSplit', given);
};

const innerProduct: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'inner_product_param');
  return operator(
    'Linear',
    new LayerArguments()
      .put('out_features', integerNamed(parameters, 'num_output', report, 1))
      .put('bias', booleanNamed(parameters, 'bias_term'))
      .mean('in_features', { kind: 'infer' })
      .mean('start_dim', 1)
      .put('start_dim', integerNamed(parameters, 'axis', report)),
  );
};

const reshape: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'reshape_param');
  const sizes = integersNamed(messageNamed(parameters, 'shape'), 'dim', report, -1);
  const shape = joined(sizes);
  const given = new LayerArguments()
    .mean('shape', [])
    .mean('zero_copies', true)
    .put('start_dim', integerNamed(parameters, 'axis', report))
    .put('num_axes', integerNamed(parameters, 'num_axes', report, -1));
  if (shape !== undefined) given.put('shape', { ...shape, value: sizes.map(({ value }) => value) });
  return operator('Reshape', given);
};

const flatten: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'flatten_param');
  return operator(
    'Flatten',
    new LayerArguments()
      .put('start_dim', integerNamed(parameters, 'axis', report))
      .put('end_dim', integerNamed(parameters, 'end_axis', report)),
  );
};

/** Axes that are not named come behind those that are, in their order. */
const permute: LayerRule = (layer) => {
  const order = integersNamed(messageNamed(layer.message, 'permute_param'), 'order', layer.report, 0);
  const rank = rankOf(layer);
  const named = order.map(({ value }) => value);
  const rest = rank === undefined ? [] : Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !named.includes(axis));
  const written = joined(order);
  const given = new LayerArguments().mean('dims', [...named, ...rest]);
  if (written !== undefined) given.put('dims', { ...written, value: [...named, ...rest] });
  return rank === undefined && rest.length === 0 && named.length < 4 ? tensors(undefined) : operator('Permute', given);
};

const crop: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'crop_param');
  return operator(
    'Crop',
    new LayerArguments()
      .put('axis', integerNamed(parameters, 'axis', report))
      .put('offset', joined(integersNamed(parameters, 'offset', report, 0))),
  );
};

const interp: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'interp_param');
  const size = joined(['height', 'width'].flatMap((name) => integerNamed(parameters, name, report, 1) ?? []));
  if (Array.isArray(size?.value)) return operator('Interpolate', new LayerArguments().put('size', size).mean('mode', 'bilinear'));
  const given = new LayerArguments();
  for (const name of ['zoom_factor', 'shrink_factor']) given.put(name, integerNamed(parameters, name, report, 1));
  for (const name of ['pad_beg', 'pad_end']) given.put(name, integerNamed(parameters, name, report));
  return operator('Interp', given);
};

const upsample: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'upsample_param');
  const size = joined(['upsample_h', 'upsample_w'].flatMap((name) => integerNamed(parameters, name, report, 1) ?? []));
  const given = new LayerArguments().mean('mode', 'nearest');
  if (Array.isArray(size?.value)) given.put('size', size);
  else given.mean('scale_factor', 2).put('scale_factor', numberNamed(parameters, 'scale'));
  return operator('Upsample', given);
};

/** A gate for each channel: the first input times the second, and the third added. */
const axpy: LayerRule = ({ inputs }) => tensors(inputs[1]?.shape);

const shuffle: LayerRule = ({ message, report }) => {
  const groups = integerNamed(messageNamed(message, 'shuffle_channel_param'), 'group', report, 1);
  return operator('ChannelShuffle', new LayerArguments().mean('groups', 1).put('groups', groups));
};

const reduction: LayerRule = (layer) => {
  const { message, report } = layer;
  const rank = rankOf(layer);
  const axis = integerNamed(messageNamed(message, 'reduction_param'), 'axis', report)?.value ?? 0;
  if (rank === undefined || typeof axis !== 'number') return tensors(undefined);
  const first = axis < 0 ? axis + rank : axis;
  return operator(
    'Sum',
    new LayerArguments().mean(
      'dim',
      Array.from({ length: Math.max(rank - first, 0) }, (_, at) => first + at),
    ),
  );
};

export const joins: Readonly<Record<string, LayerRule>> = {
  Eltwise: eltwise,
  Concat: concat,
  Slice: slice,
  InnerProduct: innerProduct,
  Reshape: reshape,
  Flatten: flatten,
  Permute: permute,
  Crop: crop,
  Interp: interp,
  Upsample: upsample,
  Axpy: axpy,
  ShuffleChannel: shuffle,
  Reduction: reduction,
};
