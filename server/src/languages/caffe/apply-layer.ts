// Applies one layer to its bottoms: the operator that it means, or the tensors whose sizes it says itself.
import type { Dimension, Shape } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Node, NodeSource, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { argumentNames } from './argument-names.ts';
import type { Written } from './fields.ts';
import { PAIRED } from './layers/blob-counts.ts';
import type { Meaning, OperatorMeaning } from './layers/layer-rule.ts';

export interface LayerUse {
  readonly type: { readonly name: string; readonly range: Range };
  readonly range: Range;
  readonly name: string | undefined;
  readonly meaning: Meaning | undefined;
  readonly taken: readonly Tensor[];
  readonly bottoms: readonly Written<string>[];
  readonly tops: readonly Written<string>[];
  /** What the sizes of a layer that brings data are; as they are written unless they are asked for as free. */
  readonly freed: (shape: Shape) => Shape;
}

export interface Applied {
  readonly nodes: readonly Node[];
  /** In the order of the tops, as many as there are. */
  readonly tensors: readonly Tensor[];
}

export function applyLayer(builder: NetworkBuilder, use: LayerUse): Applied {
  const { meaning, taken, tops, bottoms, freed } = use;
  if (meaning === undefined) return { nodes: [], tensors: [] };
  if (meaning.kind === 'tensors') {
    const isSource = bottoms.length === 0;
    const tensors = tops.map((top, at) => {
      const shape = meaning.shapes[at];
      return builder.input(top.value, isSource ? freed(shape) : shape, top.range, at === 0 ? meaning.axisRanges : undefined);
    });
    return { nodes: [], tensors };
  }
  if (meaning.kind === 'unsaid') {
    const node = applyUnsaid(builder, use, taken, meaning.shapes, meaning.parameters);
    return { nodes: [node], tensors: node.outputs };
  }
  if (PAIRED.has(use.type.name) && taken.length > 1) {
    const nodes = taken.map((input, at) => applyOperator(builder, use, meaning, [input], at > 0));
    return { nodes, tensors: nodes.flatMap(({ outputs }) => outputs) };
  }
  const node = applyOperator(builder, use, meaning, taken, false);
  const { outputs } =
    meaning.otherValues === undefined ? node : applyUnsaid(builder, use, node.outputs, shapesOf(node), 0, meaning.otherValues);
  const [only] = outputs;
  // Layers such as Split, and pools with a mask, give the same sizes to every top.
  return { nodes: [node], tensors: outputs.length === 1 && only !== undefined ? tops.map(() => only) : outputs };
}

function shapesOf({ outputs }: Node): readonly Shape[] {
  return outputs.map(({ shape }) => shape);
}

/** A node that nothing computes, so that a network with it is not run. Its name is not that of an operator that we have. */
function applyUnsaid(
  builder: NetworkBuilder,
  use: LayerUse,
  inputs: readonly Tensor[],
  shapes: readonly Shape[],
  parameters: Dimension,
  label = use.type.name,
): Node {
  const source = { ...sourceOf(use, inputs, new Map()), label };
  return builder.apply(
    { operator: `${use.type.name}Layer`, arguments: new Map(), inputs, source, parameters },
    { outputs: shapes, conditions: [] },
  );
}

function applyOperator(
  builder: NetworkBuilder,
  use: LayerUse,
  { operator, arguments: values, ranges, ideas, words }: OperatorMeaning,
  inputs: readonly Tensor[],
  sharesParameters: boolean,
): Node {
  return builder.apply({
    operator,
    arguments: values,
    inputs,
    source: { ...sourceOf(use, inputs, ranges), ...words },
    ...(sharesParameters && { sharesParameters }),
    ...(ideas !== undefined && { ideas }),
  });
}

function sourceOf(
  { type, range, name, bottoms, taken }: LayerUse,
  inputs: readonly Tensor[],
  argumentRanges: ReadonlyMap<string, Range>,
): NodeSource {
  return {
    nameRange: type.range,
    callRange: range,
    range,
    argumentRanges,
    inputRanges: inputs.flatMap((input) => bottoms[taken.indexOf(input)]?.range ?? []),
    frames: [],
    label: type.name,
    ...(name !== undefined && { name }),
    argumentNames,
  };
}
