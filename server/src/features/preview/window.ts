// The window of a layer with numbers for all sizes, as the panel draws it.
import { substitute } from '../../dims/arithmetic.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import type { Node } from '../../network/network.ts';
import { boolean, createCall, integer, number, string } from '../../operators/call.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import type { Arguments, AxisWindow } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';
import type { PoolDescription, WindowAxis, WindowDescription } from '../../protocol/preview-window.ts';
import { spatialName } from '../../rules/words.ts';

/** Undefined where the operator has no window, or a number of it is not known. */
export function describeWindow(node: Node, sizes: ReadonlyMap<string, number>): WindowDescription | undefined {
  const operator = operators.get(node.operator);
  const windows = axisWindowsOf(node);
  if (operator === undefined || windows === undefined || windows.length === 0) return undefined;
  const isAdaptive = node.operator.startsWith('Adaptive');
  const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
  const axes = windows.flatMap((window, at): WindowAxis[] => {
    const axis = at - windows.length;
    const size = (dimension: Dimension) => substitute(dimension, sizes);
    const [input, output] = [size(before?.[before.length + axis]), size(after?.[after.length + axis])];
    if (!isConcrete(input) || !isConcrete(output)) return [];
    const name = spatialName(node.operator, axis);
    if (isAdaptive) return [adaptiveAxis(name, input, output)];
    const numbers = numbersOf(window, size);
    return numbers === undefined ? [] : [{ name, input, output, ...numbers }];
  });
  if (axes.length !== windows.length) return undefined;
  const from = createCall(operator, node.arguments, []).arguments;
  const pool = poolOf(node.operator, from);
  return {
    kind: isAdaptive ? 'adaptive' : (windows[0]?.kind ?? 'convolution'),
    axes,
    groups: integer(from, 'groups') ?? 1,
    fill: fillOf(string(from, 'padding_mode')),
    hasBias: pool === null && boolean(from, 'bias') !== false,
    pool,
  };
}

type AxisNumbers = Omit<WindowAxis, 'name' | 'input' | 'output'>;

function numbersOf(window: AxisWindow, size: (dimension: Dimension) => Dimension): AxisNumbers | undefined {
  const [kernel, stride, dilation] = [size(window.kernel), size(window.stride), size(window.dilation)];
  const [paddingStart, paddingEnd] = [size(window.paddingStart), size(window.paddingEnd)];
  const outputPadding = size(window.outputPadding ?? 0);
  if (!isConcrete(kernel) || !isConcrete(stride) || !isConcrete(dilation)) return undefined;
  if (!isConcrete(paddingStart) || !isConcrete(paddingEnd) || !isConcrete(outputPadding)) return undefined;
  return { kernel, stride, dilation, paddingStart, paddingEnd, outputPadding };
}

/** Windows of an adaptive pool differ; the kernel is the size of the largest. */
function adaptiveAxis(name: string, input: number, output: number): WindowAxis {
  const kernel = output === 0 ? 0 : Math.ceil(input / output) + (input % output === 0 ? 0 : 1);
  return { name, input, output, kernel, stride: 1, dilation: 1, paddingStart: 0, paddingEnd: 0, outputPadding: 0 };
}

function poolOf(operator: string, from: Arguments): PoolDescription | null {
  if (!operator.includes('Pool')) return null;
  return {
    kind: operator.includes('Max') ? 'max' : operator.startsWith('LP') ? 'norm' : 'average',
    norm: number(from, 'norm_type') ?? 2,
    countIncludePad: boolean(from, 'count_include_pad') !== false,
    divisor: integer(from, 'divisor_override') ?? null,
  };
}

function fillOf(mode: string | undefined): WindowDescription['fill'] {
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'zeros';
}
