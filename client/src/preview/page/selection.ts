// Which channels are looked at together: an output channel with one that it reads, an input channel with one that reads it.
import type { ShownParts } from '../../../../server/src/protocol/preview.ts';
import type { Geometry } from './geometry.ts';
import type { LayerNumbers } from './layer-numbers.ts';
import type { PlainNumbers, SentChannels } from './plain-scene.ts';
import { channelsReached, channelsRead, isHere } from './terms.ts';

export type Channels = Pick<ShownParts, 'inputChannel' | 'outputChannel'>;

/** What there is to look at: a layer with a window, or an operator without one. */
export type Numbers =
  | { readonly kind: 'window'; readonly geometry: Geometry; readonly numbers: LayerNumbers }
  | { readonly kind: 'plain'; readonly numbers: PlainNumbers };

/** The nearest output channel that there is, with an input channel that it reads. */
export function withOutput(found: Numbers, { inputChannel }: Channels, wanted: number): Channels {
  const { input, output } = sentChannels(found);
  const outputChannel = within(wanted, output.channels);
  if (found.kind === 'plain')
    return { inputChannel: isChannelWise(found.numbers) ? outputChannel : within(inputChannel, input?.channels ?? 1), outputChannel };
  const [from, to] = channelsRead(found.geometry, found.numbers, outputChannel);
  return { inputChannel: inputChannel >= from && inputChannel < to ? inputChannel : from, outputChannel };
}

export function withInput(found: Numbers, { outputChannel }: Channels, inputChannel: number): Channels {
  if (found.kind === 'plain') return { inputChannel, outputChannel: isChannelWise(found.numbers) ? inputChannel : outputChannel };
  const [from, to] = channelsReached(found.geometry, found.numbers, inputChannel);
  return { inputChannel, outputChannel: outputChannel >= from && outputChannel < to ? outputChannel : from };
}

function within(channel: number, channels: number): number {
  return Math.min(Math.max(channel, 0), channels - 1);
}

/** Whether the numbers of both channels have been sent. */
export function isSent(found: Numbers, { inputChannel, outputChannel }: Channels): boolean {
  if (found.kind === 'window') return isHere(found.geometry, found.numbers, outputChannel, inputChannel);
  const { input, output } = found.numbers;
  const has = ({ tensor, first }: SentChannels, channel: number) => channel >= first && channel < first + (tensor.shape[0] ?? 0);
  return has(output, outputChannel) && (input === undefined || has(input, inputChannel));
}

/** What has been sent of both sides; an operator may have no input. */
export function sentChannels(found: Numbers): { readonly input: SentChannels | undefined; readonly output: SentChannels } {
  if (found.kind === 'plain') return found.numbers;
  const { input, firstInput, inputChannels, output, firstOutput, outputChannels } = found.numbers;
  return {
    input: { tensor: input, first: firstInput, channels: inputChannels },
    output: { tensor: output, first: firstOutput, channels: outputChannels },
  };
}

/** Norms, activations and the like: channel by channel. */
function isChannelWise({ input, output }: PlainNumbers): boolean {
  return input?.channels === output.channels;
}
