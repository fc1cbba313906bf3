// Joins that do not fit at the size of the image that a model is meant for: errors there, though other sizes may fit.
import { failedAtSamples } from '../../network/at-samples.ts';
import type { Network, Problem } from '../../network/network.ts';

/** The network without its conditions where one is not met, and the problem that this is. */
export function failedJoins(network: Network): { readonly network: Network; readonly problems: readonly Problem[] } {
  const failed = failedAtSamples(network);
  if (failed === undefined) return { network, problems: [] };
  const { fault, range, node, frames } = failed;
  return { network: { ...network, conditions: [] }, problems: [{ fault, range, frames, ...(node !== undefined && { node }) }] };
}
