// What can be wrong with how the layers of a functional model are called on each other.
import type { Problem } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { Range } from '../../text/range.ts';
import { rangeOf, valueOf } from './json.ts';
import type { KerasLayer, KerasModel, OutputReference } from './tree.ts';

type Wiring = Omit<Problem, 'frames'>;

/** Layers that are called on each other, none of which can be first. */
export function cycleProblem(layers: readonly KerasLayer[]): Wiring | undefined {
  const [first] = layers;
  if (first === undefined) return undefined;
  const names = [...new Set(layers.map(({ name }) => name))].slice(0, 8);
  const message = `These layers wait for each other: ${names.join(' -> ')}.\nA layer is called once all that it is called on is there; one of these has to be called on something above.`;
  const fault = { code: 'dependency-cycle', reason: 'layers', names } as const;
  return { fault, range: first.nameRange, words: { message, related: [] } };
}

/** The first layer with a name that another one has. */
export function twinProblem({ layers }: KerasModel): Wiring | undefined {
  const firsts = new Map<string, KerasLayer>();
  for (const layer of layers) {
    const first = firsts.get(layer.name);
    if (first !== undefined) {
      const fault = { code: 'duplicate-name', reason: 'layer', name: layer.name, what: 'layer', first: first.nameRange } as const;
      const message = `Two layers of this model are called \`${layer.name}\`.\nCalls find layers by their names, and Keras refuses a name that is there twice.`;
      const related = [{ message: `\`${layer.name}\` is here first`, range: first.nameRange }];
      return { fault, range: layer.nameRange, words: { message, related } };
    }
    firsts.set(layer.name, layer);
  }
  return undefined;
}

export function unknownLayerProblem({ layer: name, range }: OutputReference, known: readonly string[]): Wiring {
  const near = closest(name, known);
  const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const message = `No layer of this model is called \`${name}\`.${meant}\nA layer is called on layers of the same model, by their names.`;
  // Within the quotes, so that a name can take its place.
  const inside = { start: range.start + 1, end: range.end - 1 };
  return { fault: { code: 'unknown-name', reason: 'name', name, known }, range: inside, words: { message, related: [] } };
}

/** A layer whose result is asked for and that is called on nothing. */
export function uncalledProblem({ name, className, nameRange }: KerasLayer, use: OutputReference | undefined): Wiring {
  const message =
    `\`${name}\` is called on nothing: its inbound_nodes are empty, but its result is used.\n` +
    `Only an InputLayer begins a model. Write what the ${className} takes, as in [[["layer_before", 0, 0, {}]]].`;
  const related = use === undefined ? [] : [{ message: `\`${name}\` is used here`, range: use.range }];
  return { fault: { code: 'input-count', reason: 'no-value', message }, range: nameRange, words: { message, related } };
}

/** A call of a layer that there is not: calls are counted from 0. */
export function callNumberProblem({ layer, call, range, callRange }: OutputReference, count: number): Wiring {
  const times =
    count === 1 ? 'once, so that its only call has the number 0' : `${count} times, so that its calls have the numbers 0 to ${count - 1}`;
  const message = `\`${layer}\` is called ${times}, and not ${call}.\nThe first number behind the name of a layer says which of its calls is meant.`;
  return numberProblem(message, callRange ?? range, count - 1, callRange !== undefined);
}

/** An output that a layer does not have. */
export function outputNumberProblem({ layer, output, range, outputRange }: OutputReference, count: number): Wiring {
  const has = count === 1 ? 'one output, number 0' : `${count} outputs, numbers 0 to ${count - 1}`;
  const message = `\`${layer}\` has ${has}, and not ${output}.\nThe second number behind the name of a layer says which of its outputs is meant.`;
  return numberProblem(message, outputRange ?? range, count - 1, outputRange !== undefined);
}

function numberProblem(message: string, range: Range, nearest: number, isWritten: boolean): Wiring {
  const ideas = isWritten ? [{ title: `Change it to ${nearest}`, edits: [{ range, newText: String(nearest) }] }] : [];
  return { fault: { code: 'argument-range', reason: 'expression', message }, range, ideas };
}

/** An input that outputs of the model depend on and that the model does not list among its inputs. */
export function unlistedInputProblem({ name, nameRange }: KerasLayer, last: OutputReference | undefined): Wiring {
  const message = `The outputs depend on \`${name}\`, which is not among the model's input_layers.\nKeras calls such a graph disconnected. List it there, or take out what is called on it.`;
  const at = last?.outputRange?.end;
  const ideas =
    at === undefined
      ? []
      : [
          {
            title: `Add \`${name}\` to input_layers`,
            edits: [{ range: { start: at + 1, end: at + 1 }, newText: `, [${JSON.stringify(name)}, 0, 0]` }],
          },
        ];
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: nameRange, ideas };
}

/** A layer of a Sequential that hands on more than one tensor: the settings that ask for more are taken back. */
export function severalOutputsProblem({ name, config, classRange }: KerasLayer, count: number): Wiring {
  const state = valueOf(config, 'return_state');
  const mode = valueOf(config, 'merge_mode');
  const [key, node, text] =
    state?.value === true ? ['return_state', state, 'false'] : mode?.type === 'null' ? ['merge_mode', mode, '"concat"'] : [];
  const message =
    `\`${name}\` gives ${count} tensors, but the layers of a Sequential hand on one.\n` +
    'Take what asks for more out, or write a functional model, in which each of them can be named.';
  const range = node === undefined ? classRange : rangeOf(node);
  const ideas = node === undefined || text === undefined ? [] : [{ title: `Change ${key} to ${text}`, edits: [{ range, newText: text }] }];
  return { fault: { code: 'input-count', reason: 'outputs', message }, range, ideas };
}

/** The names of all layers that the outputs of a model depend on. */
export function neededLayers({ layers, outputs }: KerasModel): ReadonlySet<string> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const needed = new Set<string>();
  const waiting = outputs.map(({ layer }) => layer);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    for (const { references } of byName.get(name)?.calls ?? []) waiting.push(...references.map(({ layer }) => layer));
  }
  return needed;
}
