// Works out the layers of one phase in order: blobs by name, a top in place of its bottom, and what nothing produces.
import type { Shape } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Layer, Network, NetworkOutput, Node, Problem, Reference, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { applyLayer, type Applied } from './apply-layer.ts';
import { stringNamed, stringsNamed, type Report, type Written } from './fields.ts';
import { createFreeSizes } from './free-sizes.ts';
import { hasRightCounts } from './layers/blob-counts.ts';
import { layerRules } from './layers/registry.ts';
import type { LayerField } from './layer-field.ts';
import { repeatedBlob, withoutBlob } from './blob-ideas.ts';
import { checkData } from './check-data.ts';
import { unsizedInputs, withInputShape, withShape, type UnsizedInput } from './check-inputs.ts';
import { NOT_IN_PLACE, reportInPlace } from './check-in-place.ts';
import { checkSharing, type SharedBlob } from './check-sharing.ts';
import { checkWeights } from './check-weights.ts';
import type { Phase } from './phases.ts';

export interface NetInput {
  readonly name: string;
  readonly range: Range;
  readonly shape: Shape;
  readonly axisRanges: readonly Range[];
  /** The whole field. */
  readonly place: Range;
}

export interface Surroundings {
  readonly text: string;
  readonly phases: readonly Phase[];
  /** Whether a template may bring layers that cannot be seen. */
  readonly hasHoles: boolean;
  /** Whether the sizes of images count as free, whatever is written. */
  readonly isFree: boolean;
  readonly references: Reference[];
}

interface Blob {
  readonly tensor: Tensor;
  /** The first place that has the name: where go to definition leads. */
  readonly definition: Range;
}

type Lowered = Pick<Network, 'inputs' | 'outputs' | 'layers' | 'nodes' | 'conditions' | 'symbols'> & {
  readonly problems: readonly Problem[];
};

