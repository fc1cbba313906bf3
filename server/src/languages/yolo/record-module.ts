// Unrolls a module and notes all that is asked of the builder on the way, so that it can be asked again.
import type { Inference, NetworkBuilder, OperatorUse } from '../../network/builder.ts';
import type { Layer, Node, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { applyModule } from '../nn/apply.ts';
import type { Context, Scope } from '../nn/context.ts';
import { isValueList, tagged, tensorsOf, type ModuleArgument, type ModuleValue, type Value } from '../nn/value.ts';

/** A tensor by the order in which it came: first those that the module is given. */
export type Slot = number;

/** What was done. */
type Step =
  | {
      readonly kind: 'apply';
      readonly use: Pick<OperatorUse, 'operator' | 'arguments' | 'sharesParameters' | 'parameters'>;
      readonly inputs: readonly Slot[];
      readonly inference: Inference;
    }
  | { readonly kind: 'claim'; readonly tensor: Slot; readonly claimed: Tensor['shape'] }
  /** Not asked of the builder: a tensor is bound to a name, and called by it from then on. */
  | { readonly kind: 'name'; readonly tensor: Slot; readonly label: string };

export interface Recording {
  readonly steps: readonly Step[];
  readonly result: RecordedValue;
  readonly layers: readonly RecordedLayer[];
  /** How many statements were worked out. */
  readonly statements: number;
}

/** What comes out: what is no tensor is unknown. */
export type RecordedValue =
  | { readonly kind: 'tensor'; readonly slot: Slot }
  | { readonly kind: 'record'; readonly slots: readonly Slot[] }
  | { readonly kind: 'list'; readonly items: readonly RecordedValue[] };

export interface RecordedLayer extends Pick<Layer, 'name' | 'label' | 'kind'> {
  /** Which step made it, where it is one operator: its tensors are the node's. */
  readonly step?: number;
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  readonly children: readonly RecordedLayer[];
}

/** Unrolls the module, and notes what is done; undefined where that cannot be done again, or has found a fault. */
export function recordModule(
  context: Context,
  scope: Scope,
  module: ModuleValue,
  inputs: readonly ModuleArgument[],
  range: Range,
): { readonly value: Value; readonly recording: Recording | undefined } {
  const { builder } = context;
  const given = inputs.flatMap(({ value }) => tensorsOf(value));
  const slots = new Map<Tensor, Slot>();
  const stepOf = new Map<Node, number>();
  const steps: Step[] = [];
  const found = { isWhole: true };
  const slotOf = (tensor: Tensor): Slot => {
    const slot = slots.get(tensor);
    if (slot !== undefined) return slot;
    const { producer, index, shape, label } = tensor;
    const originals = producer === undefined ? given : [...given, ...producer.outputs];
    const original = originals.find((other) => other.producer === producer && other.index === index && other.shape === shape);
    const named = original === undefined ? undefined : slots.get(original);
    if (named === undefined) {
      found.isWhole = false;
      return 0;
    }
    steps.push({ kind: 'name', tensor: named, label });
    slots.set(tensor, slots.size);
    return slots.size - 1;
  };
  const add = (tensor: Tensor) => {
    if (!slots.has(tensor)) slots.set(tensor, slots.size);
  };
  given.forEach(add);
  const recorder: NetworkBuilder = {
    ...builder,
    apply(use) {
      const inference = builder.infer(use);
      const node = builder.apply(use, inference);
      if (inference.fault !== undefined || use.ideas !== undefined) found.isWhole = false;
      const { operator, arguments: written, sharesParameters, parameters } = use;
      const taken = use.inputs.map(slotOf);
      stepOf.set(node, steps.length);
      steps.push({ kind: 'apply', use: { operator, arguments: written, sharesParameters, parameters }, inputs: taken, inference });
      node.outputs.forEach(add);
      return node;
    },
    claim(tensor, claimed, ...place) {
      const result = builder.claim(tensor, claimed, ...place);
      // What is claimed of nothing known is the tensor itself.
      if (result === tensor) return result;
      const claimedOf = slotOf(tensor);
      steps.push({ kind: 'claim', tensor: claimedOf, claimed });
      add(result);
      return result;
    },
    input(...written) {
      found.isWhole = false;
      return builder.input(...written);
    },
    report(problem) {
      found.isWhole = false;
      builder.report(problem);
    },
  };
  const before = { statements: context.steps.taken, problems: builder.problems.length, layers: scope.layers.length };
  const value = unrollModule({ ...context, builder: recorder }, scope, module, inputs, range);
  const layers = scope.layers.slice(before.layers).map((layer) => recordLayer(layer, slotOf, stepOf));
  const result = recordValue(value, slotOf);
  if (result === undefined || !found.isWhole || context.steps.exhausted || builder.problems.length > before.problems)
    return { value, recording: undefined };
  return { value, recording: { steps, result, layers, statements: context.steps.taken - before.statements } };
}

/** Unrolls the module with its parts at the row. */
export function unrollModule(context: Context, scope: Scope, module: ModuleValue, inputs: readonly ModuleArgument[], range: Range): Value {
  const outer = scope.layers;
  scope.layers = [];
  const value = applyModule(context, scope, module, inputs, [], range);
  outer.push(...scope.layers.map((layer) => placed(layer, range)));
  scope.layers = outer;
  return value;
}

/** The parts of a module stand in another file: all that the row shows of them is the row. */
function placed(layer: Layer, range: Range): Layer {
  return { ...layer, range, children: layer.children.map((child) => placed(child, range)) };
}

function recordLayer(layer: Layer, slotOf: (tensor: Tensor) => Slot, stepOf: ReadonlyMap<Node, number>): RecordedLayer {
  const { name, label, kind, node } = layer;
  const children = layer.children.map((child) => recordLayer(child, slotOf, stepOf));
  const step = node === undefined ? undefined : stepOf.get(node);
  if (step !== undefined && layer.inputs === node?.inputs && layer.outputs === node.outputs)
    return { name, label, kind, step, inputs: [], outputs: [], children };
  return { name, label, kind, inputs: layer.inputs.map(slotOf), outputs: layer.outputs.map(slotOf), children };
}

function recordValue(value: Value, slotOf: (tensor: Tensor) => Slot): RecordedValue | undefined {
  if (isValueList(value)) {
    const items = value.map((item) => recordValue(item, slotOf));
    return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined;
  }
  const object = tagged(value);
  if (object?.kind === 'tensor') return { kind: 'tensor', slot: slotOf(object.tensor) };
  return object?.kind === 'record' ? { kind: 'record', slots: object.parts.map(({ tensor }) => slotOf(tensor)) } : undefined;
}
