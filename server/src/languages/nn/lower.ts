// Turns a syntax tree into networks: every `net` is unrolled, and every block is checked on its own as well.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { LoweredDocument, Network, Problem, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { createScope, refer, type Context } from './context.ts';
import { enterElsewhere } from './library-builder.ts';
import { mergeProblems } from './merge-problems.ts';
import type { Declaration, SyntaxFault, SyntaxTree } from './tree.ts';
import { bindDefaults, checkAlone, runBody, unrollBlock } from './unroll.ts';
import { isValueList, tensorsOf, type Value } from './value.ts';

const NO_LIBRARY: ReadonlyMap<string, Declaration> = new Map();

/** `library` are blocks of other files that the document may use; its own take their places. */
export function lowerTree(
  text: string,
  tree: SyntaxTree,
  createBuilder: () => NetworkBuilder,
  library: ReadonlyMap<string, Declaration> = NO_LIBRARY,
): LoweredDocument {
  const { declarations: own, problems } = declare(tree);
  const declarations = library.size === 0 ? own : new Map([...library, ...own]);
  // What a block of the library is made of are blocks of the library.
  const surroundings = { namesIn: ({ elsewhere }: Declaration) => (elsewhere === undefined ? undefined : library), enterElsewhere };
  const references = { list: [], places: new Set<number>() };
  const uses = new Map<string, Set<number>>();
  const steps = { taken: 0, exhausted: false };
  const networks: Network[] = [];
  const inUse: Problem[] = [];
  for (const declaration of tree.declarations) {
    if (declaration.kind !== 'net') continue;
    const context: Context = { builder: createBuilder(), declarations, references, uses, steps, unrollBlock, ...surroundings };
    networks.push(lowerNetwork(text, context, declaration));
    inUse.push(...context.builder.problems);
  }
  const alone: Problem[] = [];
  // Shared by all: blocks of blocks would otherwise be unrolled once more for each of them.
  const stepsAlone = { taken: 0, exhausted: false };
  const blocks = tree.declarations.filter(({ kind }) => kind === 'block');
  for (const block of blocks) {
    const context: Context = {
      builder: createBuilder(),
      declarations,
      references,
      uses: new Map(),
      steps: stepsAlone,
      unrollBlock,
      ...surroundings,
    };
    refer(context, block.name.range, block.name.range, () => ({ kind: 'block', name: block.name.name }));
    checkAlone(context, block);
    alone.push(...context.builder.problems);
  }
  for (const { reason, message, range, replacement } of tree.faults) {
    problems.push({ fault: { code: 'syntax', reason, message, ...(replacement !== undefined && { replacement }) }, range, frames: [] });
  }
  return {
    networks,
    blocks: blocks.map(({ name, range, parameters }) => ({
      name: name.name,
      nameRange: name.range,
      range,
      parameters: parameters.map((parameter) => parameter.name.name),
    })),
    problems: [...problems, ...mergeProblems(alone, inUse, uses).filter(outsideOf(tree.faults))],
    references: references.list,
  };
}

function declare(tree: SyntaxTree): { declarations: Map<string, Declaration>; problems: Problem[] } {
  const declarations = new Map<string, Declaration>();
  const problems: Problem[] = [];
  const twice = (name: string, what: string, range: Range, first: Range) => {
    problems.push({ fault: { code: 'duplicate-name', reason: 'twice', name, what, first }, range, frames: [] });
  };
  for (const declaration of tree.declarations) {
    const { name, range } = declaration.name;
    const earlier = declarations.get(name);
    if (earlier === undefined) declarations.set(name, declaration);
    else twice(name, earlier.kind, range, earlier.name.range);
    const seen = new Map<string, Range>();
    for (const parameter of declaration.parameters) {
      const first = seen.get(parameter.name.name);
      if (first === undefined) seen.set(parameter.name.name, parameter.name.range);
      else twice(parameter.name.name, 'parameter', parameter.name.range, first);
    }
  }
  return { declarations, problems };
}

function lowerNetwork(text: string, context: Context, declaration: Declaration): Network {
  const scope = createScope(declaration, []);
  const { name, range: nameRange } = declaration.name;
  refer(context, nameRange, nameRange, () => ({ kind: 'network', name }));
  bindDefaults(context, scope);
  const result = runBody(context, scope);
  const outputs =
    scope.outputs.size > 0
      ? [...scope.outputs].map(([label, output]) => ({
          name: label,
          tensor: toTensor(context, output.value, output.range),
          range: output.range,
        }))
      : unnamedOutputs(context, result, nameRange);
  return {
    name,
    nameRange,
    range: declaration.range,
    inputs: scope.inputs,
    outputs,
    layers: scope.layers,
    nodes: context.builder.nodes,
    symbols: scope.symbols,
    requirements: scope.requirements.map((requirement) => ({
      ...requirement,
      text: text.slice(requirement.range.start, requirement.range.end),
    })),
    conditions: context.builder.conditions,
  };
}

function unnamedOutputs(context: Context, result: Value, range: Range): Network['outputs'] {
  if (!isValueList(result)) return [{ name: 'output', tensor: toTensor(context, result, range), range }];
  return result.map((value, at) => ({ name: `output${at}`, tensor: toTensor(context, value, range), range }));
}

function toTensor(context: Context, value: Value, range: Range): Tensor {
  return tensorsOf(value)[0] ?? context.builder.input('?', undefined, range);
}

/** One mistake, one diagnostic: a line that could not be read whole is not blamed for what it then seems to say. */
function outsideOf(faults: readonly SyntaxFault[]): (problem: Problem) => boolean {
  const lines = faults.flatMap(({ line }) => (line === undefined ? [] : [line])).sort((a, b) => a.start - b.start);
  return ({ range }) => {
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.start ?? 0) <= range.start) low = middle + 1;
      else high = middle;
    }
    return (lines[low - 1]?.end ?? -1) < range.start;
  };
}
