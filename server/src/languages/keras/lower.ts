// From a Keras model to a network: layers are called in the order in which their inputs are there.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Frame, Layer, LoweredDocument, NetworkSymbol, Problem, Reference, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { readConfig } from './config.ts';
import { createInput, imageRanks } from './input.ts';
import { unknown, type LayerUse } from './layer-use.ts';
import { layerRules } from './layers/registry.ts';
import type { ParsedModel } from './parse.ts';
import { channelOrderProblem } from './channel-order.ts';
import type { KerasLayer, KerasModel, OutputReference } from './tree.ts';

/** No more calls than this are followed: a model within a model within a model could be called without end. */
const MOST_CALLS = 20_000;

interface Context {
  readonly builder: NetworkBuilder;
  readonly symbols: Map<string, NetworkSymbol>;
  readonly references: Reference[];
  readonly unknownClasses: Set<string>;
  calls: number;
}

export function lowerModel(text: string, { model, fault }: ParsedModel, createBuilder: () => NetworkBuilder): LoweredDocument {
  const syntax: Problem[] =
    fault === undefined ? [] : [{ fault: { code: 'syntax', reason: 'json', message: fault.message }, range: fault.range, frames: [] }];
  if (model === undefined) return { networks: [], blocks: [], references: [], problems: syntax };
  const context: Context = { builder: createBuilder(), symbols: new Map(), references: [], unknownClasses: new Set(), calls: 0 };
  const { layers, inputs, outputs } = runModel(context, model, undefined, []);
  const { builder } = context;
  const network = {
    name: model.name,
    nameRange: model.nameRange,
    range: model.range,
    inputs,
    outputs: outputs.map(({ tensor, range }) => ({ name: tensor.label, tensor, range })),
    layers,
    nodes: builder.nodes,
    symbols: [...context.symbols.values()],
    requirements: [],
    conditions: builder.conditions,
  };
  const problems = channelOrderProblem(text, inputs, builder.problems);
  return { networks: [network], blocks: [], references: context.references, problems: [...syntax, ...problems] };
}

