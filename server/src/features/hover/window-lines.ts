// The lines of a hover about one axis: the formula with its numbers in it, and what a reader would work out from it next.
import { add, ceilDivide, modulo, multiply, subtract } from '../../dims/arithmetic.ts';
import { isEqual } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import { convolutionSize, effectiveKernel, paddedSize, poolingSize, transposedSize } from '../../operators/axis-size.ts';
import type { AxisWindow } from '../../operators/operator.ts';

/** A convolution or a pool. An input size that is not known stands as `i`. */
export function directLines(window: AxisWindow, input: Dimension): string[] {
  if (!isKnown(window)) return [];
  const room = subtract(paddedSize(input, window), effectiveKernel(window.kernel, window.dilation));
  const notes = window.ceilMode === true ? ceilNotes(window, input, room) : floorNotes(window, input, room);
  return [window.ceilMode === true ? ceilFormula(window, input, room) : floorFormula(window, input), ...notes, reachNote(window)].filter(
    (line) => line !== '',
  );
}

/** A transposed convolution: the formula, the direct convolution that is its equal, and which sizes it leads back to. */
export function transposedLines(window: AxisWindow, input: Dimension): string[] {
  if (!isKnown(window)) return [];
  const { kernel, stride, dilation, paddingStart, paddingEnd, outputPadding = 0 } = window;
  const reach = effectiveKernel(kernel, dilation);
  const cut = paddingTerm(paddingStart, paddingEnd).replace(/\+/g, '-');
  const more = isEqual(outputPadding, 0) === true ? '' : ` + ${formatSize(outputPadding)}`;
  const spread = stride === 1 ? nameOf(input) : `${formatSize(stride)}·(${nameOf(input)} - 1)`;
  const kernelPart = stride === 1 ? ` + (${formatSize(reach)} - 1)` : ` + ${formatSize(reach)}`;
  const formula = `\`${spread}${kernelPart}${cut}${more}${equals(transposedSize(input, window, outputPadding))}\``;
  return [formula, equivalentNote(window, input), undoNote(window, input), reachNote(window)].filter((line) => line !== '');
}

/** Nothing is said of a window with an argument that is at fault. */
function isKnown({ kernel, stride, dilation, paddingStart, paddingEnd }: AxisWindow): boolean {
  if (isConcrete(stride) && stride < 1) return false;
  return ![kernel, stride, dilation, paddingStart, paddingEnd].includes(undefined);
}

/** An adaptive pool: equal windows where the output's size divides the input's. */
export function adaptiveLines({ kernel }: AxisWindow, input: Dimension, output: Dimension): string[] {
  if (output === undefined) return [];
  const [size, count] = [factorText(input), factorText(output)];
  if (output === 1) return [`one window over ${isConcrete(input) ? `all ${size} cells` : 'the whole axis'}`];
  if (isEqual(input, output) === true) return ['each cell stays as it is'];
  if (isConcrete(kernel)) return [`${formatSize(output)} windows of ${kernel}, side by side`];
  return [
    `${formatSize(output)} windows that may overlap: cell j reads from \`floor(j·${size}/${count})\` to before \`ceil((j + 1)·${size}/${count})\``,
  ];
}

function floorFormula(window: AxisWindow, input: Dimension): string {
  const { stride } = window;
  const inside = insideText(window, input);
  const count = stride === 1 ? `(${inside})` : `floor((${inside})/${formatSize(stride)})`;
  return `\`${count} + 1${equals(convolutionSize(input, window))}\``;
}

/** Rounded up; where a last window would begin in the padding at the end there is one less. */
function ceilFormula(window: AxisWindow, input: Dimension, room: Dimension): string {
  const { stride, paddingStart } = window;
  const output = poolingSize(input, window, true);
  const all = add(ceilDivide(room, stride), 1);
  const formula = `ceil((${insideText(window, input)})/${formatSize(stride)}) + 1`;
  if (isEqual(all, output) === true || output === undefined) return `\`${formula}${equals(output)}\``;
  if (isConcrete(all) && isConcrete(output))
    return `\`${formula} - 1 = ${output}\`, one less because the last window would begin in the padding at the end`;
  const before = isEqual(paddingStart, 0) === true ? nameOf(input) : `(${nameOf(input)} + ${formatSize(paddingStart)})`;
  return `\`ceil(${before}/${formatSize(stride)})${equals(output)}\`: no window begins in the padding at the end`;
}

function insideText({ kernel, dilation, paddingStart, paddingEnd }: AxisWindow, input: Dimension): string {
  return `${nameOf(input)}${paddingTerm(paddingStart, paddingEnd)} - ${formatSize(effectiveKernel(kernel, dilation))}`;
}

function paddingTerm(start: Dimension, end: Dimension): string {
  if (isEqual(start, end) === true) return start === 0 ? '' : ` + 2·${formatSize(start)}`;
  return ` + ${formatSize(start)} + ${formatSize(end)}`;
}

function nameOf(input: Dimension): string {
  return input === undefined ? 'i' : formatSize(input);
}

/** In brackets where it is to stand in a product. */
function factorText(size: Dimension): string {
  const text = nameOf(size);
  return /^\w+$/.test(text) ? text : `(${text})`;
}

function equals(output: Dimension): string {
  return output === undefined ? '' : ` = ${formatSize(output)}`;
}

