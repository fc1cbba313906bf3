// Joins that do not fit at the size of the image that a model is meant for: errors there, though other sizes may fit.
import { substitute } from '../../dims/arithmetic.ts';
import type { Dimension } from '../../dims/size.ts';
import type { Network, Problem } from '../../network/network.ts';

/** The network without its conditions where one is not met, and the problem that this is: the first, since others may come of it. */
export function failedJoins(network: Network): { readonly network: Network; readonly problems: readonly Problem[] } {
  const samples = new Map(network.symbols.flatMap(({ name, sample }) => (sample === undefined ? [] : [[name, sample] as const])));
  const at = (size: Dimension) => (size === undefined ? undefined : substitute(size, samples));
  const failed = network.conditions.find(({ condition }) => {
    if (condition.kind !== 'equal') return false;
    const [left, right] = [at(condition.left), at(condition.right)];
    return typeof left === 'number' && typeof right === 'number' && left !== right;
  });
  if (failed === undefined) return { network, problems: [] };
  const { fault, range, node, frames } = failed;
  return { network: { ...network, conditions: [] }, problems: [{ fault, range, frames, ...(node !== undefined && { node }) }] };
}
