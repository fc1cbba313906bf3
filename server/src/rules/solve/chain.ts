// The windows that made a tensor's sizes, nearest first, and what the sizes would be if one of them were another.
import { isEqual } from '../../dims/compare.ts';
import type { Dimension, Shape } from '../../dims/size.ts';
import type { Node, Tensor } from '../../network/network.ts';
import { convolutionSize, poolingSize, transposedSize } from '../../operators/axis-size.ts';
import { createCall } from '../../operators/call.ts';
import type { AxisWindow, Operator } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';

/** One window on the way to a tensor, with those that come behind it. */
export interface WindowLink {
  readonly node: Node;
  readonly operator: Operator;
  readonly windows: readonly AxisWindow[];
  readonly input: readonly Dimension[];
  /** The windows between this one and the tensor, in the order in which they are applied. */
  readonly behind: readonly (readonly AxisWindow[])[];
}

/** So many windows are looked at: what lies further up is hardly where the mistake is. */
const MOST_LINKS = 3;

/** Up the chain, past nodes that keep the spatial sizes. */
export function windowLinks(tensor: Tensor | undefined): WindowLink[] {
  const links: WindowLink[] = [];
  let behind: (readonly AxisWindow[])[] = [];
  let at = tensor;
  for (let step = 0; step < 50 && links.length < MOST_LINKS; step++) {
    const node = at?.producer;
    if (node === undefined) break;
    const input = node.inputs[0]?.shape;
    const operator = operators.get(node.operator);
    const windows = operator?.windows?.(createCall(operator, node.arguments, [input]));
    if (operator !== undefined && windows !== undefined && input !== undefined) {
      // An output size that is asked for is the author's word, and no argument changes it.
      if (node.arguments.has('output_size')) break;
      // A window of one cell that does not move keeps every size: the cause lies before it.
      if (!windows.every(({ kernel, stride, paddingStart }) => kernel === 1 && stride === 1 && paddingStart === 0)) {
        links.push({ node, operator, windows, input, behind });
        behind = [windows, ...behind];
      }
    } else if (!keepsSpace(input, node.outputs[0]?.shape)) break;
    at = node.inputs[0];
  }
  return links;
}

function keepsSpace(before: Shape, after: Shape): boolean {
  return (
    after !== undefined && before?.length === after.length && before.slice(2).every((size, at) => isEqual(size, after[at + 2]) !== false)
  );
}

/** The size that the tensor would have on an axis if the link's window there were `window`. */
export function sizeBehind({ input, windows, behind }: WindowLink, at: number, window: AxisWindow | undefined): Dimension {
  return behind.reduce((size, next) => windowSize(size, next[at]), windowSize(input[input.length - windows.length + at], window));
}

function windowSize(input: Dimension, window: AxisWindow | undefined): Dimension {
  if (window === undefined) return undefined;
  const size =
    window.kind === 'transposed'
      ? transposedSize(input, window, window.outputPadding)
      : window.kind === 'pooling'
        ? poolingSize(input, window, window.ceilMode === true)
        : convolutionSize(input, window);
  return typeof size === 'number' && size < 1 ? undefined : size;
}
