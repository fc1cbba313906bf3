// The hover of a name: the layer, symbol, parameter, block or network that it stands for.
import { formatShape, formatSize } from '../../dims/format.ts';
import { isConcrete } from '../../dims/size.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { writtenShape, type BlockElsewhere, type Layer, type Network, type Reference, type Tensor } from '../../network/network.ts';
import { isUnknown } from '../../network/argument.ts';
import { formatValue } from '../../rules/words.ts';
import { contains, type Range } from '../../text/range.ts';
import { addCosts, costOfLayers, totalCost } from '../cost.ts';
import { fittingSymbols, jointConditions, type SymbolFit } from '../fitting-sizes.ts';
import { costText, sizesText } from './layer.ts';
import { atSample } from './sample.ts';

export function referenceHover({ document }: Analysis, { target, range, definition, block: elsewhere }: Reference): string | undefined {
  switch (target.kind) {
    case 'tensor': {
      const { tensor, name } = target;
      const network = document.networks.find(
        (candidate) =>
          candidate.nodes.some((node) => node === tensor.producer) || candidate.inputs.some((input) => input.range === tensor.range),
      );
      return [
        `\`${name}: ${formatShape(writtenShape(tensor))}\``,
        `${makerText(tensor, network, definition)}${network === undefined ? '' : atSample(network, [writtenShape(tensor)])}`,
      ].join('\n\n');
    }
    case 'variable':
      return isUnknown(target.value) ? `\`${target.name}\`` : `\`${target.name} = ${formatValue(target.value)}\``;
    case 'symbol': {
      const network = document.networks.find(({ name }) => name === target.network);
      const symbol = network?.symbols.find(({ name }) => name === target.name);
      if (network === undefined || symbol === undefined)
        return `\`${target.name} = ${formatSize(target.value)}\`\n\na name for the size that the block is given: ${formatSize(target.value)} in its first use`;
      return symbolText(network, target.name, symbol.sample);
    }
    case 'network': {
      const network = document.networks.find(({ name }) => name === target.name);
      return network === undefined ? undefined : networkText(network);
    }
    case 'block': {
      if (elsewhere !== undefined) return blockElsewhereText(elsewhere);
      const block = document.blocks.find(({ name }) => name === target.name);
      const head = block === undefined ? `\`${target.name}\`` : `**${block.name}**(${block.parameters.join(', ')})`;
      const uses = document.networks.flatMap((network) => usesOf(network, network.layers, target.name));
      const here = uses.find(({ layer }) => contains(layer.range, range.start));
      const use = here ?? uses[0];
      if (use === undefined) return `${head}\n\nnot used`;
      const count = here !== undefined || uses.length === 1 ? '' : `in the first of ${uses.length} uses:`;
      return [head, count, useText(use)].filter((part) => part !== '').join('\n\n');
    }
  }
}

/** A block of another file: its signature, and what it does. */
export function blockElsewhereText({ signature, summary }: BlockElsewhere): string {
  return ['```nn\nblock ' + signature + '\n```', summary ?? ''].filter((part) => part !== '').join('\n\n');
}

interface BlockUse {
  readonly layer: Layer;
  readonly network: Network;
}

function usesOf(network: Network, layers: readonly Layer[], name: string): BlockUse[] {
  return layers.flatMap((layer) => {
    const inside = usesOf(network, layer.children, name);
    return layer.kind === 'block' && layer.label === name ? [{ layer, network }, ...inside] : inside;
  });
}

/** `made by \`DoubleConv\`, in it by \`ReLU\``. */
function makerText({ producer, index }: Tensor, network: Network | undefined, definition: Range): string {
  if (producer === undefined) return network === undefined ? 'an input' : `an input of \`${network.name}\``;
  const isMade = (output: Tensor) => output.producer === producer && output.index === index;
  const block = network?.layers.find(
    ({ kind, range, outputs }) => kind === 'block' && contains(range, definition.start) && outputs.some(isMade),
  );
  return block === undefined ? `made by \`${producer.operator}\`` : `made by \`${block.label}\`, in it by \`${producer.operator}\``;
}

function useText({ layer, network }: BlockUse): string {
  const shapes = (tensors: Layer['inputs']) => tensors.map(({ shape }) => shape);
  return [
    sizesText(shapes(layer.inputs), shapes(layer.outputs), network),
    costText(costOfLayers([layer]).get(layer) ?? addCosts([]), network),
  ].join('\n\n');
}

export function symbolText(network: Network, name: string, sample: number | undefined): string {
  const required = network.requirements.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text)).map(({ text }) => `\`${text}\``);
  const fit = fittingSymbols(network).find((symbol) => symbol.name === name);
  const { pairs, unproven } = jointConditions(network);
  const met = pairs.filter(({ names }) => names.includes(name));
  const lines = [
    `\`${name}\`: a free size of \`${network.name}\`, at least 1`,
    fit === undefined ? '' : `**Fits for ${fit.words}**${fit.exact ? '' : ', or fewer: some conditions are unproven'}`,
    (fit?.because ?? [])
      .slice(0, 8)
      .map(({ message }) => `- ${message}`)
      .join('\n'),
    met
      .map(
        ({ names, pairs: fitting }) =>
          `Together with ${names.filter((other) => other !== name).join(', ')}: ${fitting
            .slice(0, 6)
            .map(({ first, second }) => `${names[0]} ${spanWords(first)} with ${names[1]} ${spanWords(second)}`)
            .join('; ')}.`,
      )
      .join('\n'),
    unproven
      .slice(0, 4)
      .map(({ message }) => `- unproven: ${message}`)
      .join('\n'),
    sampleText(sample, fit),
    required.length === 0 ? '' : `Required: ${required.join(', ')}.`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function sampleText(sample: number | undefined, fit: SymbolFit | undefined): string {
  if (sample === undefined) return '';
  if (fit === undefined) return `Sample: ${sample}.`;
  return fit.near.includes(sample)
    ? `Sample: ${sample}, which fits.`
    : `Sample: ${sample}, which does not fit; nearest: ${fit.near.join(', ')}.`;
}

function spanWords([from, to]: readonly [number, number]): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

function networkText(network: Network): string {
  const { nodes, inputs, outputs } = network;
  const cost = totalCost(nodes);
  const narrowed = fittingSymbols(network).filter(({ summary }) => summary.residues.length < summary.modulus || summary.minimum > 1);
  const exact =
    isConcrete(cost.parameters) && cost.parameters >= 1000 ? `parameters (${cost.parameters.toLocaleString('en-US')})` : 'parameters';
  return [
    `\`net ${network.name}\``,
    sizesText(
      inputs.map(({ shape }) => shape),
      outputs.map(({ tensor }) => tensor.shape),
      network,
    ),
    narrowed.length === 0 ? '' : `**Fits for ${narrowed.map(({ words }) => words).join(', ')}**`,
    [`${nodes.length} ${nodes.length === 1 ? 'operator' : 'operators'}`, costText(cost, network).replace('parameters', exact)]
      .filter((part) => part !== '')
      .join(' · '),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
