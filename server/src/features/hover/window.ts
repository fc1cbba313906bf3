// The arithmetic of a window in words: the formula with its numbers, the guide's names, and what a transposed one undoes.
import { add, modulo, multiply, subtract } from '../../dims/arithmetic.ts';
import { isEqual } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import type { Network, Node } from '../../network/network.ts';
import { effectiveKernel, transposedSize } from '../../operators/axis-size.ts';
import { createCall, dimension } from '../../operators/call.ts';
import { operators } from '../../operators/registry.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { spatialName } from '../../rules/words.ts';
import { sampleOf } from './sample.ts';

export function windowText(node: Node, network: Network, windows: readonly AxisWindow[]): string {
  const rank = node.inputs[0]?.shape?.length;
  const axes = windows.map((window, at) => {
    const fromEnd = at - windows.length;
    const input = rank === undefined ? undefined : node.inputs[0]?.shape?.[rank + fromEnd];
    const output = rank === undefined ? undefined : node.outputs[0]?.shape?.[rank + fromEnd];
    return { name: spatialName(node.operator, fromEnd), window, input: sampleOf(network, input), output: sampleOf(network, output) };
  });
  const lines = axes.map((axis) => axisText(axis));
  // Axes with the same numbers are said once.
  const same = lines.every((line) => line.text === lines[0]?.text);
  const shown = same && lines[0] !== undefined ? [lines[0].text] : lines.map(({ name, text }) => `${name}: ${text}`);
  return [kernelText(node, windows), ...shown].filter((line) => line !== '').join('  \n');
}

interface AxisFacts {
  readonly name: string;
  readonly window: AxisWindow;
  readonly input: Dimension;
  readonly output: Dimension;
}

function axisText(axis: AxisFacts): { name: string; text: string } {
  const parts = axis.window.kind === 'transposed' ? transposedParts(axis) : directParts(axis);
  return { name: axis.name, text: parts.filter((part) => part !== '').join('; ') };
}

function directParts({ window, input, output }: AxisFacts): string[] {
  const { kernel, stride, dilation, paddingStart, paddingEnd, ceilMode } = window;
  const reach = effectiveKernel(kernel, dilation);
  const symmetric = isEqual(paddingStart, paddingEnd) === true;
  const padding = symmetric ? `2·${formatSize(paddingStart)}` : `${formatSize(paddingStart)} + ${formatSize(paddingEnd)}`;
  const round = ceilMode === true ? 'ceil' : 'floor';
  const formula = `\`${round}((${formatSize(input)} + ${padding} - ${formatSize(reach)})/${formatSize(stride)}) + 1 = ${formatSize(output)}\``;
  return [formula, nameOfPadding(window, reach), strideWords(stride), droppedText(window, input, reach)];
}

/** The guide's cases: no padding, half (same), full, or another amount. */
function nameOfPadding({ paddingStart, paddingEnd, kernel }: AxisWindow, reach: Dimension): string {
  if (paddingStart === 0 && paddingEnd === 0) return 'no padding';
  if (isConcrete(reach) && isConcrete(paddingStart) && isConcrete(paddingEnd)) {
    if (paddingStart + paddingEnd === reach - 1 && reach % 2 === 1) return 'half (same) padding';
    if (paddingStart === Math.floor(reach / 2) && paddingStart === paddingEnd) return 'half padding';
    if (paddingStart === reach - 1 && paddingEnd === reach - 1) return 'full padding';
    if (paddingStart + paddingEnd === reach - 1) return 'same padding';
  }
  return `padding ${formatSize(paddingStart)}${isEqual(paddingStart, paddingEnd) === true ? '' : ` and ${formatSize(paddingEnd)}`} (kernel ${formatSize(kernel)})`;
}

function strideWords(stride: Dimension): string {
  return stride === 1 ? 'unit stride' : `stride ${formatSize(stride)}`;
}

/** r = (i + 2p - ke) mod s rows are not read, and s input sizes give one output size. */
function droppedText({ stride, paddingStart, paddingEnd, ceilMode }: AxisWindow, input: Dimension, reach: Dimension): string {
  const room = subtract(add(input, add(paddingStart, paddingEnd)), reach);
  const rest = modulo(room, stride);
  if (!isConcrete(rest) || !isConcrete(stride) || !isConcrete(input) || stride === 1 || ceilMode === true) return '';
  const least = input - rest;
  const dropped = rest === 0 ? 'every cell is read' : `the last ${rest === 1 ? 'cell is' : `${rest} cells are`} not read`;
  return `${dropped}; sizes ${least} to ${least + stride - 1} give the same output`;
}

function transposedParts({ window, input, output }: AxisFacts): string[] {
  const { kernel, stride, dilation, paddingStart, outputPadding = 0 } = window;
  const reach = effectiveKernel(kernel, dilation);
  const formula = `\`${formatSize(stride)}·(${formatSize(input)} - 1) + ${formatSize(reach)} - 2·${formatSize(paddingStart)} + ${formatSize(outputPadding)} = ${formatSize(output)}\``;
  const equivalent = subtract(subtract(reach, 1), paddingStart);
  const zeros = isConcrete(stride) && stride > 1 ? `, ${stride - 1} ${stride === 2 ? 'zero' : 'zeros'} between the cells of the input` : '';
  const extra = outputPadding === 0 ? '' : `, ${formatSize(outputPadding)} more at the end`;
  const direct = `as a direct convolution: kernel ${formatSize(kernel)}, stride 1, padding ${formatSize(equivalent)}${zeros}${extra}`;
  return [formula, direct, undoText(window, input)];
}

/** Which convolution sizes each output padding leads back to: o = s(i - 1) + ke - 2p + a. */
function undoText(window: AxisWindow, input: Dimension): string {
  const { stride } = window;
  const base = transposedSize(input, window, 0);
  if (!isConcrete(stride) || !isConcrete(base) || stride < 2 || stride > 4) return '';
  const choices = Array.from({ length: stride }, (_, a) => `${a} for ${base + a}`);
  return `output_padding that undoes a convolution of size: ${choices.join(', ')}`;
}

/** The guide's kernel shape (n, m, k1, ..., kN): output and input feature maps, then the sizes of the window. */
function kernelText(node: Node, windows: readonly AxisWindow[]): string {
  const operator = operators.get(node.operator);
  if (operator === undefined || !/Conv/.test(node.operator)) return '';
  const from = createCall(operator, node.arguments, []).arguments;
  const [out, groups] = [dimension(from, 'out_channels'), dimension(from, 'groups')];
  const shape = node.inputs[0]?.shape;
  const inputs = shape?.[shape.length - windows.length - 1];
  const isWhole = isEqual(multiply(groups, 1), 1) === true;
  return `kernel (${[out, inputs, ...windows.map(({ kernel }) => kernel)].map(formatSize).join(', ')})${isWhole ? '' : ` in ${formatSize(groups)} groups`}`;
}
