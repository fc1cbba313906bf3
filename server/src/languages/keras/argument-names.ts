// The settings of Keras that mean an argument of ours and nothing else, by the parameter's name: what is not here is not written.

const NAMES: ReadonlyMap<string, string> = new Map([
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

const NAMES_OF_POOLS: ReadonlyMap<string, string> = new Map([...NAMES, ['kernel_size', 'pool_size']]);

/** What a layer calls the arguments of its operator: as it writes them, which Keras 1 does otherwise, else as Keras 2 and 3 do. */
export function argumentNames(className: string, written: readonly (readonly [name: string, key: string])[]): ReadonlyMap<string, string> {
  const names = className.includes('Pool') ? NAMES_OF_POOLS : NAMES;
  return written.every(([name, key]) => names.get(name) === key) ? names : new Map([...names, ...written]);
}
