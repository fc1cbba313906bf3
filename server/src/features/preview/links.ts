// Which cells of its inputs an operator without a window makes its output of, as its kernel says, or as cells with numbers show.
import type { Node } from '../../network/network.ts';
import { createCall } from '../../operators/call.ts';
import { operators } from '../../operators/registry.ts';
import type { Kernel, KernelShapes } from '../../reference/kernel.ts';
import { kernels } from '../../reference/registry.ts';
import { elementCount, type TensorData } from '../../reference/tensor-data.ts';
import type { AxisReads } from '../../reference/reads.ts';

export type NodeLinks =
  | { readonly kind: 'axes'; readonly axes: AxisReads }
  /** As large as the first output: the cell of all inputs, one after the other, that each of its cells is a copy of; -1 for a constant. */
  | { readonly kind: 'copies'; readonly sources: TensorData };

/** Numbers up to twice as many are exact in a float32, and are copied in some milliseconds. */
const MOST_TRACED = 2 ** 21;

/** Undefined where nothing is known, or it would take too long to find out. */
export function linksOf(
  node: Pick<Node, 'operator' | 'arguments'>,
  inputShapes: readonly (readonly number[])[],
  outputShapes: readonly (readonly number[])[],
  input: number,
): NodeLinks | undefined {
  const [operator, kernel] = [operators.get(node.operator), kernels.get(node.operator)];
  if (operator === undefined || kernel?.reads === undefined) return undefined;
  const call: KernelShapes = { ...createCall(operator, node.arguments, inputShapes), inputShapes, outputShapes };
  const reads = kernel.reads === 'copies' ? kernel.reads : kernel.reads(call, input);
  if (reads === undefined) return undefined;
  if (reads !== 'copies') return { kind: 'axes', axes: reads };
  const cells = [...inputShapes, ...outputShapes].reduce((sum, shape) => sum + elementCount(shape), 0);
  const sources = cells > MOST_TRACED ? undefined : trace(kernel, call);
  return sources === undefined ? undefined : { kind: 'copies', sources };
}

/** Cells that have their own number are followed; all that does not change with the numbers is a constant. */
function trace(kernel: Kernel, call: KernelShapes): TensorData | undefined {
  const count = call.inputShapes.reduce((sum, shape) => sum + elementCount(shape), 0);
  const results = [0, count].map((first) => {
    let next = first;
    const inputs = call.inputShapes.map((shape) => ({ shape, data: Float32Array.from({ length: elementCount(shape) }, () => next++) }));
    return kernel.run({ ...call, inputs, parameters: new Map() })[0];
  });
  const [once, twice] = results;
  if (once === undefined || twice === undefined) return undefined;
  return { shape: once.shape, data: once.data.map((number, at) => ((twice.data[at] ?? 0) - number === count ? number : -1)) };
}
