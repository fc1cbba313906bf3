// The words that messages have in common: values as they are written, axes by their names, tensors with their sizes.
import { formatShape, formatSize } from '../dims/format.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { RelatedPlace } from '../diagnostics/diagnostic.ts';
import { isFloat, isInfer, isList, isSize, type ArgumentValue } from '../network/argument.ts';
import { writtenShape, type Node, type Problem, type Tensor } from '../network/network.ts';

/** A value as it would be written in the language. */
export function formatValue(value: ArgumentValue): string {
  if (value === null) return 'None';
  if (isList(value)) return `(${value.map(formatValue).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (isSize(value)) return formatSize(value);
  if (isFloat(value)) return formatFloat(value.value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `"${value}"`;
  return isInfer(value) ? '_' : '?';
}

/** As Python's repr: `2.0`, `1e-07`, `1e+16`. */
function formatFloat(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const SPATIAL = [['length'], ['height', 'width'], ['depth', 'height', 'width']] as const;

/** `height`, `width`, `channels`: the name of an axis of an image-like tensor, counted from the front or, negative, from the end. */
export function axisName(rank: number, axis: number): string {
  const fromFront = axis < 0 ? axis + rank : axis;
  if (rank < 3 || rank > 5) return `axis ${fromFront}`;
  if (fromFront === 0) return 'batch';
  if (fromFront === 1) return 'channels';
  return SPATIAL[rank - 3]?.[fromFront - 2] ?? `axis ${fromFront}`;
}

/** `the height`, `the channels`, `axis 1`, to stand in a sentence. */
export function theAxis(rank: number, axis: number): string {
  const name = axisName(rank, axis);
  return name.startsWith('axis') ? name : `the ${name}`;
}

/** The name of a spatial axis of an operator such as Conv2d, counted from the end. */
export function spatialName(operator: string, axis: number): string {
  const digit = /([123])d$/.exec(operator)?.[1];
  const names = SPATIAL[Number(digit ?? 2) - 1] ?? SPATIAL[1];
  return names[names.length + axis] ?? `axis ${axis}`;
}

/** `\`s2\` is [N, 64, H, W]`, at the place where the tensor is made. */
export function tensorPlace(tensor: Tensor | undefined): RelatedPlace[] {
  if (tensor === undefined || tensor.label === '?') return [];
  return [{ message: `\`${tensor.label}\` is ${formatShape(writtenShape(tensor))}`, range: tensor.range }];
}

/** The size of a tensor, its axes in the order of the file. */
export function shapeText(tensor: Tensor | undefined): string {
  return formatShape(tensor === undefined ? undefined : writtenShape(tensor));
}

/** The sizes of a node's inputs; no more than six of them are listed. `shapes` have the axes as the operator counts them. */
export function shapesText(shapes: readonly Shape[], { node }: Problem): string {
  const inputs = node?.inputs ?? [];
  const isMoved = inputs.some(({ layout }) => layout !== undefined);
  return (isMoved ? inputs.map(writtenShape) : shapes).slice(0, 6).map(formatShape).join(' and ');
}

export function operatorName({ node }: Problem): string {
  return node === undefined ? 'This' : nodeName(node);
}

/** The operator, as the format of the text calls it. */
export function nodeName({ source, operator }: Node): string {
  return source.label ?? operator;
}

/** A layer to be told from others: its own name, where its format gives it one, else its operator. */
export function layerName(node: Node): string {
  return node.source.name ?? nodeName(node);
}

/** An argument, as the format of the text calls it. */
export function argumentName(node: Node | undefined, name: string): string {
  return node?.source.argumentNames?.get(name) ?? name;
}

/** A value of an argument as the format of the text writes it. */
export function valueWord({ source }: Node, name: string, value: string): string {
  return source.valueWords?.get(`${name}=${value}`) ?? value;
}

export function sizeWords(count: Dimension, noun: string): string {
  return `${formatSize(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** ` The input is [N, 3, 224, 224].`, or nothing where not even its rank is known. */
export function inputSentence(tensor: Tensor | undefined): string {
  return tensor?.shape === undefined ? '' : ` The input is ${shapeText(tensor)}.`;
}
