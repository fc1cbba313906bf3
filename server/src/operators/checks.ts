// Collects what an operator's checks find: the first fault, and the conditions that symbols leave open.
import { modulo } from '../dims/arithmetic.ts';
import { isEqual, isLess } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Inference } from '../network/builder.ts';
import type { Condition } from '../network/condition.ts';
import type { OperatorFault } from '../network/fault.ts';
import type { OpenCondition } from '../network/network.ts';

/**
 * The state of one operator's checks. Each check answers whether the rule may go on as if it held: false only where it
 * surely fails. The first check that fails is the fault, as in PyTorch; later ones are not recorded.
 */
export class Checks {
  fault: OperatorFault | undefined;
  readonly conditions: OpenCondition[] = [];

  /** Records the fault unless the condition holds or is not known. */
  holds(condition: boolean | undefined, fault: () => OperatorFault): boolean {
    if (condition === false) this.fault ??= fault();
    return condition !== false;
  }

  equal(left: Dimension, right: Dimension, fault: () => OperatorFault): boolean {
    return this.decide('equal', left, right, isEqual(left, right), fault);
  }

  atLeast(left: Dimension, right: Dimension, fault: () => OperatorFault): boolean {
    const less = isLess(left, right);
    return this.decide('at-least', left, right, less === undefined ? undefined : !less, fault);
  }

  divisible(left: Dimension, right: Dimension, fault: () => OperatorFault): boolean {
    const rest = right === 0 ? undefined : modulo(left, right);
    return this.decide('divisible', left, right, typeof rest === 'number' ? rest === 0 : undefined, fault);
  }

  /** The answer of a rule: `outputs` with whatever the checks have found. */
  answer(outputs: readonly Shape[]): Inference {
    return this.fault === undefined
      ? { outputs, conditions: this.conditions }
      : { outputs, fault: this.fault, conditions: this.conditions };
  }

  /** For broadcasting: equal, or one of them 1. */
  equalOrOne(left: Dimension, right: Dimension, fault: () => OperatorFault): boolean {
    return this.decide('equal-or-one', left, right, left === 1 || right === 1 ? true : isEqual(left, right), fault);
  }

  private decide(
    kind: Condition['kind'],
    left: Dimension,
    right: Dimension,
    answer: boolean | undefined,
    fault: () => OperatorFault,
  ): boolean {
    // Behind a fault nothing is asked for any more: its sizes are not to be trusted.
    if (answer === undefined && left !== undefined && right !== undefined && this.fault === undefined) {
      this.conditions.push({ condition: { kind, left, right }, fault: fault() });
    }
    return this.holds(answer, fault);
  }
}
