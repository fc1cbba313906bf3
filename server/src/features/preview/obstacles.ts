// Why the values of a layer cannot be worked out, in words that say what to do.
import { substitute, symbolsOf } from '../../dims/arithmetic.ts';
import { isConcrete } from '../../dims/size.ts';
import type { Network, Node } from '../../network/network.ts';
import type { Obstacle } from '../../protocol/preview.ts';
import { fittingSymbols } from '../fitting-sizes.ts';
import { conditionHolds } from '../program/requirements.ts';
import { nodesUpTo } from './nodes-up-to.ts';

/** Undefined where nothing stands in the way. */
export function obstacleTo(network: Network, node: Node, sizes: ReadonlyMap<string, number>): Obstacle | undefined {
  const needed = nodesUpTo(node);
  const faulty = needed.find(({ fault }) => fault !== undefined);
  if (faulty === node)
    return {
      message: `${node.operator} does not fit its input.`,
      advice: 'The problem on its line says why. Try another value with the sliders, or use a quick fix.',
    };
  if (faulty !== undefined)
    return {
      message: `${faulty.operator}, on the way to this layer, does not fit its input.`,
      advice: 'The sizes behind it are not known. Solve its problem first.',
    };
  const open = missingSymbols(network, needed, sizes);
  if (open.length > 0)
    return {
      message: `${listed(open)} ${open.length === 1 ? 'has' : 'have'} no number.`,
      advice: `Numbers can be worked out once it is known how large the input is. Choose sizes below, or write a sample in the text, as in H=32.`,
    };
  const isUnknown = [node, ...needed].some(({ outputs }) =>
    outputs.some(({ shape }) => shape?.every((size) => isConcrete(substitute(size, sizes))) !== true),
  );
  if (isUnknown)
    return { message: 'A size on the way to this layer is not known.', advice: 'An argument that cannot be read leaves it open.' };
  return misfit(network, new Set(needed), sizes);
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

/** Undefined where a size is not known. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}
