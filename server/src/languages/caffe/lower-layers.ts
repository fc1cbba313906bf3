// Works out the layers of one phase in order: blobs by name, a top in place of its bottom, and what nothing produces.
import type { Shape } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Layer, Network, NodeSource, Problem, Reference, Tensor, TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { argumentNames } from './argument-names.ts';
import { insideQuotes, scalarNamed, stringNamed, stringsNamed, type Report, type Written } from './fields.ts';
import { layerRules, typeOfOldWord } from './layers/registry.ts';
import type { Meaning } from './layers/layer-rule.ts';
import type { Phase } from './phases.ts';
import type { Field, Message } from './text-format/tree.ts';

export interface LayerField {
  readonly field: Field;
  readonly message: Message;
  /** Whether it is a `layers` of the old format, V1. */
  readonly isOld: boolean;
}

export interface NetInput {
  readonly name: string;
  readonly range: Range;
  readonly shape: Shape;
  readonly axisRanges: readonly Range[];
  readonly place: Range;
}

export interface Surroundings {
  readonly phases: readonly Phase[];
  /** Whether a template may bring layers that cannot be seen. */
  readonly hasHoles: boolean;
  readonly references: Reference[];
}

interface Blob {
  readonly tensor: Tensor;
  /** The first place that has the name: where go to definition leads. */
  readonly definition: Range;
}

type Lowered = Pick<Network, 'inputs' | 'outputs' | 'layers' | 'nodes' | 'conditions'> & { readonly problems: readonly Problem[] };

