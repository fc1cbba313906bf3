// From a Keras model to a network.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { LoweredDocument, Problem } from '../../network/network.ts';
import { channelOrderProblem } from './channel-order.ts';
import type { Context } from './context.ts';
import type { ParsedModel } from './parse.ts';
import { tensorFlowJsProblems } from './tensorflow-js.ts';
import { runModel } from './run-model.ts';

export function lowerModel(text: string, { model, format, fault }: ParsedModel, createBuilder: () => NetworkBuilder): LoweredDocument {
  const syntax: Problem[] =
    fault === undefined ? [] : [{ fault: { code: 'syntax', reason: 'json', message: fault.message }, range: fault.range, frames: [] }];
  if (model === undefined) return { networks: [], blocks: [], references: [], problems: syntax };
  const context: Context = {
    runModel: (inner, given, within) => runModel(context, inner, given, within),
    builder: createBuilder(),
    format,
    symbols: new Map(),
    openSizes: new Set(),
    references: [],
    unknownClasses: new Set(),
    layersByStart: new Map(),
    unlikeCalls: new Set(),
    calls: 0,
  };
  const { layers, inputs, outputs } = runModel(context, model, undefined, { frames: [], isFirstCall: true });
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
  if (format.isTensorFlowJs) for (const problem of tensorFlowJsProblems(model)) builder.report({ ...problem, frames: [] });
  const problems = channelOrderProblem(text, inputs, builder.problems);
  return { networks: [network], blocks: [], references: context.references, problems: [...syntax, ...problems] };
}
