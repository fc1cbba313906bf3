// Solves for padding: all p that give the wanted sizes.
import { isConcrete, type Dimension } from '../../dims/size.ts';
import { subtract } from '../../dims/arithmetic.ts';
import { isList, type ArgumentValue } from '../../network/argument.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { sizeBehind } from './chain.ts';
import { notLegal, search, span, type NewValue, type Solver, type Target } from './values.ts';

/** No value above this is tried: a larger padding would hardly be meant. */
const LARGEST = 64;
const MOST_IDEAS = 5;
/** So far from what is legal a value is nearly possible. */
const NEAR = 2;

export const padding: Solver = (target) => {
  const ideas = search(target, {
    argument: 'padding',
    candidates: (window) => span(0, largestPadding(window)),
    // A word may pad the two ends unlike: what counts then is the cell that both have.
    today: ({ paddingStart }) => paddingStart,
    change: (window, value) => ({ ...window, paddingStart: value, paddingEnd: value }),
    most: MOST_IDEAS,
  });
  if (ideas.length === 0) return nearlyPossible(target);
  // Of two changes that are as long, the one that lets a layer keep its size is meant.
  return ideas.map((idea) => (keepsSize(target, idea.value) ? { ...idea, distance: idea.distance - 0.5 } : idea));
};

/**
 * Half of a pool's kernel, which is all that is legal; else full padding: with more of it windows would see nothing but
 * padding, or a transposed convolution would crop what it made.
 */
function largestPadding({ kind, kernel, dilation }: AxisWindow): number {
  if (!isConcrete(kernel) || !isConcrete(dilation)) return LARGEST;
  return Math.min(kind === 'pooling' ? Math.floor(kernel / 2) : dilation * (kernel - 1), LARGEST);
}

function keepsSize({ windows }: Target, value: ArgumentValue | undefined): boolean {
  return windows.every(({ stride, kernel, dilation }, at) => {
    const padding = isList(value) ? value[at] : value;
    return (
      stride === 1 && isConcrete(kernel) && isConcrete(dilation) && typeof padding === 'number' && 2 * padding === dilation * (kernel - 1)
    );
  });
}

/** Where the window does not skip cells the padding can be said that would do, were it whole or legal. */
function nearlyPossible(target: Target): NewValue[] {
  const { windows, sizes, operator, behind } = target;
  if (behind.length > 0 || !operator.parameters.some(({ name }) => name === 'padding')) return [];
  for (const [at, window] of windows.entries()) {
    const { kind, stride, kernel, paddingStart, paddingEnd } = window;
    const missing: Dimension = subtract(sizes[at], sizeBehind(target, at, window));
    if (!isConcrete(missing) || missing === 0 || !isConcrete(paddingStart) || paddingStart !== paddingEnd) continue;
    if (kind !== 'transposed' && stride !== 1) continue;
    const needed = paddingStart + (kind === 'transposed' ? -missing : missing) / 2;
    if (needed < -NEAR) return [];
    const wouldBe = `padding would have to be ${needed}, but must be`;
    if (needed < 0) return [notLegal(target, 'padding', `${wouldBe} at least 0`)];
    if (!Number.isInteger(needed)) return [notLegal(target, 'padding', `${wouldBe} a whole number`)];
    if (kind === 'pooling' && isConcrete(kernel) && needed > kernel / 2 && needed <= kernel / 2 + NEAR) {
      return [notLegal(target, 'padding', `${wouldBe} at most ${Math.floor(kernel / 2)}, half of the kernel`)];
    }
  }
  return [];
}
