// The sizes that a file keeps of the tensors between its layers, as Keras had them when it wrote the file: by them the layers behind
// one whose sizes are not known are read on.
import { symbol, type Dimension, type Shape } from '../../dims/size.ts';
import { writtenShape, type Tensor } from '../../network/network.ts';
import { itemsOf, untupled, valueOf, type JsonNode } from './json.ts';
import type { KerasModel, OutputReference } from './tree.ts';

type RecordedShape = readonly JsonNode[];

export type RecordedShapes = ReadonlyMap<string, RecordedShape>;

type Place = Pick<OutputReference, 'layer' | 'call' | 'output'>;

const keyOf = ({ layer, call, output }: Place) => `${call} ${output} ${layer}`;

/** Keras 3 has a shape beside every tensor that a layer is called on; Keras 2.13 and later keep the shapes for which a layer was built. */
export function recordedShapes({ kind, layers }: KerasModel): RecordedShapes {
  const shapes = new Map<string, RecordedShape>();
  const keep = (place: Place, node: JsonNode | undefined) => {
    const list = untupled(node);
    if (list?.type === 'array' && itemsOf(list).every(({ type }) => type !== 'array')) shapes.set(keyOf(place), itemsOf(list));
  };
  layers.forEach(({ buildConfig, calls }, at) => {
    const built = untupled(valueOf(buildConfig, 'input_shape'));
    if (kind === 'sequential') {
      const before = layers[at - 1];
      if (before !== undefined) keep({ layer: before.name, call: 0, output: 0 }, built);
      return;
    }
    const [first] = calls;
    const builtFor = itemsOf(built)[0]?.type === 'array' ? itemsOf(built) : built === undefined ? [] : [built];
    if (first?.references.length === builtFor.length) first.references.forEach((reference, index) => keep(reference, builtFor[index]));
    for (const reference of calls.flatMap(({ references }) => references)) keep(reference, reference.shape);
  });
  return shapes;
}

/**
 * The outputs of one call of a layer as the file keeps them, as many as it does. None where it was called on other sizes then: what
 * is kept is not true any more.
 */
export function recordedOutputs(
  recorded: RecordedShapes,
  layer: Pick<Place, 'layer' | 'call'>,
  calledOn: readonly Place[],
  given: readonly Tensor[],
): readonly Shape[] {
  const isAsThen = calledOn.every((place, at) => isSame(recorded.get(keyOf(place)), given[at] && writtenShape(given[at])));
  const outputs: Shape[] = [];
  if (!isAsThen) return outputs;
  const batch = given[0]?.shape?.[0] ?? symbol('N');
  for (let output = 0; ; output++) {
    const shape = recorded.get(keyOf({ ...layer, output }));
    if (shape === undefined) return outputs;
    outputs.push(shape.map((node, axis) => sizeOf(node) ?? (axis === 0 ? batch : undefined)));
  }
}

function isSame(recorded: RecordedShape | undefined, shape: Shape): boolean {
  return (
    recorded?.length === shape?.length &&
    shape?.every((size, axis) => (typeof size === 'number' ? size : undefined) === sizeOf(recorded?.[axis])) === true
  );
}

function sizeOf(node: JsonNode | undefined): Dimension {
  const value: unknown = node?.value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
