// The work that lists may cost: no text makes them, or what they are applied to, grow without bound.
import { UNKNOWN } from '../../network/argument.ts';
import type { Range } from '../../text/range.ts';
import { MOST_STEPS, reportExpression, reportLimit, type Context, type Scope } from './context.ts';
import { LONGEST_LIST } from './python.ts';
import { weightOf, type Value } from './value.ts';

/** So many items of a list are as much work as one statement. */
const ITEMS_PER_STEP = 5;

/** A list that has been made: long ones cost steps, and one of lists of lists without bound is no value. */
export function keepList(context: Context, scope: Scope, list: readonly Value[], range: Range): Value {
  const weight = weightOf(list);
  if (weight > 2 * LONGEST_LIST) {
    reportExpression(context, scope, `This list would have ${weight} items; at most ${LONGEST_LIST} are allowed.`, range);
    return UNKNOWN;
  }
  return spend(context, scope, list.length, range) ? list : UNKNOWN;
}

/** Takes the steps for work on `items` values; false where no more may be taken. */
export function spend(context: Context, scope: Scope, items: number, range: Range): boolean {
  context.steps.taken += Math.floor(items / ITEMS_PER_STEP);
  if (context.steps.taken > MOST_STEPS) reportLimit(context, scope, 'The lists that are made here are more than can be worked out.', range);
  return !context.steps.exhausted;
}
