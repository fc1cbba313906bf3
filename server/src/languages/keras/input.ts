// The inputs of a model: their shapes as layers declare them, with a symbol for every size that is left open.
import { symbol, type Dimension } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { NetworkSymbol, Problem, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { readConfig } from './config.ts';
import { itemsOf, rangeOf, textOf, untupled, valueOf, type JsonNode } from './json.ts';
import { dataFormat } from './layer-use.ts';
import type { KerasLayer, KerasModel } from './tree.ts';

export interface DeclaredShape {
  /** With the batch; undefined for a size that is not written. */
  readonly sizes: readonly (JsonNode | undefined)[];
  readonly range: Range;
}

/**
 * The list of sizes that the first layer of a model declares for its input; undefined where it declares none. A Sequential model
 * that was built by a call keeps the shape of that call, and in Keras 3 every layer does.
 */
export function declaredShape({ className, config, buildConfig }: KerasLayer, model: KerasModel): DeclaredShape | undefined {
  const find = (holder: JsonNode | undefined, ...keys: readonly string[]) =>
    keys.map((key) => untupled(valueOf(holder, key))).find((node) => node?.type === 'array');
  const whole = find(config, 'batch_input_shape', 'batch_shape');
  if (whole !== undefined) return { sizes: itemsOf(whole), range: rangeOf(whole) };
  const behind = find(config, 'input_shape', 'shape');
  if (behind !== undefined) return { sizes: [undefined, ...itemsOf(behind)], range: rangeOf(behind) };
  if (model.kind !== 'sequential') return undefined;
  const built = find(model.config, 'build_input_shape') ?? find(buildConfig, 'input_shape');
  if (built !== undefined) return { sizes: itemsOf(built), range: rangeOf(built) };
  const features = valueOf(config, 'input_dim');
  return className === 'Dense' && features?.type === 'number' ? { sizes: [undefined, features], range: rangeOf(features) } : undefined;
}

export interface InputContext {
  readonly builder: NetworkBuilder;
  readonly symbols: Map<string, NetworkSymbol>;
  /** Filled with the symbols that stand for a null. */
  readonly openSizes: Set<string>;
}

const NAMES: Readonly<Record<number, readonly string[]>> = { 2: ['F'], 3: ['L', 'C'], 4: ['H', 'W', 'C'], 5: ['D', 'H', 'W', 'C'] };

/**
 * An input with the channels first where the model's layers have them last and work on its axes. The same axis of two inputs has the
 * same symbol: what is joined later has to be as large.
 */
export function createInput(
  { builder, symbols, openSizes }: InputContext,
  layer: KerasLayer,
  declared: DeclaredShape | undefined,
  imageRanks: ReadonlySet<number>,
): Tensor | undefined {
  if (declared === undefined) return undefined;
  const { sizes, range } = declared;
  const problem = shapeProblem(declared);
  if (problem !== undefined) builder.report({ ...problem, frames: [] });
  const isMoved = imageRanks.has(sizes.length);
  const names = ['N', ...(NAMES[sizes.length] ?? [])];
  const axes = sizes.map((node, axis): { readonly size: Dimension; readonly range: Range } => {
    const place = node === undefined ? range : rangeOf(node);
    const value: unknown = node?.value;
    if (typeof value === 'number') return { size: Number.isSafeInteger(value) && value >= 0 ? value : undefined, range: place };
    // The command line and the search for fitting sizes write a name in place of a number.
    const isOpen = node === undefined || node.type === 'null';
    const name = textOf(node) ?? (isOpen ? names[axis] : undefined);
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return { size: undefined, range: place };
    if (isOpen && axis > 0) openSizes.add(name);
    if (!symbols.has(name)) symbols.set(name, { name, range: place });
    return { size: symbol(name), range: place };
  });
  const order = isMoved ? [0, axes.length - 1, ...Array.from({ length: axes.length - 2 }, (_, at) => at + 1)] : axes.map((_, at) => at);
  const moved = order.flatMap((axis) => axes[axis] ?? []);
  const tensor = builder.input(
    layer.name,
    moved.map(({ size }) => size),
    range,
    moved.map((axis) => axis.range),
  );
  return isMoved ? { ...tensor, layout: 'channels_last' } : tensor;
}

/** The first thing in a shape that is neither a size nor null. */
function shapeProblem({ sizes }: DeclaredShape): Omit<Problem, 'frames'> | undefined {
  for (const node of sizes) {
    const value: unknown = node?.value;
    if (node === undefined) continue;
    const range = rangeOf(node);
    if (typeof value === 'number' && !(Number.isInteger(value) && value >= 0)) {
      const message = `A size of the input is ${value}; it has to be a whole number, or null where it is to be free.`;
      const ideas = value === -1 ? [{ title: 'Change -1 to null', edits: [{ range, newText: 'null' }] }] : [];
      return { fault: { code: 'argument-range', reason: 'expression', message }, range, ideas };
    }
    if (typeof value === 'string' && /^\d+$/.test(value)) {
      const message = `A size of the input is the text "${value}", and has to be a number.\nKeras takes no quotes around numbers.`;
      const ideas = [{ title: `Change "${value}" to ${value}`, edits: [{ range, newText: value }] }];
      return { fault: { code: 'argument-range', reason: 'expression', message }, range, ideas };
    }
  }
  return undefined;
}

/** How many axes the images have on which layers work with the channels last: 4 for Conv2D. */
export function imageRanks({ layers }: KerasModel): ReadonlySet<number> {
  const ranks = new Set<number>();
  for (const { className, config } of layers) {
    const axes = /([123])D(Transpose)?$/.exec(className)?.[1];
    if (axes !== undefined && dataFormat(readConfig(config)) === 'channels_last') ranks.add(Number(axes) + 2);
  }
  return ranks;
}
