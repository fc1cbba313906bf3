// The layers of a model, called one after the other.
import { isEqual } from '../../dims/compare.ts';
import { formatShape } from '../../dims/format.ts';
import { symbol, type Dimension } from '../../dims/size.ts';
import { writtenShape, type Frame, type Layer, type Problem, type Tensor } from '../../network/network.ts';
import { ALONE, callLayer, entryOf } from './call-layer.ts';
import type { Context, ModelResult, Within } from './context.ts';
import { createInput, declaredShape, imageRanks, type DeclaredShape } from './input.ts';
import { itemsOf, valueOf } from './json.ts';
import { ruleOf } from './layers/registry.ts';
import { readLayer } from './parse.ts';
import { recordedOutputs, recordedShapes } from './recorded-shapes.ts';
import type { KerasLayer, KerasModel, OutputReference } from './tree.ts';
import {
  callNumberProblem,
  cycleProblem,
  neededLayers,
  outputNumberProblem,
  severalOutputsProblem,
  twinProblem,
  uncalledProblem,
  unknownLayerProblem,
  unlistedInputProblem,
} from './wiring-problems.ts';

/** Layers are called in the order in which their inputs are there; `given` is what a model among the layers of another is called on. */
export function runModel(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  return model.kind === 'sequential' ? runSequential(context, model, given, within) : runFunctional(context, model, given, within);
}

function runSequential(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  const { frames, isFirstCall } = within;
  const ranks = imageRanks(model);
  const inputs: Tensor[] = [];
  const layers: Layer[] = [];
  const recorded = recordedShapes(model);
  let current = given?.[0];
  let before: string | undefined;
  for (const [at, layer] of model.layers.entries()) {
    const branches = at === 0 && given === undefined ? branchesOf(layer) : [];
    if (branches.length > 0) {
      const runs = branches.map((branch) => ({ branch, ...context.runModel(branch, undefined, within) }));
      inputs.push(...runs.flatMap((run) => run.inputs));
      const ends = runs.flatMap((run) => run.outputs.map(({ tensor }) => tensor));
      const joined = callLayer(context, layer, ends, ALONE, within);
      layers.push({ ...joined, children: [...runs.flatMap((run) => run.layers), ...joined.children] });
      current = joined.outputs[0];
      continue;
    }
    const declared = layers.length === 0 ? declaredShape(layer, model) : undefined;
    if (current === undefined) {
      current = createInput(context, layer, declared, ranks) ?? context.builder.input(layer.name, undefined, layer.classRange);
      inputs.push(current);
    } else if (declared !== undefined) checkDeclared(context, model, declared, current, frames);
    const called = before === undefined ? [] : [{ layer: before, call: 0, output: 0 }];
    const taken = [current];
    const recordedHere = () => recordedOutputs(recorded, { layer: layer.name, call: 0 }, called, taken);
    const made = callLayer(context, layer, taken, ALONE, { ...within, recorded: recordedHere });
    layers.push(made);
    if (isFirstCall && givesStates(layer) && made.outputs.length > 1)
      context.builder.report({ ...severalOutputsProblem(layer, made.outputs.length), frames });
    before = layer.name;
    current = made.outputs[0];
  }
  const last = model.layers[model.layers.length - 1];
  const outputs = current === undefined || last === undefined ? [] : [{ tensor: { ...current, label: last.name }, range: last.nameRange }];
  return { layers, inputs, outputs };
}

/** Recurrent layers have several outputs where a setting asks for them; what else does stands in no Sequential. */
function givesStates({ className }: KerasLayer): boolean {
  return /(?:LSTM|GRU|RNN)(?:[123]D)?$|^Bidirectional$/.test(className);
}

/** Keras 1: a model that begins with a `Merge` of models, which are written in its settings. */
function branchesOf({ className, config }: KerasLayer): readonly KerasModel[] {
  if (className !== 'Merge') return [];
  return itemsOf(valueOf(config, 'layers')).flatMap((node, at) => readLayer(node, at).model ?? []);
}

