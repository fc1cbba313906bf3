// V0, the oldest form: a layer within a layer, with its parameters beside its name. It is read as if it were the newest one.
import { typeOfOldestWord } from './layers/old-words.ts';
import type { Field, Message, Scalar } from './text-format/tree.ts';

/** The message of parameters that a type has today. */
const PARAMETERS: Readonly<Record<string, string>> = {
  Convolution: 'convolution_param',
  Im2col: 'convolution_param',
  Pooling: 'pooling_param',
  InnerProduct: 'inner_product_param',
  LRN: 'lrn_param',
  Dropout: 'dropout_param',
  Concat: 'concat_param',
  Data: 'data_param',
  ImageData: 'image_data_param',
  WindowData: 'window_data_param',
  HDF5Data: 'hdf5_data_param',
  HDF5Output: 'hdf5_output_param',
};

const NEW_NAMES: Readonly<Record<string, string>> = {
  kernelsize: 'kernel_size',
  biasterm: 'bias_term',
  batchsize: 'batch_size',
  cropsize: 'crop_size',
  meanfile: 'mean_file',
};

/** What belongs to the layer itself. */
const OF_LAYER = new Set(['name', 'type', 'blobs', 'blobs_lr', 'weight_decay', 'hdf5_output_param']);

/** `layers { layer { type: "conv" kernelsize: 3 } bottom: ... }` with its parts where the newest form has them, and their own places. */
export function newFormOfOldest(outer: Message, inner: Message): Message {
  const written = inner.fields.find(({ name }) => name === 'type');
  const word = written?.values[0];
  const type = word?.kind === 'scalar' ? typeOfOldestWord(word.text) : undefined;
  const parameter = PARAMETERS[type ?? ''];
  const parameters = inner.fields
    .filter(({ name }) => !OF_LAYER.has(name))
    .map((field) => ({ ...field, name: NEW_NAMES[field.name] ?? field.name }));
  const own = inner.fields.filter(({ name }) => OF_LAYER.has(name)).map((field) => (field === written ? retyped(field, type) : field));
  const first = parameters[0];
  const message: Message = { kind: 'message', fields: parameters, range: inner.range };
  const moved: Field[] =
    parameter === undefined || first === undefined
      ? []
      : [{ name: parameter, nameRange: first.nameRange, values: [message], range: inner.range }];
  return { ...outer, fields: [...own, ...moved, ...outer.fields.filter(({ name }) => name !== 'layer')] };
}

function retyped(field: Field, type: string | undefined): Field {
  const [value] = field.values;
  if (value?.kind !== 'scalar' || type === undefined) return field;
  const scalar: Scalar = { ...value, text: type };
  return { ...field, values: [scalar] };
}