/** r = (i + 2p - ke) mod s cells are left over at the end, those of the padding first, and s input sizes share one output size. */
function floorNotes(window: AxisWindow, input: Dimension, room: Dimension): string[] {
  const { stride, paddingEnd } = window;
  if (isConcrete(room) && room < 0) return ['the kernel is larger than the padded input'];
  if (!isConcrete(stride) || stride < 2 || room === undefined) return [];
  const rest = modulo(room, stride);
  const dropped = isConcrete(rest) ? cellsDropped(rest, paddingEnd) : `\`${modText(room, stride)}\` cells at the end`;
  if (!isConcrete(input) || !isConcrete(rest)) return [`the floor drops ${dropped}`, `${stride} input sizes share each output size`];
  return [`the floor drops ${dropped}; ${sharedText(input - rest, stride, convolutionSize(input, window))}`];
}

function cellsDropped(rest: number, paddingEnd: Dimension): string {
  if (rest === 0) return 'nothing';
  if (!isConcrete(paddingEnd)) return cellWords(rest);
  const read = rest - paddingEnd;
  if (paddingEnd === 0) return `the last ${rest === 1 ? 'cell' : cellWords(rest)}`;
  if (read <= 0) return `${cellWords(rest)} of the padding at the end`;
  return `the padding at the end and the last ${read === 1 ? 'cell' : cellWords(read)}`;
}

function cellWords(count: number): string {
  return `${count} ${count === 1 ? 'cell' : 'cells'}`;
}

function sharedText(least: number, stride: number, output: Dimension): string {
  const [from, to] = [Math.max(least, 1), least + stride - 1];
  if (from === to) return `no other size gives ${formatSize(output)}`;
  const sizes = to === from + 1 ? `${from} and ${to}` : `${from} to ${to}`;
  return `sizes ${sizes} give ${formatSize(output)}`;
}

/** `(H + 1) mod 2`, with the smallest constant. */
function modText(room: Dimension, stride: number): string {
  const constant = typeof room === 'object' ? room.constant : 0;
  const reduced = ((constant % stride) + stride) % stride;
  const text = formatSize(subtract(room, constant - reduced));
  return `${/^\w+$/.test(text) ? text : `(${text})`} mod ${stride}`;
}

/** How far the last window reaches, and the sizes that give the same output. */
function ceilNotes(window: AxisWindow, input: Dimension, room: Dimension): string[] {
  const { stride, kernel, dilation, paddingStart, paddingEnd } = window;
  const output = poolingSize(input, window, true);
  if (!isConcrete(stride) || stride < 2 || room === undefined) return [];
  if (!isConcrete(input)) return [`${stride} input sizes share each output size`];
  if (!isConcrete(room) || !isConcrete(output) || !isConcrete(paddingStart)) return [];
  const over = (output - 1) * stride - room;
  const reach = effectiveKernel(kernel, dilation);
  const end =
    over > 0
      ? `the last window reaches ${cellWords(over)} over the ${paddingEnd === 0 ? 'end' : 'padded end'}`
      : over < 0
        ? `not read: ${cellsDropped(-over, paddingEnd)}`
        : 'the windows end with the input';
  const slack = isConcrete(paddingEnd) && isConcrete(reach) ? paddingStart + Math.min(paddingEnd - reach + 2 * stride - 1, stride - 1) : 0;
  const rest = (((input + slack) % stride) + stride) % stride;
  return [`${end}; ${sharedText(input - rest, stride, output)}`];
}

/** The guide's equivalent: unit strides over an input with zeros between its cells, padded with ke - 1 - p. */
function equivalentNote(window: AxisWindow, input: Dimension): string {
  const { kernel, stride, dilation, paddingStart, outputPadding = 0 } = window;
  const padding = subtract(subtract(effectiveKernel(kernel, dilation), 1), paddingStart);
  if (padding === undefined || !isConcrete(stride)) return '';
  const amount = isConcrete(padding) && padding < 0 ? `${-padding} cut off at both ends` : `padding ${formatSize(padding)}`;
  const spread = dilation === 1 ? '' : `, dilation ${formatSize(dilation)}`;
  const size = !isConcrete(input) ? '' : ` to ${formatSize(add(multiply(stride, subtract(input, 1)), 1))}`;
  const stretched =
    stride === 1 ? '' : `, on the input stretched${size} with ${stride - 1} ${stride === 2 ? 'zero' : 'zeros'} between cells`;
  const extra = isEqual(outputPadding, 0) === true ? '' : ` and ${formatSize(outputPadding)} more at the end`;
  return `as a direct convolution: kernel ${formatSize(kernel)}, stride 1${spread}, ${amount}${stretched}${extra}`;
}

/** Which convolution sizes each output padding leads back to: o = s(i - 1) + ke - 2p + a. */
function undoNote(window: AxisWindow, input: Dimension): string {
  const { stride } = window;
  const base = transposedSize(input, window, 0);
  if (!isConcrete(stride) || stride < 2 || base === undefined) return '';
  if (!isConcrete(base)) return `\`output_padding\` a undoes a convolution of size \`${formatSize(base)} + a\``;
  const first = Math.max(1 - base, 0);
  if (first >= stride) return '';
  if (stride > 4)
    return `\`output_padding\` ${first} to ${stride - 1} undoes a convolution of size ${base + first} to ${base + stride - 1}`;
  const others = Array.from({ length: stride - 1 - first }, (_, at) => `, ${first + 1 + at} of ${base + first + 1 + at}`);
  return `\`output_padding\` ${first} undoes a convolution of size ${base + first}${others.join('')}`;
}

function reachNote({ kernel, dilation }: AxisWindow): string {
  const reach = effectiveKernel(kernel, dilation);
  if (reach === undefined || isEqual(reach, kernel) !== false) return '';
  return `effective kernel \`${formatSize(dilation)}·(${formatSize(kernel)} - 1) + 1 = ${formatSize(reach)}\``;
}
