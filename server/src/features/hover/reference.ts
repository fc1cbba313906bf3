// The hover of a name: the layer, symbol, parameter, block or network that it stands for.
import { formatShape, formatSize } from '../../dims/format.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import type { Layer, Network, Reference } from '../../network/network.ts';
import { isUnknown } from '../../network/argument.ts';
import { formatValue } from '../../rules/words.ts';
import { formatCount } from '../count.ts';
import { contains } from '../../text/range.ts';
import { addCosts, costOfLayers, totalCost } from '../cost.ts';
import { fittingSymbols, jointConditions } from '../fitting-sizes.ts';
import { costText, sizesText } from './layer.ts';
import { atSample } from './sample.ts';

export function referenceHover({ document }: Analysis, { target, range }: Reference): string | undefined {
  switch (target.kind) {
    case 'tensor': {
      const { tensor, name } = target;
      const made = tensor.producer === undefined ? 'an input' : `made by \`${tensor.producer.operator}\``;
      const network = document.networks.find(
        (candidate) =>
          candidate.nodes.some((node) => node === tensor.producer) || candidate.inputs.some((input) => input.range === tensor.range),
      );
      return [`\`${name}: ${formatShape(tensor.shape)}\``, `${made}${network === undefined ? '' : atSample(network, [tensor.shape])}`].join(
        '\n\n',
      );
    }
    case 'variable':
      return isUnknown(target.value) ? `\`${target.name}\`` : `\`${target.name} = ${formatValue(target.value)}\``;
    case 'symbol': {
      const network = document.networks.find(({ name }) => name === target.network);
      const symbol = network?.symbols.find(({ name }) => name === target.name);
      if (network === undefined || symbol === undefined)
        return `\`${target.name}: ${formatSize(target.value)}\`\n\nThe size that this block is given; in its first use ${formatSize(target.value)}.`;
      return symbolText(network, target.name, symbol.sample);
    }
    case 'network': {
      const network = document.networks.find(({ name }) => name === target.name);
      return network === undefined ? undefined : networkText(network);
    }
    case 'block': {
      const block = document.blocks.find(({ name }) => name === target.name);
      const head = block === undefined ? `\`${target.name}\`` : `**${block.name}**(${block.parameters.join(', ')})`;
      const use = document.networks.flatMap((network) => usesAt(network, network.layers, target.name, range.start))[0];
      return use === undefined ? head : [head, useText(use)].join('\n\n');
    }
  }
}

interface BlockUse {
  readonly layer: Layer;
  readonly network: Network;
}

/** The uses of a block at a place: several where the place is in a block that is used several times itself. */
function usesAt(network: Network, layers: readonly Layer[], name: string, offset: number): BlockUse[] {
  return layers.flatMap((layer) => {
    const inside = usesAt(network, layer.children, name, offset);
    return layer.kind === 'block' && layer.label === name && contains(layer.range, offset) ? [{ layer, network }, ...inside] : inside;
  });
}

function useText({ layer, network }: BlockUse): string {
  const shapes = (tensors: Layer['inputs']) => tensors.map(({ shape }) => shape);
  return [
    sizesText(shapes(layer.inputs), shapes(layer.outputs), network),
    costText(costOfLayers([layer]).get(layer) ?? addCosts([]), network),
  ].join('\n\n');
}

function symbolText(network: Network, name: string, sample: number | undefined): string {
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
    sample === undefined
      ? ''
      : `Sample: ${sample}${fit === undefined || fit.near.includes(sample) ? '' : `, which does not fit; nearest: ${fit.near.join(', ')}`}.`,
    required.length === 0 ? '' : `Required: ${required.join(', ')}.`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function spanWords([from, to]: readonly [number, number]): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

function networkText(network: Network): string {
  const { parameters } = totalCost(network.nodes);
  const shapes = (tensors: readonly { shape: Parameters<typeof formatShape>[0] }[]) =>
    tensors.map(({ shape }) => formatShape(shape)).join(', ');
  const count =
    typeof parameters === 'number'
      ? `${formatCount(parameters)} parameters (${parameters.toLocaleString('en-US')})`
      : `${formatSize(parameters)} parameters`;
  return [
    `\`net ${network.name}\``,
    `\`${shapes(network.inputs)}\` → \`${shapes(network.outputs.map(({ tensor }) => tensor))}\``,
    `${network.nodes.length} operators, ${count}`,
  ].join('\n\n');
}
