// What the options of sections are called, by the parameter's name: for messages and for edits.

export const argumentNames: ReadonlyMap<string, string> = new Map([
  ['out_channels', 'filters'],
  ['kernel_size', 'size'],
  ['stride', 'stride'],
  ['dilation', 'dilation'],
  ['groups', 'groups'],
  ['out_features', 'output'],
  ['chunks', 'groups'],
  ['scale_factor', 'stride'],
]);
