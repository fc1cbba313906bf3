// The layers of a model, called one after the other.
import { isEqual } from '../../dims/compare.ts';
import { formatShape } from '../../dims/format.ts';
import { symbol, type Dimension } from '../../dims/size.ts';
import { writtenShape, type Frame, type Layer, type Problem, type Tensor } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { Range } from '../../text/range.ts';
import { ALONE, callLayer, entryOf } from './call-layer.ts';
import type { Context, ModelResult, Within } from './context.ts';
import { createInput, declaredShape, imageRanks, type DeclaredShape } from './input.ts';
import type { KerasLayer, KerasModel, OutputReference } from './tree.ts';

/** Layers are called in the order in which their inputs are there; `given` is what a model among the layers of another is called on. */
export function runModel(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  return model.kind === 'sequential' ? runSequential(context, model, given, within) : runFunctional(context, model, given, within);
}

function runSequential(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  const { frames } = within;
  const ranks = imageRanks(model);
  const inputs: Tensor[] = [];
  const layers: Layer[] = [];
  let current = given?.[0];
  for (const layer of model.layers) {
    const declared = layers.length === 0 ? declaredShape(layer, model) : undefined;
    if (current === undefined) {
      current = createInput(context, layer, declared, ranks) ?? context.builder.input(layer.name, undefined, layer.classRange);
      inputs.push(current);
    } else if (declared !== undefined) checkDeclared(context, model, declared, current, frames);
    const made = callLayer(context, layer, [current], ALONE, within);
    layers.push(made);
    current = made.outputs[0];
  }
  const last = model.layers[model.layers.length - 1];
  const outputs = current === undefined || last === undefined ? [] : [{ tensor: { ...current, label: last.name }, range: last.nameRange }];
  return { layers, inputs, outputs };
}

function runFunctional(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  const { frames, isFirstCall } = within;
  const ranks = imageRanks(model);
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  const hasTwins = byName.size < model.layers.length;
  if (hasTwins && isFirstCall) reportTwin(context, model, frames);
  const results = new Map<KerasLayer, (readonly Tensor[] | undefined)[]>();
  const made = new Map<KerasLayer, Layer>();
  const inputs: Tensor[] = [];

  for (const layer of model.layers) {
    if (layer.calls.some(({ references }) => references.length > 0)) continue;
    const declared = declaredShape(layer, model);
    const position = model.inputs.findIndex((reference) => reference.layer === layer.name);
    const passed = given?.[Math.max(position, 0)];
    if (passed !== undefined && declared !== undefined) checkDeclared(context, model, declared, passed, frames);
    const created = passed ?? createInput(context, layer, declared, ranks);
    const tensor = created ?? context.builder.input(layer.name, undefined, layer.classRange);
    if (given === undefined && created !== undefined) inputs.push(tensor);
    results.set(layer, [[tensor]]);
    made.set(layer, entryOf(layer, [tensor], [tensor], []));
  }

  const shifts = callShifts(model);
  const find = ({ layer: name, call: at }: OutputReference): readonly Tensor[] | undefined => {
    const layer = byName.get(name);
    if (layer === undefined) return undefined;
    const last = Math.max(layer.calls.length, 1) - 1;
    return results.get(layer)?.[Math.min(Math.max(at - (shifts.get(name) ?? 0), 0), last)];
  };
  // A layer with calls waits until all that it is called on is there.
  let waiting = model.layers.flatMap((layer) => (made.has(layer) ? [] : layer.calls.map((written, at) => ({ layer, written, at }))));
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    const later: typeof waiting = [];
    for (const { layer, written, at } of waiting) {
      const { references } = written;
      const known = references.filter((reference) => byName.has(reference.layer));
      if (!known.every((reference) => find(reference) !== undefined)) {
        later.push({ layer, written, at });
        continue;
      }
      isMoving = true;
      const tensors = references.map((reference) => resolve(context, reference, find(reference), byName, frames));
      const first = made.get(layer);
      const entry = callLayer(context, layer, tensors, written, { frames, isFirstCall: isFirstCall && first === undefined });
      if (first === undefined) made.set(layer, entry);
      const calls = results.get(layer) ?? [];
      calls[at] = entry.outputs;
      results.set(layer, calls);
    }
    waiting = later;
  }
  // With two layers of one name it is not known which one is waited for.
  if (waiting.length > 0 && !hasTwins)
    reportCycle(
      context,
      waiting.map(({ layer }) => layer),
      frames,
    );
  const outputs = model.outputs.flatMap((reference) => {
    const tensor =
      byName.has(reference.layer) && find(reference) === undefined
        ? undefined
        : resolve(context, reference, find(reference), byName, frames);
    return tensor === undefined ? [] : [{ tensor: { ...tensor, label: reference.layer }, range: reference.range }];
  });
  // In the order of the file.
  return { layers: model.layers.flatMap((layer) => made.get(layer) ?? []), inputs, outputs };
}

