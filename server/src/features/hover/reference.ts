// The hover of a name: the layer, symbol, parameter, block or network that it stands for.
import { formatShape, formatSize } from '../../dims/format.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import type { Network, Reference } from '../../network/network.ts';
import { isUnknown } from '../../network/argument.ts';
import { formatValue } from '../../rules/words.ts';
import { formatCount } from '../count.ts';
import { totalCost } from '../cost.ts';
import { atSample } from './sample.ts';

export function referenceHover({ document }: Analysis, { target }: Reference): string | undefined {
  switch (target.kind) {
    case 'tensor': {
      const { tensor, name } = target;
      const made = tensor.producer === undefined ? 'an input' : `made by \`${tensor.producer.operator}\``;
      const network = document.networks.find((candidate) => candidate.nodes.some((node) => node === tensor.producer) || candidate.inputs.some((input) => input.range === tensor.range));
      return [`\`${name}: ${formatShape(tensor.shape)}\``, `${made}${network === undefined ? '' : atSample(network, [tensor.shape])}`].join('\n\n');
    }
    case 'variable':
      return isUnknown(target.value) ? `\`${target.name}\`` : `\`${target.name} = ${formatValue(target.value)}\``;
    case 'symbol': {
      const network = document.networks.find(({ name }) => name === target.network);
      const symbol = network?.symbols.find(({ name }) => name === target.name);
      if (network === undefined || symbol === undefined) return `\`${target.name}: ${formatSize(target.value)}\`\n\nThe size that this block is given; in its first use ${formatSize(target.value)}.`;
      return symbolText(network, target.name, symbol.sample);
    }
    case 'network': {
      const network = document.networks.find(({ name }) => name === target.name);
      return network === undefined ? undefined : networkText(network);
    }
    case 'block': {
      const block = document.blocks.find(({ name }) => name === target.name);
      return block === undefined ? undefined : `\`block ${block.name}(${block.parameters.join(', ')})\``;
    }
  }
}

function symbolText(network: Network, name: string, sample: number | undefined): string {
  const required = network.requirements.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text)).map(({ text }) => `\`${text}\``);
  const lines = [
    `\`${name}\`: a free size of \`${network.name}\`, at least 1`,
    sample === undefined ? '' : `Sample: ${sample}, for the concrete sizes that are shown.`,
    required.length === 0 ? '' : `Required: ${required.join(', ')}.`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function networkText(network: Network): string {
  const { parameters } = totalCost(network.nodes);
  const shapes = (tensors: readonly { shape: Parameters<typeof formatShape>[0] }[]) => tensors.map(({ shape }) => formatShape(shape)).join(', ');
  const count = typeof parameters === 'number' ? `${formatCount(parameters)} parameters (${parameters.toLocaleString('en-US')})` : `${formatSize(parameters)} parameters`;
  return [`\`net ${network.name}\``, `\`${shapes(network.inputs)}\` → \`${shapes(network.outputs.map(({ tensor }) => tensor))}\``, `${network.nodes.length} operators, ${count}`].join('\n\n');
}