interface ModelResult {
  readonly layers: readonly Layer[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly { readonly tensor: Tensor; readonly range: Range }[];
}

/** `given` is what a model among the layers of another is called on. */
function runModel(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, frames: readonly Frame[]): ModelResult {
  return model.kind === 'sequential' ? runSequential(context, model, given, frames) : runFunctional(context, model, given, frames);
}

function runSequential(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, frames: readonly Frame[]): ModelResult {
  const ranks = imageRanks(model);
  const inputs: Tensor[] = [];
  const layers: Layer[] = [];
  let current = given?.[0];
  for (const layer of model.layers) {
    if (current === undefined) {
      current =
        createInput(context.builder, context.symbols, layer, ranks) ?? context.builder.input(layer.name, undefined, layer.classRange);
      inputs.push(current);
    }
    const made = call(context, layer, [current], [], frames, true);
    layers.push(made);
    current = made.outputs[0];
  }
  const last = model.layers[model.layers.length - 1];
  const outputs = current === undefined || last === undefined ? [] : [{ tensor: { ...current, label: last.name }, range: last.nameRange }];
  return { layers, inputs, outputs };
}

function runFunctional(context: Context, model: KerasModel, given: readonly Tensor[] | undefined, frames: readonly Frame[]): ModelResult {
  const ranks = imageRanks(model);
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  const results = new Map<string, readonly Tensor[]>();
  const made = new Map<KerasLayer, Layer>();
  const inputs: Tensor[] = [];
  const key = (name: string, at: number) => `${at} ${name}`;

  for (const layer of model.layers) {
    if (layer.calls.some((references) => references.length > 0)) continue;
    const position = model.inputs.findIndex((reference) => reference.layer === layer.name);
    const tensor = given?.[Math.max(position, 0)] ?? createInput(context.builder, context.symbols, layer, ranks);
    if (tensor === undefined) continue;
    if (given === undefined) inputs.push(tensor);
    results.set(key(layer.name, 0), [tensor]);
    made.set(layer, entryOf(layer, [tensor], [tensor], []));
  }

  // A layer with calls waits until all that it is called on is there.
  let waiting = model.layers.flatMap((layer) => (made.has(layer) ? [] : layer.calls.map((references, at) => ({ layer, references, at }))));
  const find = (reference: OutputReference) => results.get(key(reference.layer, reference.call));
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    const later: typeof waiting = [];
    for (const { layer, references, at } of waiting) {
      const known = references.filter((reference) => byName.has(reference.layer));
      if (!known.every((reference) => find(reference) !== undefined)) {
        later.push({ layer, references, at });
        continue;
      }
      isMoving = true;
      const tensors = references.map((reference) => resolve(context, reference, find(reference), byName, frames));
      const first = made.get(layer);
      const entry = call(context, layer, tensors, references, frames, first === undefined);
      if (first === undefined) made.set(layer, entry);
      results.set(key(layer.name, at), entry.outputs);
    }
    waiting = later;
  }
  if (waiting.length > 0)
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

function resolve(
  { builder, references }: Context,
  { layer, output, range }: OutputReference,
  found: readonly Tensor[] | undefined,
  byName: ReadonlyMap<string, KerasLayer>,
  frames: readonly Frame[],
): Tensor {
  const maker = byName.get(layer);
  if (maker === undefined) {
    builder.report({ fault: { code: 'unknown-name', reason: 'name', name: layer, known: [...byName.keys()] }, range, frames });
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
  builder.report({ fault: { code: 'dependency-cycle', reason: 'layers', names }, range: first.nameRange, frames });
}

/** Calls a layer on tensors: by the rule of its type, or through the layers of the model that it is. */
function call(
  context: Context,
  layer: KerasLayer,
  inputs: readonly Tensor[],
  references: readonly OutputReference[],
  frames: readonly Frame[],
  isFirstCall: boolean,
): Layer {
  const use: LayerUse = {
    builder: context.builder,
    layer,
    config: readConfig(layer.config),
    inputs,
    inputRanges: references.map(({ range }) => range),
    frames,
    nodes: [],
    isFirstCall,
  };
  if (layer.className === 'InputLayer') return entryOf(layer, inputs, inputs, []);
  if (++context.calls > MOST_CALLS) {
    if (context.calls === MOST_CALLS + 1) {
      const message = `More than ${MOST_CALLS} calls of layers; what is beyond is not worked out.`;
      context.builder.report({ fault: { code: 'unroll-limit', reason: 'calls', message }, range: layer.classRange, frames });
    }
    return entryOf(layer, inputs, [unknown(use)], []);
  }
  if (layer.model !== undefined) {
    const inner = [...frames, { block: layer.name, callRange: layer.classRange }];
    const { layers, outputs } = runModel(context, layer.model, inputs, inner);
    return entryOf(
      layer,
      inputs,
      outputs.map(({ tensor }) => tensor),
      layers,
    );
  }
  const outputs = layerRules.get(layer.className)?.(use) ?? [unknown(use)];
  const labelled = outputs.map((tensor) => ({ ...tensor, label: layer.name, range: layer.classRange }));
  return entryOf(
    layer,
    inputs,
    labelled,
    use.nodes.map((node) => ({
      label: node.operator,
      kind: 'operator',
      range: layer.range,
      node,
      inputs: node.inputs,
      outputs: node.outputs,
      children: [],
    })),
  );
}

function entryOf(layer: KerasLayer, inputs: readonly Tensor[], outputs: readonly Tensor[], children: readonly Layer[]): Layer {
  return {
    name: layer.name,
    label: layer.className,
    kind: 'block',
    range: layer.range,
    nameRange: layer.classRange,
    inputs,
    outputs,
    children,
  };
}
