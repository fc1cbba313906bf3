// The hover of a row of an indexed format: its number, its sizes, the window in it and what the whole of it costs.
import { writtenShape, type Layer, type Network, type Node } from '../../network/network.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import { addCosts, costOfLayers } from '../cost.ts';
import { costText, fieldText, sizesText } from './layer.ts';
import { windowText } from './window.ts';

/** `docs` is the address of the rules' pages. */
export function rowHover(network: Network, layer: Layer, docs?: string): string {
  const shapes = (tensors: Layer['inputs']) => tensors.map(writtenShape);
  const own = nodesOf(layer);
  const names = own.slice(0, MOST_NAMES).map(({ operator }) => operator);
  const windows = own.flatMap((node) => {
    const found = axisWindowsOf(node);
    return found === undefined ? [] : [{ node, found }];
  });
  const [window] = windows;
  const last = own[own.length - 1];
  return [
    `**${layer.label}** · ${layer.index === undefined ? `\`${layer.name ?? ''}\`` : `#${layer.index}`}`,
    names.length === 0 ? '' : `as ${names.map((name) => `\`${name}\``).join(', ')}${own.length > MOST_NAMES ? ', …' : ''}`,
    sizesText(shapes(layer.inputs), shapes(layer.outputs), network),
    windows.length === 1 && window !== undefined ? windowText(window.node, network, window.found, docs) : '',
    costText(costOfLayers([layer]).get(layer) ?? addCosts([]), network),
    last === undefined ? '' : fieldText(last, network, undefined),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** More operators than this say less than their block's name. */
const MOST_NAMES = 4;

function nodesOf(layer: Layer): Node[] {
  return [...(layer.node === undefined ? [] : [layer.node]), ...layer.children.flatMap(nodesOf)];
}
