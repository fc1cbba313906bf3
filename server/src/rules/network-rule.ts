// Rules that look at a whole network, for what the framework would not refuse: warnings, information and hints.
import type { Level, RelatedPlace, Severity } from '../diagnostics/diagnostic.ts';
import type { Network } from '../network/network.ts';
import type { Range } from '../text/range.ts';
import type { FixIdea } from './rule.ts';

export interface NetworkRule {
  readonly code: string;
  readonly severity: Severity;
  /** What the code is set to where nobody sets it; absent for its severity. */
  readonly level?: Level;
  /** One line for the list of settings. */
  readonly summary: string;
  /** True for a rule that waits until the network has no errors: a line that could not be read may be what it misses. */
  readonly needsWhole?: boolean;
  /** True for a rule that is right of a line in a block only where it is right of it in every network that uses the block. */
  readonly everyUse?: boolean;
  /** In the order of the network. A line that is unrolled many times is remarked on once. */
  readonly check: (network: Network) => readonly Remark[];
}

export interface Remark {
  /** First line: what was found, with numbers. Then why, and what to do. */
  readonly message: string;
  readonly range: Range;
  readonly related: readonly RelatedPlace[];
  readonly fixes?: readonly FixIdea[];
}
