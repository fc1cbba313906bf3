// One call of a layer: by the rule of its type, or through the layers of the model that it is.
import type { Shape } from '../../dims/size.ts';
import type { Layer, Tensor } from '../../network/network.ts';
import { settingFault } from './check-settings.ts';
import { readConfig } from './config.ts';
import { itemsOf } from './json.ts';
import type { Context, Within } from './context.ts';
import { applyUnsaid, unknown, type LayerUse } from './layer-use.ts';
import { isOperation } from './layers/operation.ts';
import { plainName, ruleOf } from './layers/registry.ts';
import { readLayer } from './parse.ts';
import { sharedWeightsProblem } from './shared-weights.ts';
import type { KerasCall, KerasLayer } from './tree.ts';
import { unknownClassProblem } from './unknown-class.ts';

/** No more calls than this are followed: a model within a model within a model could be called without end. */
const MOST_CALLS = 20_000;

/** A call whose input is not written. */
export const ALONE: Omit<KerasCall, 'range'> = { references: [], settings: undefined };

/** What a call hands over by name besides the tensors that a layer works on. */
const ASIDE = /mask$|^initial_state$|^constants$|^training$/;

/** Calls a layer on tensors: by the rule of its type, or through the layers of the model that it is. */
export function callLayer(
  context: Context,
  layer: KerasLayer,
  given: readonly Tensor[],
  { references, settings, written }: Omit<KerasCall, 'range'>,
  { frames, isFirstCall, first, recorded }: Within,
): Layer {
  const taken = given
    .map((tensor, at) => ({ tensor, reference: references[at] }))
    .filter(({ reference }) => reference?.argument === undefined || !ASIDE.test(reference.argument));
  const inputs = taken.map(({ tensor }) => tensor);
  const tellUnsized = (because: string | undefined) => {
    if (context.unknownClasses.has(layer.className)) return;
    context.unknownClasses.add(layer.className);
    context.builder.report({ ...unknownClassProblem(layer, because, recorded?.()[0]), frames });
  };
  context.layersByStart.set(layer.range.start, layer);
  const use: LayerUse = {
    builder: context.builder,
    format: context.format,
    layer,
    config: readConfig(layer.config),
    inputs,
    inputRanges: taken.flatMap(({ reference }) => reference?.range ?? []),
    argumentNames: taken.map(({ reference }) => reference?.argument),
    callSettings: readConfig(settings),
    callArguments: itemsOf(written),
    frames,
    children: [],
    isFirstCall,
    openSizes: context.openSizes,
    layerOf: ({ source }) => context.layersByStart.get(source.range.start),
    callInner: (node, tensors) => {
      const inner = callLayer(context, readLayer(node, 0), tensors, ALONE, { frames, isFirstCall });
      use.children.push(inner);
      return inner.outputs;
    },
    tellUnsized,
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
    const { layers, outputs } = context.runModel(layer.model, inputs, { frames: inner, isFirstCall });
    return entryOf(
      layer,
      inputs,
      outputs.map(({ tensor }) => tensor),
      layers,
    );
  }
  const rule = ruleOf(layer);
  if (rule === undefined) tellUnsized(undefined);
  const refused = rule === undefined || isOperation(layer) ? undefined : settingFault(plainName(layer.className), use.config);
  // The settings of a layer that is shared are told of once.
  if (refused !== undefined && isFirstCall) context.builder.report({ range: layer.classRange, ...refused, frames });
  const outputs = (refused === undefined ? rule?.(use) : undefined) ?? [applyUnsaid(use, undefined, undefined)];
  const found = outputs.some(({ shape }) => shape !== undefined) ? outputs : withRecorded(use, outputs, recorded?.() ?? []);
  const labelled = found.map((tensor) => ({ ...tensor, label: layer.name, range: layer.classRange }));
  const entry = entryOf(layer, inputs, labelled, use.children);
  const unlike =
    first === undefined || context.unlikeCalls.has(layer) ? undefined : sharedWeightsProblem(layer, first, entry, use.inputRanges[0]);
  if (unlike !== undefined) {
    context.unlikeCalls.add(layer);
    context.builder.report({ ...unlike, frames });
  }
  return entry;
}

/** A layer whose sizes are not known has those that the file keeps, where it does. */
function withRecorded(use: LayerUse, outputs: readonly Tensor[], recorded: readonly Shape[]): readonly Tensor[] {
  return recorded.length === 0 ? outputs : recorded.map((shape, at) => ({ ...(outputs[at] ?? unknown(use)), shape }));
}

export function entryOf(layer: KerasLayer, inputs: readonly Tensor[], outputs: readonly Tensor[], children: readonly Layer[]): Layer {
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