/** A model of its own has one call more than the file lists, the one that made it: references to its calls begin at 1 then. */
function callShifts({ layers, outputs }: KerasModel): ReadonlyMap<string, number> {
  const models = new Set(layers.flatMap(({ name, model }) => (model === undefined ? [] : [name])));
  const shifts = new Map<string, number>();
  for (const { layer, call: at } of [...layers.flatMap(({ calls }) => calls.flatMap(({ references }) => references)), ...outputs])
    if (models.has(layer)) shifts.set(layer, Math.min(at, shifts.get(layer) ?? 1));
  return shifts;
}

/** A model among the layers of another is made for the shape that its own input declares. */
function checkDeclared({ builder }: Context, model: KerasModel, { sizes }: DeclaredShape, given: Tensor, frames: readonly Frame[]): void {
  const actual = writtenShape(given);
  if (actual === undefined) return;
  const claimed = sizes.map((node): Dimension => (typeof node?.value === 'number' ? node.value : undefined));
  const differs = (axis: number) => axis > 0 && isEqual(claimed[axis], actual[axis]) === false;
  if (claimed.length === actual.length && !claimed.some((_, axis) => differs(axis))) return;
  const shown = claimed.map((size, axis) => size ?? (axis === 0 ? symbol('N') : undefined));
  const message =
    `\`${model.name}\` is made for an input of ${formatShape(shown)}, but is called on ${formatShape(actual)}.\n` +
    'Keras refuses a model on another size than the one that its input declares. Give both the same size, or write null for sizes that are to be free.';
  const fault = { code: 'claim-mismatch', reason: 'input', claimed: shown, actual, axes: [] } as const;
  builder.report({ fault, range: model.nameRange, frames, words: { message, related: [] } });
}

function resolve(
  { builder, references }: Context,
  { layer, output, range }: OutputReference,
  found: readonly Tensor[] | undefined,
  byName: ReadonlyMap<string, KerasLayer>,
  frames: readonly Frame[],
): Tensor {
  const maker = byName.get(layer);
  if (maker === undefined) {
    builder.report(unknownLayer(layer, [...byName.keys()], range, frames));
    return builder.input('?', undefined, range);
  }
  const tensor = found?.[output] ?? builder.input(layer, undefined, range);
  references.push({ range, definition: maker.nameRange, target: { kind: 'tensor', name: layer, tensor } });
  // An input stays the tensor that the network has.
  return tensor.producer === undefined ? tensor : { ...tensor, label: layer, range: maker.classRange };
}

function reportCycle({ builder }: Context, layers: readonly KerasLayer[], frames: readonly Frame[]): void {
  const [first] = layers;
  if (first === undefined) return;
  const names = [...new Set(layers.map(({ name }) => name))].slice(0, 8);
  const message = `These layers wait for each other: ${names.join(' -> ')}.\nA layer is called once all that it is called on is there; one of these has to be called on something above.`;
  const fault = { code: 'dependency-cycle', reason: 'layers', names } as const;
  builder.report({ fault, range: first.nameRange, frames, words: { message, related: [] } });
}

/** The first layer with a name that another one has. */
function reportTwin({ builder }: Context, { layers }: KerasModel, frames: readonly Frame[]): void {
  const firsts = new Map<string, KerasLayer>();
  for (const layer of layers) {
    const first = firsts.get(layer.name);
    if (first !== undefined) {
      const fault = { code: 'duplicate-name', reason: 'layer', name: layer.name, what: 'layer', first: first.nameRange } as const;
      const message = `Two layers of this model are called \`${layer.name}\`.\nCalls find layers by their names, and Keras refuses a name that is there twice.`;
      const related = [{ message: `\`${layer.name}\` is here first`, range: first.nameRange }];
      builder.report({ fault, range: layer.nameRange, frames, words: { message, related } });
      return;
    }
    firsts.set(layer.name, layer);
  }
}

function unknownLayer(name: string, known: readonly string[], range: Range, frames: readonly Frame[]): Problem {
  const near = closest(name, known);
  const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const message = `No layer of this model is called \`${name}\`.${meant}\nA layer is called on layers of the same model, by their names.`;
  // Within the quotes, so that a name can take its place.
  const inside = { start: range.start + 1, end: range.end - 1 };
  return { fault: { code: 'unknown-name', reason: 'name', name, known }, range: inside, frames, words: { message, related: [] } };
}
