// Applies one layer to its bottoms: the operator that it means, or the tensors whose sizes it says itself.
import type { Shape } from '../../dims/size.ts';
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
  if (PAIRED.has(use.type.name) && taken.length > 1) {
    const nodes = taken.map((input, at) => applyOperator(builder, use, meaning, [input], at > 0));
    return { nodes, tensors: nodes.flatMap(({ outputs }) => outputs) };
  }
  const node = applyOperator(builder, use, meaning, taken, false);
  const [only] = node.outputs;
  // Layers such as Split, and pools with a mask, give the same sizes to every top.
  return { nodes: [node], tensors: node.outputs.length === 1 && only !== undefined ? tops.map(() => only) : node.outputs };
}

function applyOperator(
  builder: NetworkBuilder,
  { type, range, name, bottoms, taken }: LayerUse,
  { operator, arguments: values, ranges, ideas }: OperatorMeaning,
  inputs: readonly Tensor[],
  sharesParameters: boolean,
): Node {
  const source: NodeSource = {
    nameRange: type.range,
    callRange: range,
    range,
    argumentRanges: ranges,
    inputRanges: inputs.flatMap((input) => bottoms[taken.indexOf(input)]?.range ?? []),
    frames: [],
    label: type.name,
    ...(name !== undefined && { name }),
    argumentNames,
  };
  return builder.apply({
    operator,
    arguments: values,
    inputs,
    source,
    ...(sharesParameters && { sharesParameters }),
    ...(ideas !== undefined && { ideas }),
  });
}
