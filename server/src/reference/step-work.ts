// How much work each step of a program is, for progress.
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import type { Program } from './program.ts';
import { elementCount } from './tensor-data.ts';

/** Multiply-accumulates of each step; what has none is counted by the cells that it makes. */
export function stepWork({ inputs, steps }: Program): readonly number[] {
  const shapes = [...inputs.map(({ shape }) => shape), ...steps.flatMap(({ outputs }) => outputs)];
  return steps.map((step) => {
    const operator = operators.get(step.operator);
    const cells = step.outputs.reduce((sum, shape) => sum + elementCount(shape), 1);
    if (operator?.cost === undefined) return cells;
    const call = createCall(
      operator,
      step.arguments,
      step.inputs.map((value) => shapes[value]),
    );
    const { macs } = operator.cost(call, step.outputs);
    return typeof macs === 'number' ? macs + cells : cells;
  });
}
