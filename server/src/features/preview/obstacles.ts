// Why the values of a layer cannot be worked out, in words that say what to do.
import type { Analysis } from '../../analysis/analyse.ts';
import { substitute, symbolsOf } from '../../dims/arithmetic.ts';
import { isConcrete } from '../../dims/size.ts';
import type { Network, Node, Problem } from '../../network/network.ts';
import type { Obstacle } from '../../protocol/preview.ts';
import { kernels } from '../../reference/registry.ts';
import { nodeName } from '../../rules/words.ts';
import { fittingSymbols } from '../fitting-sizes.ts';
import { firstProblem } from '../program/lower.ts';
import { problemWords } from '../program/refusal-words.ts';
import { conditionHolds } from '../program/requirements.ts';
import { nodesUpTo } from './nodes-up-to.ts';

/** Undefined where nothing stands in the way. */
export function obstacleTo(
  analysis: Analysis,
  { network, node }: { readonly network: Network; readonly node: Node },
  sizes: ReadonlyMap<string, number>,
): Obstacle | undefined {
  const needed = nodesUpTo(node);
  const problem = firstProblem(analysis, network, new Set(needed), node);
  if (problem !== undefined) {
    // The first line says what is wrong; why, and what is to be done, stand behind it.
    const [message = '', ...why] = problemWords(problem).split('\n');
    return { message, advice: [...why, problemAdvice(problem, node)].join(' ') };
  }
  const uncomputed = needed.find(({ operator }) => !kernels.has(operator));
  if (uncomputed !== undefined) return uncomputedWords(uncomputed, node);
  const open = missingSymbols(network, needed, sizes);
  if (open.length > 0)
    return {
      message: `${listed(open)} ${open.length === 1 ? 'has' : 'have'} no number.`,
      advice: `Numbers can be worked out once it is known how large the input is. Choose sizes below, or write a sample in the text, as in H=32.`,
    };
  const shapeless = needed.flatMap(({ inputs }) => inputs).find(({ producer, shape }) => producer === undefined && shape === undefined);
  if (shapeless !== undefined)
    return {
      message: `The file does not say how large the input \`${shapeless.label}\` is.`,
      advice: 'Write its shape, as in [N, 3, H=32, W=32]: all numbers follow from it.',
    };
  const isUnknown = [node, ...needed].some(({ outputs }) =>
    outputs.some(({ shape }) => shape?.every((size) => isConcrete(substitute(size, sizes))) !== true),
  );
  if (isUnknown)
    return { message: 'A size on the way to this layer is not known.', advice: 'An argument that cannot be read leaves it open.' };
  return misfit(network, new Set(needed), sizes);
}

function problemAdvice(problem: Problem, node: Node): string {
  if (problem.node === node) return 'Try another value with the sliders, or use a quick fix on its line.';
  return problem.node === undefined
    ? 'Nothing can be worked out before that is solved; layers in front of it can be shown.'
    : `${called(problem.node)} is on the way to this layer. Solve its problem first; layers in front of it can be shown.`;
}

function uncomputedWords(uncomputed: Node, node: Node): Obstacle {
  const inputs = uncomputed.inputs.flatMap(({ producer }) => (producer === undefined ? [] : [called(producer)]));
  const instead =
    inputs.length === 0 ? 'Layers in front of it can be shown.' : `What it takes can be shown: ${listed([...new Set(inputs)])}.`;
  return {
    message:
      uncomputed === node
        ? `${called(uncomputed)} has no values: the file does not say how it is worked out.`
        : `${called(uncomputed)}, on the way to this layer, has no values: the file does not say how it is worked out.`,
    advice: instead,
  };
}

/** By its own name, where its format gives it one, and its operator. */
function called(node: Node): string {
  return node.source.name === undefined ? nodeName(node) : `${node.source.name} (${nodeName(node)})`;
}

function missingSymbols(network: Network, nodes: readonly Node[], sizes: ReadonlyMap<string, number>): string[] {
  const used = new Set<string>();
  for (const { inputs, outputs } of nodes) for (const { shape } of [...inputs, ...outputs]) shape?.forEach((size) => symbolsOf(size, used));
  return network.symbols.map(({ name }) => name).filter((name) => used.has(name) && !sizes.has(name));
}

/** What fits only for some sizes has to fit at the ones that are used. */
function misfit(network: Network, nodes: ReadonlySet<Node>, sizes: ReadonlyMap<string, number>): Obstacle | undefined {
  const broken = network.conditions.find(
    ({ node, condition }) => node !== undefined && nodes.has(node) && conditionHolds(condition, sizes) === false,
  );
  if (broken === undefined) return undefined;
  const names = [...symbolsOf(broken.condition.left, symbolsOf(broken.condition.right))].filter((name) => sizes.has(name));
  const at = names.map((name) => `${name} = ${sizes.get(name) ?? '?'}`).join(', ');
  const near = fittingSymbols(network, sizes)
    .filter(({ name, near }) => names.includes(name) && near.length > 0)
    .map(({ name, near }) => `${name} = ${near.join(' or ')}`);
  return {
    message: `At ${at} the sizes do not fit at ${broken.node?.operator ?? 'a join'}.`,
    advice: near.length === 0 ? 'Choose other sizes.' : `Choose other sizes; the nearest that fit: ${near.join(', ')}.`,
  };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}