export function lowerLayers(
  layers: readonly LayerField[],
  inputs: readonly NetInput[],
  builder: NetworkBuilder,
  { text, phases, hasHoles, isFree, references }: Surroundings,
): Lowered {
  const blobs = new Map<string, Blob>();
  /** Tops that took another one's name, by the name that they were likely to have. */
  const meant = new Map<string, Blob>();
  const isUsed = new Set<string>();
  const networkInputs: Tensor[] = [];
  /** Tensors that a layer makes of others without an operator of ours. */
  const made = new Set<Tensor>();
  const done: Layer[] = [];
  const results: NetworkOutput[] = [];
  const unsized: UnsizedInput[] = [];
  const own: Problem[] = [];
  const report: Report = (fault, range, words = {}) => own.push({ fault, range, frames: [], ...words });
  const free = createFreeSizes(isFree);
  const shared = new Map<string, SharedBlob>();

  for (const { name, range, shape, axisRanges, place } of inputs) {
    const tensor = builder.input(name, free.shape(shape), range, axisRanges);
    networkInputs.push(tensor);
    if (shape === undefined && axisRanges.length === 0) unsized.push({ name, range, idea: withShape(text, place) });
    blobs.set(name, { tensor, definition: range });
    references.push({ range, definition: range, target: { kind: 'tensor', name, tensor } });
  }

  for (const [index, layer] of layers.entries()) {
    const { message, field, type } = layer;
    const bottoms = stringsNamed(message, 'bottom');
    const tops = stringsNamed(message, 'top');
    const taken = bottoms.map((bottom) => take(layer, bottom));
    const rule = layerRules.get(type.name);
    const isSound = hasRightCounts(text, type, bottoms, tops, report);
    checkData(text, layer, report);
    if (isSound) checkWeights(text, layer, { bottoms: bottoms.length, tops: tops.length }, report);
    const before = own.length;
    const meaning = isSound ? rule?.({ text, message, type, inputs: taken, topCount: tops.length, report, hasHoles }) : undefined;
    for (const { fault } of own.slice(before)) if (fault.code === 'broadcast-mismatch') forget(bottoms[fault.input]);
    const name = stringNamed(message, 'name');
    const applied = applyLayer(builder, { type, range: field.range, name: name?.value, meaning, taken, bottoms, tops, freed: free.shape });
    checkSharing(message, applied.nodes[0], shared, report);
    const inPlace = NOT_IN_PLACE.has(type.name) ? reportInPlace(layer, bottoms, tops, layers.slice(index + 1), report) : undefined;
    const outputs = tops.map((top, at) => bind(layer, top, bottoms[at], applied.tensors[at]));
    if (inPlace !== undefined && outputs[0] !== undefined) meant.set(inPlace, { tensor: outputs[0], definition: outputs[0].range });
    const [top] = tops;
    if (type.name === 'Input' && top !== undefined && outputs[0]?.shape === undefined)
      unsized.push({ name: top.value, range: type.range, idea: withInputShape(text, message) });
    const isSource = bottoms.length === 0 && applied.nodes.length === 0;
    if (isSource) networkInputs.push(...(type.name === 'Input' ? outputs : outputs.slice(0, 1).filter(isImage)));
    else if (applied.nodes.length === 0) for (const tensor of outputs) made.add(tensor);
    // A loss without a top is a result all the same.
    const unnamed = tops.length > 0 ? [] : applied.nodes.flatMap((node) => node.outputs);
    results.push(...unnamed.map((tensor) => ({ name: name?.value ?? type.name, tensor, range: type.range })));
    const [first] = outputs;
    if (name !== undefined && first !== undefined)
      references.push({ range: name.range, definition: name.range, target: { kind: 'tensor', name: name.value, tensor: first } });
    done.push({
      ...layerOf(applied, tops),
      name: name?.value,
      label: type.name,
      kind: 'operator',
      range: field.range,
      inputs: taken,
      outputs,
    });
  }

  const outputs = [...blobs].flatMap(([name, { tensor }]) =>
    isUsed.has(name) || (tensor.producer === undefined && !made.has(tensor)) ? [] : [{ name, tensor, range: tensor.range }],
  );
  return {
    inputs: networkInputs,
    outputs: [...outputs, ...results],
    layers: done,
    nodes: builder.nodes,
    conditions: builder.conditions,
    symbols: free.symbolsOf(networkInputs),
    problems: [...builder.problems, ...own, ...(hasHoles ? [] : unsizedInputs(unsized, done))],
  };

  function take(layer: LayerField, { value: name, range }: Written<string>): Tensor {
    const blob = blobs.get(name) ?? meant.get(name);
    if (blob !== undefined) {
      isUsed.add(name);
      references.push({ range, definition: blob.definition, target: { kind: 'tensor', name, tensor: blob.tensor } });
      return blob.tensor;
    }
    const known = [...blobs.keys()].slice(-500);
    if (!hasHoles) {
      const fault = { code: 'unknown-name', reason: 'blob', name, known, where: `in phase ${phases.join(' or ')}` } as const;
      own.push({ fault, range, frames: [], ideas: withoutBlob(text, layer, phases) });
    }
    const tensor = builder.input(name, undefined, range);
    // One mistake is told once: what is taken again is known to be missing.
    blobs.set(name, { tensor, definition: range });
    isUsed.add(name);
    return tensor;
  }

  /** What does not fit once is not compared again: the sizes of the blob are not known from here. */
  function forget(bottom: Written<string> | undefined): void {
    const blob = bottom === undefined ? undefined : blobs.get(bottom.value);
    if (bottom !== undefined && blob !== undefined) blobs.set(bottom.value, { ...blob, tensor: { ...blob.tensor, shape: undefined } });
  }

  function bind(layer: LayerField, top: Written<string>, bottom: Written<string> | undefined, result: Tensor | undefined): Tensor {
    const tensor: Tensor = { ...(result ?? builder.input(top.value, undefined, top.range)), label: top.value, range: top.range };
    const before = blobs.get(top.value);
    if (before !== undefined && bottom?.value !== top.value) {
      const words = {
        message: `${layer.type.name} gives \`${top.value}\`, which is there already.\nA blob is made once, or changed in place by a layer whose bottom at the same position it is.`,
        related: [{ message: `\`${top.value}\` is made here first`, range: before.definition }],
      };
      const ideas = repeatedBlob(layer, top, bottom, (name) => !blobs.has(name));
      const own = stringNamed(layer.message, 'name')?.value;
      if (own !== undefined) meant.set(own, { tensor, definition: top.range });
      report({ code: 'duplicate-name', reason: 'blob', name: top.value, what: 'blob', first: before.definition }, top.range, {
        words,
        ideas,
      });
    }
    const definition = before?.definition ?? top.range;
    blobs.set(top.value, { tensor, definition });
    isUsed.delete(top.value);
    references.push({ range: top.range, definition, target: { kind: 'tensor', name: top.value, tensor } });
    return tensor;
  }
}

/** A layer that goes over several bottoms one by one has the later uses below it. */
function layerOf({ nodes }: Applied, tops: readonly Written<string>[]): Pick<Layer, 'node' | 'children'> {
  const [node, ...more] = nodes;
  if (node === undefined) return { children: [] };
  return { node, children: more.map((other, at) => childOf(other, tops[at + 1])) };
}

function childOf(node: Node, top: Written<string> | undefined): Layer {
  const { label = node.operator, range } = node.source;
  const { inputs, outputs } = node;
  return { label, name: top?.value, kind: 'operator', range: top?.place ?? range, node, inputs, outputs, children: [] };
}

function isImage({ shape }: Tensor): boolean {
  return shape !== undefined && shape.length > 2 && shape.slice(1).every((size) => size !== undefined);
}
