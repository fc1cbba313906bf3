// The settings of Keras that mean an argument of ours and nothing else, by the parameter's name: what is not here is not written.

export const argumentNames: ReadonlyMap<string, string> = new Map([
  ['kernel_size', 'kernel_size'],
  ['stride', 'strides'],
  ['dilation', 'dilation_rate'],
  ['output_padding', 'output_padding'],
  ['groups', 'groups'],
  ['out_channels', 'filters'],
  ['out_features', 'units'],
  ['scale_factor', 'size'],
  ['num_groups', 'groups'],
  ['p', 'rate'],
]);
