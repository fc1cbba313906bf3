// A network with numbers for all of its symbols.
import { analyse, type Analysis } from '../../analysis/analyse.ts';
import type { GivenSizes } from '../../inference/given-sizes.ts';
import type { Network, NetworkSymbol } from '../../network/network.ts';
import { sampleSizes } from '../summary.ts';

export type SizedNetwork =
  | {
      readonly kind: 'sized';
      /** The text read again: its findings are what is wrong at these sizes. */
      readonly analysis: Analysis;
      readonly network: Network;
      readonly sizes: ReadonlyMap<string, number>;
    }
  /** Symbols that have no sample and that nothing gives a number. */
  | { readonly kind: 'no-number'; readonly symbols: readonly NetworkSymbol[] };

/**
 * Reads the text of `analysis` again with numbers for the symbols of one of its networks: those of `given`, else the samples,
 * else 1 for a batch. Reading again, and not putting numbers into sizes that are worked out, lets all that depends on sizes
 * follow: how many parts a `Chunk` gives, and what does not fit at these sizes.
 */
export function atSizes(analysis: Analysis, network: Network, given: GivenSizes): SizedNetwork {
  const sizes = new Map(
    [...sampleSizes(network), ...given.symbols].filter(([name]) => network.symbols.some((symbol) => symbol.name === name)),
  );
  const open = network.symbols.filter(({ name }) => !sizes.has(name));
  if (open.length > 0) return { kind: 'no-number', symbols: open };
  const read = analyse(analysis.source, { ...analysis.options, sizes: { ...given, symbols: sizes } });
  const sized = read?.document.networks[analysis.document.networks.indexOf(network)];
  // The same text has the same networks.
  return read === undefined || sized === undefined
    ? { kind: 'sized', analysis, network, sizes }
    : { kind: 'sized', analysis: read, network: sized, sizes };
}
