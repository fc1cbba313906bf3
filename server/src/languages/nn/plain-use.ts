// Uses of operators whose arguments say all by themselves, as `Conv2d(3, 64, 3, padding=1)` or `Add()(x, y)`: what such a line binds is worked out once.
import { float, INFER, type ArgumentValue } from '../../network/argument.ts';
import type { Frame, NodeSource } from '../../network/network.ts';
import { bindArguments, type WrittenArgument } from '../../operators/bind.ts';
import type { Operator } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';
import type { Range } from '../../text/range.ts';
import type { Context, Scope } from './context.ts';
import { moveRange } from './move.ts';
import { negate } from './python.ts';
import type { Argument, Expression, ValueStatement } from './tree.ts';
import { itemsIn, toArgument } from './value.ts';

/** Its places count from the first letter of the line. */
export interface PlainUse {
  readonly operator: Operator;
  readonly values: ReadonlyMap<string, ArgumentValue>;
  /** How many items its lists have. */
  readonly items: number;
  /** Names and `.`; empty for the value before. */
  readonly inputs: readonly Expression[];
  readonly nameRange: Range;
  readonly callRange: Range;
  /** With its inputs. */
  readonly range: Range;
  readonly argumentRanges: ReadonlyMap<string, Range>;
}

const known = new WeakMap<ValueStatement, PlainUse | null>();

/** Undefined where the statement is no such use, or has a mistake, or where its name means something else here. */
export function plainUse(context: Context, { variables, declaration }: Scope, { line }: ValueStatement): PlainUse | undefined {
  if (line === undefined) return undefined;
  let use = known.get(line);
  if (use === undefined) {
    use = readPlainUse(line.value) ?? null;
    known.set(line, use);
  }
  if (use === null || variables.has(use.operator.name)) return undefined;
  const blocks = context.namesIn?.(declaration) ?? context.declarations;
  return blocks.has(use.operator.name) ? undefined : use;
}

function readPlainUse(value: Expression): PlainUse | undefined {
  if (value.kind !== 'call') return undefined;
  const [call, inputs] = value.callee.kind === 'call' ? [value.callee, value.arguments] : [value, NOTHING];
  if (call.callee.kind !== 'name' || !inputs.every(isReference) || (call !== value && inputs.length === 0)) return undefined;
  const operator = operators.get(call.callee.name);
  // One that takes nothing makes its tensor, and is not applied to the value before.
  if (operator === undefined || operator.inputs.maximum === 0) return undefined;
  const nameRange = call.callee.range;
  const written = call.arguments.map(writtenArgument);
  if (!written.every((argument) => argument !== undefined)) return undefined;
  const { values, ranges, faults } = bindArguments(operator.parameters, written, nameRange);
  if (faults.length > 0) return undefined;
  return {
    operator,
    values,
    items: itemsIn(written),
    inputs: inputs.map((input) => input.value),
    nameRange,
    callRange: call.range,
    range: value.range,
    argumentRanges: ranges,
  };
}

const NOTHING: readonly Argument[] = [];

function isReference({ name, spread, value }: Argument): boolean {
  return name === undefined && !spread && (value.kind === 'name' || value.kind === 'previous');
}

function writtenArgument({ name, nameRange, spread, value }: Argument): WrittenArgument | undefined {
  const literal = spread ? undefined : literalOf(value);
  return literal === undefined ? undefined : { name, nameRange, value: literal, range: value.range };
}

/** A longer list is counted as work each time that it is made. */
const LONGEST_LIST = 4;

/** The value of what has the same value everywhere. */
function literalOf(expression: Expression): ArgumentValue | undefined {
  switch (expression.kind) {
    case 'integer':
    case 'string':
    case 'constant':
      return expression.value;
    case 'float':
      return float(expression.value);
    case 'infer':
      return INFER;
    case 'unary': {
      const { operator, operand } = expression;
      if (operator !== '-' || (operand.kind !== 'integer' && operand.kind !== 'float')) return undefined;
      const result = negate(operand.kind === 'integer' ? operand.value : float(operand.value));
      return 'fault' in result ? undefined : toArgument(result.value);
    }
    case 'list': {
      if (expression.items.length > LONGEST_LIST) return undefined;
      const values = expression.items.map(({ name, spread, value }) => (spread || name !== undefined ? undefined : literalOf(value)));
      return values.every((value) => value !== undefined) ? values : undefined;
    }
    default:
      return undefined;
  }
}

/** Where a plain use stands, each place worked out when it is asked for. */
export class PlainSource implements NodeSource {
  readonly range: Range;
  readonly frames: readonly Frame[];
  private readonly use: PlainUse;
  private readonly by: number;
  private readonly inputs: readonly Range[] | undefined;

  /** `by` is the offset of the line; `inputs` are absent for the value before. */
  constructor(use: PlainUse, by: number, range: Range, frames: readonly Frame[], inputs?: readonly Range[]) {
    this.range = range;
    this.frames = frames;
    this.use = use;
    this.by = by;
    this.inputs = inputs;
  }

  get nameRange(): Range {
    return moveRange(this.use.nameRange, this.by);
  }

  get callRange(): Range {
    return moveRange(this.use.callRange, this.by);
  }

  get argumentRanges(): ReadonlyMap<string, Range> {
    return new Map([...this.use.argumentRanges].map(([name, range]) => [name, moveRange(range, this.by)]));
  }

  get inputRanges(): readonly Range[] {
    return this.inputs ?? [this.nameRange];
  }
}
