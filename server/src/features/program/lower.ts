// Lowers a network with numbers for all sizes to a program: the steps that what is wanted needs, and no others.
import type { Analysis } from '../../analysis/analyse.ts';
import { isConcrete, type Shape } from '../../dims/size.ts';
import type { Layer, Network, Node, Problem, Tensor } from '../../network/network.ts';
import type { Program, ProgramInput, Step } from '../../reference/program.ts';
import { kernels } from '../../reference/registry.ts';
import { parameterNames, type ParameterNames } from './parameter-names.ts';

export interface LoweredProgram {
  readonly kind: 'program';
  readonly program: Program;
  /** The node of each step. */
  readonly nodes: readonly Node[];
  /** The number of a tensor in the program; undefined where no step needs or makes it. */
  readonly valueOf: (tensor: Tensor) => number | undefined;
  readonly names: ParameterNames;
}

/** Why a network cannot be run. */
export type Refusal =
  /** Something on the way is wrong. */
  | { readonly kind: 'fault'; readonly problem: Problem }
  /** The sizes of a tensor on the way are not known. */
  | { readonly kind: 'unknown-size'; readonly tensor: Tensor }
  /** The reference implementation does not compute this operator. */
  | { readonly kind: 'no-kernel'; readonly node: Node };

/** What is to be computed: the outputs of a network, or of a layer or node in it. */
export type Wanted = Network | Layer | Node;

/** `network` is one of `analysis`, which has been read with numbers for its symbols (`atSizes`). */
export function lowerToProgram(analysis: Analysis, network: Network, wanted: Wanted = network): LoweredProgram | Refusal {
  const outputs = outputsOf(wanted);
  const needed = neededNodes(outputs.map(({ tensor }) => tensor));
  const nodes = network.nodes.filter((node) => needed.has(node));
  const problem = firstProblem(analysis, network, needed, wanted);
  if (problem !== undefined) return { kind: 'fault', problem };
  const names = parameterNames(network);
  const numbers = numberValues(network, nodes, outputs);
  const steps: Step[] = [];
  for (const node of nodes) {
    if (!kernels.has(node.operator)) return { kind: 'no-kernel', node };
    const inputs: number[] = [];
    for (const tensor of node.inputs) {
      const value = numbers.valueOf(tensor);
      if (value === undefined || concrete(tensor.shape) === undefined) return { kind: 'unknown-size', tensor };
      inputs.push(value);
    }
    const shapes: (readonly number[])[] = [];
    for (const tensor of node.outputs) {
      const shape = concrete(tensor.shape);
      if (shape === undefined) return { kind: 'unknown-size', tensor };
      shapes.push(shape);
    }
    steps.push({ operator: node.operator, arguments: node.arguments, inputs, outputs: shapes, name: names.names.get(node) ?? '' });
  }
  const results: { name: string; value: number }[] = [];
  for (const { name, tensor } of outputs) {
    const value = numbers.valueOf(tensor);
    if (value === undefined || concrete(tensor.shape) === undefined) return { kind: 'unknown-size', tensor };
    results.push({ name, value });
  }
  const inputs: ProgramInput[] = [];
  for (const tensor of numbers.inputs) {
    const shape = concrete(tensor.shape);
    if (shape === undefined) return { kind: 'unknown-size', tensor };
    inputs.push({ name: tensor.label, shape });
  }
  return { kind: 'program', program: { inputs, steps, outputs: results }, nodes, valueOf: numbers.valueOf, names };
}

function outputsOf(wanted: Wanted): readonly { readonly name: string; readonly tensor: Tensor }[] {
  const named = (tensors: readonly Tensor[]) => tensors.map((tensor, at) => ({ name: at === 0 ? 'output' : `output${at}`, tensor }));
  if ('operator' in wanted || 'label' in wanted) return named(wanted.outputs);
  return wanted.outputs;
}

/** All that the tensors are made of. */
function neededNodes(tensors: readonly Tensor[]): ReadonlySet<Node> {
  const needed = new Set<Node>();
  const open = [...tensors];
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const { producer } = tensor;
    if (producer === undefined || needed.has(producer)) continue;
    needed.add(producer);
    open.push(...producer.inputs);
  }
  return needed;
}

function numberValues(network: Network, nodes: readonly Node[], outputs: readonly { readonly tensor: Tensor }[]) {
  const used = [...nodes.flatMap((node) => node.inputs), ...outputs.map(({ tensor }) => tensor)].filter(
    ({ producer }) => producer === undefined,
  );
  const inputs = network.inputs.filter((input) => used.some((tensor) => isSameInput(input, tensor)));
  const first = new Map<Node, number>();
  let next = inputs.length;
  for (const node of nodes) {
    first.set(node, next);
    next += node.outputs.length;
  }
  const valueOf = (tensor: Tensor): number | undefined => {
    if (tensor.producer !== undefined) {
      const start = first.get(tensor.producer);
      return start === undefined ? undefined : start + tensor.index;
    }
    const at = inputs.findIndex((input) => isSameInput(input, tensor));
    return at < 0 ? undefined : at;
  };
  return { inputs, valueOf };
}

/** A tensor that is bound to another name or claimed is another object, of the same place. */
function isSameInput(input: Tensor, tensor: Tensor): boolean {
  return tensor.producer === undefined && input.range.start === tensor.range.start && input.range.end === tensor.range.end;
}

/**
 * The first problem that what is needed has: one of a node in it, or, where a line could not be read or a value is not known, one
 * of the text before the end of what is wanted.
 */
export function firstProblem(analysis: Analysis, network: Network, needed: ReadonlySet<Node>, wanted: Wanted): Problem | undefined {
  const { problems, blocks } = analysis.document;
  if (problems.length === 0) return undefined;
  const usedBlocks = new Set([...needed].flatMap(({ source }) => source.frames.map(({ block }) => block)));
  const places = [network.range, ...blocks.filter(({ name }) => usedBlocks.has(name)).map(({ range }) => range)];
  const end = endOf(wanted);
  const isNear = ({ range, frames }: Problem) => {
    const { start } = frames[0]?.callRange ?? range;
    return places.some((place) => place.start <= start && start < place.end && !(place === network.range && start >= end));
  };
  // What is wrong with a block whatever it is given is a problem of no network's node.
  const own = new Set(network.nodes);
  return problems.find((problem) => {
    const { node } = problem;
    return node !== undefined && own.has(node) ? needed.has(node) : isNear(problem);
  });
}

function endOf(wanted: Wanted): number {
  return ('source' in wanted ? (wanted.source.frames[0]?.callRange ?? wanted.source.range) : wanted.range).end;
}

function concrete(shape: Shape): readonly number[] | undefined {
  return shape?.every(isConcrete) === true ? shape : undefined;
}
