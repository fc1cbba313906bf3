// Which channels are looked at together: an output channel with one that it reads, an input channel with one that reads it.
import type { ShownParts } from '../../../../server/src/protocol/preview.ts';
import type { Geometry } from './geometry.ts';
import type { LayerNumbers } from './layer-numbers.ts';
import type { MapCell } from './item-map.ts';
import type { PlainNumbers, PlainTensor, SentChannels } from './plain-scene.ts';
import { channelsReached, channelsRead, isHere } from './terms.ts';

export type Channels = ShownParts;

/** What there is to look at: a layer with a window, or an operator without one. */
export type Numbers =
  | { readonly kind: 'window'; readonly geometry: Geometry; readonly numbers: LayerNumbers }
  | { readonly kind: 'plain'; readonly numbers: PlainNumbers };

/** The nearest output channel that there is, with an input channel that it reads. */
export function withOutput(found: Numbers, { input, inputChannel }: Channels, wanted: number): Channels {
  const { output } = sentChannels(found);
  const outputChannel = within(wanted, output.channels);
  if (found.kind === 'plain') return { ...plainOrigin(found.numbers, inputChannel, outputChannel), outputChannel };
  const [from, to] = channelsRead(found.geometry, found.numbers, outputChannel);
  return { input, inputChannel: inputChannel >= from && inputChannel < to ? inputChannel : from, outputChannel };
}

export function withInput(found: Numbers, { input, outputChannel }: Channels, inputChannel: number): Channels {
  if (found.kind === 'plain') {
    const { links, input: given } = found.numbers;
    const channels = links === undefined || given === undefined ? [] : links.outputsOf(middleOf(given, inputChannel)).channels;
    return { input, inputChannel, outputChannel: nearest(outputChannel, channels) };
  }
  const [from, to] = channelsReached(found.geometry, found.numbers, inputChannel);
  return { input, inputChannel, outputChannel: outputChannel >= from && outputChannel < to ? outputChannel : from };
}

/** Which input, and which channel of it, an output channel is made of: those that are shown, if they reach it or nothing is known. */
function plainOrigin(numbers: PlainNumbers, inputChannel: number, outputChannel: number): Pick<Channels, 'input' | 'inputChannel'> {
  const { links, input, inputIndex, inputShapes, output } = numbers;
  const shown = { input: inputIndex, inputChannel: within(inputChannel, input?.channels ?? 1) };
  if (links === undefined || input === undefined) return shown;
  // The channel that is shown, or else the one of the same number.
  const reaching = [shown.inputChannel, within(outputChannel, input.channels)].find((channel) =>
    links.outputsOf(middleOf(input, channel)).channels.includes(outputChannel),
  );
  if (reaching !== undefined) return { input: inputIndex, inputChannel: reaching };
  const { elsewhere, channels } = links.inputsOf(middleOf(output, outputChannel));
  if (elsewhere === undefined) return { input: inputIndex, inputChannel: nearest(shown.inputChannel, channels) };
  const shape = inputShapes[elsewhere.input] ?? [];
  const mapLength = shape.slice(2).reduce((product, size) => product * size, 1);
  // Only images have channels.
  return { input: elsewhere.input, inputChannel: shape.length < 4 ? 0 : Math.floor(elsewhere.index / mapLength) };
}

/** At the border there may be padding, which comes from nowhere. */
function middleOf({ map: { planes, rows, columns } }: PlainTensor, channel: number): MapCell {
  return { channel, plane: Math.floor(planes / 2), row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}

/** The one that there is, if it is among them, else the first of them. */
function nearest(channel: number, among: readonly number[]): number {
  return among.includes(channel) ? channel : (among[0] ?? channel);
}

function within(channel: number, channels: number): number {
  return Math.min(Math.max(channel, 0), channels - 1);
}

/** Whether the numbers of both channels have been sent. */
export function isSent(found: Numbers, { input: wanted, inputChannel, outputChannel }: Channels): boolean {
  if (found.kind === 'window') return isHere(found.geometry, found.numbers, outputChannel, inputChannel);
  const { input, inputIndex, output } = found.numbers;
  const has = ({ tensor, first }: SentChannels, channel: number) => channel >= first && channel < first + (tensor.shape[0] ?? 0);
  return has(output, outputChannel) && (input === undefined || (inputIndex === wanted && has(input, inputChannel)));
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