function runFunctional(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, within: Within): ModelResult {
  const { frames, isFirstCall } = within;
  const ranks = imageRanks(model);
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  const hasTwins = byName.size < model.layers.length;
  const tell = (problem: Omit<Problem, 'frames'> | undefined) => {
    if (problem !== undefined && isFirstCall) context.builder.report({ ...problem, frames });
  };
  tell(twinProblem(model));
  const results = new Map<KerasLayer, (readonly Tensor[] | undefined)[]>();
  const recorded = recordedShapes(model);
  const made = new Map<KerasLayer, Layer>();
  const inputs: Tensor[] = [];

  const needed = neededLayers(model);
  const areInputsKnown = model.inputs.length > 0 && model.inputs.every((reference) => byName.has(reference.layer));
  const uncalled = new Set<string>();
  for (const layer of model.layers) {
    if (layer.calls.some(({ references }) => references.length > 0)) continue;
    const declared = declaredShape(layer, model);
    const position = model.inputs.findIndex((reference) => reference.layer === layer.name);
    const passed = given?.[Math.max(position, 0)];
    if (passed !== undefined && declared !== undefined) checkDeclared(context, model, declared, passed, frames);
    const created = passed ?? createInput(context, layer, declared, ranks);
    if (created === undefined && layer.calls.length === 0 && layer.model === undefined && ruleOf(layer) !== undefined)
      uncalled.add(layer.name);
    if (layer.className === 'InputLayer' && position < 0 && areInputsKnown && needed.has(layer.name))
      tell(unlistedInputProblem(layer, model.inputs.at(-1)));
    const tensor = created ?? context.builder.input(layer.name, undefined, layer.classRange);
    if (given === undefined && created !== undefined) inputs.push(tensor);
    results.set(layer, [[tensor]]);
    made.set(layer, entryOf(layer, [tensor], [tensor], []));
  }

  for (const reference of model.inputs) if (!byName.has(reference.layer)) tell(unknownLayerProblem(reference, [...byName.keys()]));
  for (const layer of model.layers)
    if (uncalled.has(layer.name) && needed.has(layer.name)) tell(uncalledProblem(layer, useOf(model, layer)));

  const shifts = callShifts(model);
  /** Which of a layer's calls is meant, and how many there are. */
  const callOf = ({ layer: name, call: at }: OutputReference, layer: KerasLayer) => ({
    index: at - (shifts.get(name) ?? 0),
    count: Math.max(layer.calls.length, 1),
  });
  const find = (reference: OutputReference): readonly Tensor[] | undefined => {
    const layer = byName.get(reference.layer);
    if (layer === undefined) return undefined;
    const { index, count } = callOf(reference, layer);
    return results.get(layer)?.[Math.min(Math.max(index, 0), count - 1)];
  };
  const resolve = (reference: OutputReference): Tensor => {
    const { layer: name, output, range } = reference;
    const maker = byName.get(name);
    if (maker === undefined) {
      tell(unknownLayerProblem(reference, [...byName.keys()]));
      return context.builder.input('?', undefined, range);
    }
    const outputs = find(reference) ?? [];
    if (maker.model === undefined && !hasTwins) tell(wrongNumber(reference, callOf(reference, maker), outputs));
    const tensor = outputs[output] ?? context.builder.input(name, undefined, range);
    context.references.push({ range, definition: maker.nameRange, target: { kind: 'tensor', name, tensor } });
    // An input stays the tensor that the network has.
    return tensor.producer === undefined ? tensor : { ...tensor, label: name, range: maker.classRange };
  };
  // A call waits until all that it is called on is there: in the order of the file, and behind what it waits for.
  const queue = model.layers.flatMap((layer) => (made.has(layer) ? [] : layer.calls.map((written, at) => ({ layer, written, at }))));
  const waiting = new Map<string, typeof queue>();
  // The queue grows while it is worked off.
  for (const call of queue) {
    const { layer, written, at } = call;
    const { references } = written;
    const missing = references.find((reference) => byName.has(reference.layer) && find(reference) === undefined);
    if (missing !== undefined) {
      const others = waiting.get(missing.layer);
      if (others === undefined) waiting.set(missing.layer, [call]);
      else others.push(call);
      continue;
    }
    const tensors = references.map((reference) => resolve(reference));
    const first = made.get(layer);
    const entry = callLayer(context, layer, tensors, written, {
      frames,
      isFirstCall: isFirstCall && first === undefined,
      first,
      recorded: () => recordedOutputs(recorded, { layer: layer.name, call: at }, references, tensors),
    });
    if (first === undefined) made.set(layer, entry);
    const calls = results.get(layer) ?? [];
    calls[at] = entry.outputs;
    results.set(layer, calls);
    queue.push(...(waiting.get(layer.name) ?? []));
    waiting.delete(layer.name);
  }
  // With two layers of one name it is not known which one is waited for.
  if (!hasTwins) tell(cycleProblem([...waiting.values()].flat().map(({ layer }) => layer)));
  const outputs = model.outputs.flatMap((reference) => {
    const tensor = byName.has(reference.layer) && find(reference) === undefined ? undefined : resolve(reference);
    return tensor === undefined ? [] : [{ tensor: { ...tensor, label: reference.layer }, range: reference.range }];
  });
  // In the order of the file.
  return { layers: model.layers.flatMap((layer) => made.get(layer) ?? []), inputs, outputs };
}

/** Where the result of a layer is asked for first. */
function useOf({ layers, outputs }: KerasModel, { name }: KerasLayer): OutputReference | undefined {
  return [...layers.flatMap(({ calls }) => calls.flatMap(({ references }) => references)), ...outputs].find(({ layer }) => layer === name);
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

/** A call or an output that a layer does not have; of one whose sizes are not known nothing is known. */
function wrongNumber(
  reference: OutputReference,
  { index, count }: { readonly index: number; readonly count: number },
  outputs: readonly Tensor[],
): Omit<Problem, 'frames'> | undefined {
  if (index >= count) return callNumberProblem(reference, count);
  const isKnown = outputs.length > 0 && outputs.every(({ shape }) => shape !== undefined);
  return isKnown && reference.output >= outputs.length ? outputNumberProblem(reference, outputs.length) : undefined;
}