export function lowerLayers(
  layers: readonly LayerField[],
  inputs: readonly NetInput[],
  builder: NetworkBuilder,
  { phases, hasHoles, references }: Surroundings,
): Lowered {
  const blobs = new Map<string, Blob>();
  const isUsed = new Set<string>();
  const networkInputs: Tensor[] = [];
  const done: Layer[] = [];
  const own: Problem[] = [];
  const report: Report = (fault, range) => own.push({ fault, range, frames: [] });

  for (const { name, range, shape, axisRanges } of inputs) {
    const tensor = builder.input(name, shape, range, axisRanges);
    networkInputs.push(tensor);
    blobs.set(name, { tensor, definition: insideQuotes(name, range) });
    references.push({ range, definition: range, target: { kind: 'tensor', name, tensor } });
  }

  for (const layer of layers) {
    const { message, field } = layer;
    const type = typeOf(layer);
    const bottoms = stringsNamed(message, 'bottom');
    const tops = stringsNamed(message, 'top');
    const taken = bottoms.map((bottom) => take(layer, bottom));
    const rule = layerRules.get(type.name);
    const meaning = rule?.({ message, inputs: taken, topCount: tops.length, report });
    const { node, tensors } = apply(layer, type, meaning, taken, bottoms, tops);
    const name = stringNamed(message, 'name');
    tops.forEach((top, at) => {
      const made = tensors[at] ?? builder.input(top.value, undefined, top.range);
      const tensor: Tensor = { ...made, label: top.value, range: top.range };
      const before = blobs.get(top.value);
      const isInPlace = bottoms[at]?.value === top.value;
      if (before !== undefined && !isInPlace)
        report({ code: 'duplicate-name', reason: 'blob', name: top.value, what: 'blob', first: before.definition }, top.range);
      const definition = before?.definition ?? top.range;
      blobs.set(top.value, { tensor, definition });
      isUsed.delete(top.value);
      references.push({ range: top.range, definition, target: { kind: 'tensor', name: top.value, tensor } });
      if (type.name === 'Input') networkInputs.push(tensor);
    });
    if (name !== undefined && tensors[0] !== undefined)
      references.push({ range: name.range, definition: name.range, target: { kind: 'tensor', name: name.value, tensor: tensors[0] } });
    done.push({
      name: name?.value,
      label: type.name,
      kind: 'operator',
      range: field.range,
      inputs: taken,
      outputs: tops.flatMap(({ value }) => blobs.get(value)?.tensor ?? []),
      children: [],
      ...(node !== undefined && { node }),
    });
  }

  const outputs = [...blobs].flatMap(([name, { tensor }]) =>
    isUsed.has(name) || tensor.producer === undefined ? [] : [{ name, tensor, range: tensor.range }],
  );
  return {
    inputs: networkInputs,
    outputs,
    layers: done,
    nodes: builder.nodes,
    conditions: builder.conditions,
    problems: [...builder.problems, ...own],
  };

  function take(layer: LayerField, { value: name, range }: Written<string>): Tensor {
    const blob = blobs.get(name);
    if (blob !== undefined) {
      isUsed.add(name);
      references.push({ range, definition: blob.definition, target: { kind: 'tensor', name, tensor: blob.tensor } });
      return blob.tensor;
    }
    if (!hasHoles) {
      const known = [...blobs.keys()].slice(-500);
      own.push({
        fault: { code: 'unknown-name', reason: 'blob', name, known, where: `in phase ${phases.join(' or ')}` },
        range,
        frames: [],
        ideas: withoutBlob(layer),
      });
    }
    const tensor = builder.input(name, undefined, range);
    // One mistake is told once: what is taken again is known to be missing.
    blobs.set(name, { tensor, definition: range });
    return tensor;
  }

  function apply(
    { field, message }: LayerField,
    type: LayerType,
    meaning: Meaning | undefined,
    taken: readonly Tensor[],
    bottoms: readonly Written<string>[],
    tops: readonly Written<string>[],
  ) {
    if (meaning?.kind === 'tensors') {
      const ranges = meaning.axisRanges;
      const tensors = tops.map((top, at) => builder.input(top.value, meaning.shapes[at], top.range, at === 0 ? ranges : undefined));
      return { tensors };
    }
    if (meaning === undefined) return { tensors: [] };
    const name = stringNamed(message, 'name')?.value;
    const source: NodeSource = {
      nameRange: type.range,
      callRange: field.range,
      range: field.range,
      argumentRanges: meaning.arguments.ranges,
      inputRanges: bottoms.map(({ range }) => range),
      frames: [],
      label: type.name,
      argumentNames,
      ...(name !== undefined && { name }),
    };
    const node = builder.apply({ operator: meaning.operator, arguments: meaning.arguments.values, inputs: taken, source });
    const [only] = node.outputs;
    // Layers such as Split, and pools with a mask, give the same sizes to every top.
    const tensors = node.outputs.length === 1 && only !== undefined ? tops.map(() => only) : node.outputs;
    return { node, tensors };
  }
}

interface LayerType {
  readonly name: string;
  readonly range: Range;
}

function typeOf({ message, field, isOld }: LayerField): LayerType {
  const written = scalarNamed(message, 'type');
  if (written === undefined) return { name: 'Layer', range: field.nameRange };
  const { type, text } = written.value;
  const name = isOld && type === 'identifier' ? typeOfOldWord(text) : text;
  return { name, range: type === 'string' ? insideQuotes(text, written.range) : written.range };
}

/** A layer that takes what a deployed network does not have is one of the training. */
function withoutBlob({ field, message }: LayerField): readonly TextIdea[] {
  const { start, end } = field.range;
  const include = message.fields.find(({ name }) => name === 'include');
  const last = message.fields[message.fields.length - 1];
  const isLine = message.fields.length > 0 && last !== undefined;
  const rule = 'include { phase: TRAIN }';
  const limit: TextIdea[] = !isLine
    ? []
    : [
        {
          title: 'Limit the layer to the training: `include { phase: TRAIN }`',
          edits: [
            include === undefined
              ? { range: { start: last.range.end, end: last.range.end }, newText: ` ${rule}` }
              : { range: include.range, newText: rule },
          ],
          larger: true,
        },
      ];
  return [{ title: 'Remove the layer', edits: [{ range: { start, end }, newText: '' }], larger: true }, ...limit];
}
