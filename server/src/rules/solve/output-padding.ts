// Solves for the output padding of a transposed convolution: the a that gives the wanted sizes.
import { subtract } from '../../dims/arithmetic.ts';
import { isConcrete } from '../../dims/size.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { sizeBehind } from './chain.ts';
import { notLegal, search, span, type NewValue, type Solver, type Target } from './values.ts';

/** So far from what is legal a value is nearly possible. */
const NEAR = 2;

export const outputPadding: Solver = (target) => {
  if (!target.windows.every(({ kind }) => kind === 'transposed')) return [];
  const ideas = search(target, {
    argument: 'output_padding',
    candidates: (window) => span(0, bound(window) - 1),
    today: (window) => window.outputPadding,
    change: (window, value) => ({ ...window, outputPadding: value }),
    most: 1,
  });
  return ideas.length > 0 ? ideas : nearlyPossible(target);
};

/** PyTorch's: below the stride or the dilation. */
function bound({ stride, dilation }: AxisWindow): number {
  return isConcrete(stride) && isConcrete(dilation) ? Math.max(stride, dilation) : 1;
}

function nearlyPossible(target: Target): NewValue[] {
  if (target.behind.length > 0) return [];
  for (const [at, window] of target.windows.entries()) {
    const needed = subtract(target.sizes[at], sizeBehind(target, at, { ...window, outputPadding: 0 }));
    if (!isConcrete(needed) || (needed >= 0 && needed < bound(window))) continue;
    // Further off the output padding is not where the mistake is.
    if (needed < -NEAR || needed >= bound(window) + NEAR) return [];
    const must = needed < 0 ? 'at least 0' : `below ${bound(window)}`;
    return [notLegal(target, 'output_padding', `output_padding would have to be ${needed}, but must be ${must}`)];
  }
  return [];
}
