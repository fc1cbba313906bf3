// What an argument of an operator is called in a layer's parameters, by the parameter's name: for messages and for edits.

export const argumentNames: ReadonlyMap<string, string> = new Map([
  ['out_channels', 'num_output'],
  ['out_features', 'num_output'],
  ['kernel_size', 'kernel_size'],
  ['stride', 'stride'],
  ['padding', 'pad'],
  ['dilation', 'dilation'],
  ['groups', 'group'],
  ['bias', 'bias_term'],
  ['dim', 'axis'],
  ['axis', 'axis'],
  ['offset', 'offset'],
]);
