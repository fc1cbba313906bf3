// Does again what was done when a module was unrolled before.
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer, Node, NodeSource, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { Context, Scope } from '../nn/context.ts';
import { tensorsOf, type ModuleArgument, type Value } from '../nn/value.ts';
import type { RecordedLayer, RecordedValue, Recording, Slot } from './record-module.ts';

/** Asks the builder for the same again, on these inputs and at this row. */
export function replayModule(
  { builder, steps }: Context,
  scope: Scope,
  recording: Recording,
  inputs: readonly ModuleArgument[],
  { name, range }: { readonly name: string; readonly range: Range },
): Value {
  const tensors = [...new Set(inputs.flatMap(({ value }) => tensorsOf(value)))];
  const nodes: (Node | undefined)[] = [];
  const at = (slots: readonly Slot[]): Tensor[] => slots.map((slot) => tensors[slot]).filter((tensor) => tensor !== undefined);
  const frames = [{ block: name, callRange: range }];
  const source: NodeSource = { nameRange: range, callRange: range, range, argumentRanges: new Map(), inputRanges: [], frames };
  for (const step of recording.steps) {
    if (step.kind === 'apply') {
      const { operator, arguments: written, sharesParameters, parameters } = step.use;
      const node = builder.apply(
        { operator, arguments: written, sharesParameters, parameters, inputs: at(step.inputs), source },
        step.inference,
      );
      nodes.push(node);
      tensors.push(...node.outputs);
      continue;
    }
    nodes.push(undefined);
    for (const tensor of at([step.tensor]))
      tensors.push(step.kind === 'claim' ? builder.claim(tensor, step.claimed, [], range, frames) : { ...tensor, label: step.label });
  }
  const layerOf = ({ name: bound, label, kind, step, ...recorded }: RecordedLayer): Layer => {
    const node = step === undefined ? undefined : nodes[step];
    const [taken, made] = node === undefined ? [at(recorded.inputs), at(recorded.outputs)] : [node.inputs, node.outputs];
    return { name: bound, label, kind, range, node, inputs: taken, outputs: made, children: recorded.children.map(layerOf) };
  };
  const valueOf = (recorded: RecordedValue): Value => {
    switch (recorded.kind) {
      case 'list':
        return recorded.items.map(valueOf);
      case 'record':
        return { kind: 'record', parts: at(recorded.slots).map((tensor) => ({ kind: 'tensor', tensor })) };
      case 'tensor': {
        const [tensor] = at([recorded.slot]);
        return tensor === undefined ? UNKNOWN : { kind: 'tensor', tensor };
      }
    }
  };
  scope.layers.push(...recording.layers.map(layerOf));
  steps.taken += recording.statements;
  return valueOf(recording.result);
}
