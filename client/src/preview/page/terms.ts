// The sum behind an output cell, term by term, with the numbers of the run.
import { range } from './axis.ts';
import { reachedFrom, windowAt, type Geometry, type Place, type WindowCell } from './geometry.ts';
import { hasInput, hasKernel, hasOutput, inputAt, outputAt, type LayerNumbers } from './layer-numbers.ts';
import { at } from './tensor.ts';

export interface Term extends WindowCell {
  readonly value: number;
  readonly weight: number;
  readonly product: number;
}

/** The terms that read a cell of the input, be it as a copy in the padding; all others are zeros. */
export function readTerms(terms: readonly Term[]): readonly Term[] {
  return terms.filter(({ source }) => source !== undefined);
}

/** What one input channel adds. */
export interface ChannelTerms {
  readonly channel: number;
  readonly terms: readonly Term[];
  readonly sum: number;
}

export interface Sum {
  readonly channels: readonly ChannelTerms[];
  /** Input channels that count but whose numbers are not here. */
  readonly missing: number;
  readonly bias: number | undefined;
  /** What came out of the run. */
  readonly result: number;
}

/** The channels that an output channel of a convolution reads: those of its group; a pool reads its own. */
export function channelsRead(
  { window }: Geometry,
  { inputChannels, outputChannels }: LayerNumbers,
  output: number,
): readonly [number, number] {
  if (window.pool !== null) return [output, output + 1];
  const perGroup = Math.max(Math.floor(inputChannels / window.groups), 1);
  const group = Math.floor(output / Math.max(Math.floor(outputChannels / window.groups), 1));
  return [group * perGroup, (group + 1) * perGroup];
}

/** Which output channels an input channel is read by. */
export function channelsReached(
  { window }: Geometry,
  { inputChannels, outputChannels }: LayerNumbers,
  input: number,
): readonly [number, number] {
  if (window.pool !== null) return [input, input + 1];
  const perGroup = Math.max(Math.floor(outputChannels / window.groups), 1);
  const group = Math.floor(input / Math.max(Math.floor(inputChannels / window.groups), 1));
  return [group * perGroup, (group + 1) * perGroup];
}

/** The weight between two channels; 1 for a pool, NaN where it is not here. */
export function weightAt(geometry: Geometry, numbers: LayerNumbers, output: number, input: number, kernel: Place): number {
  const { weight } = numbers;
  if (geometry.window.pool !== null) return 1;
  if (weight === undefined) return NaN;
  const [first] = channelsRead(geometry, numbers, output);
  return at(weight.tensor, output - weight.firstOutput, input - first - weight.firstInput, ...kernel);
}

/** Whether the numbers between two channels are here: values of both, and the kernel. */
export function isHere(geometry: Geometry, numbers: LayerNumbers, output: number, input: number): boolean {
  const [first] = channelsRead(geometry, numbers, output);
  return hasOutput(numbers, output) && hasInput(numbers, input) && hasKernel(numbers, output, input - first);
}

export function sumAt(geometry: Geometry, numbers: LayerNumbers, output: number, place: Place): Sum {
  const cells = windowAt(geometry, place);
  const [from, to] = channelsRead(geometry, numbers, output);
  const channels = range(to - from)
    .map((at) => from + at)
    .filter((channel) => isHere(geometry, numbers, output, channel))
    .map((channel): ChannelTerms => {
      const terms = cells.map((cell): Term => {
        const value = cell.source === undefined ? 0 : inputAt(numbers, channel, ...cell.source);
        const weight = weightAt(geometry, numbers, output, channel, cell.kernel);
        return { ...cell, value, weight, product: value * weight };
      });
      return { channel, terms, sum: terms.reduce((sum, { product }) => sum + product, 0) };
    });
  const bias = numbers.bias === undefined ? undefined : at(numbers.bias, output - numbers.firstOutput);
  return { channels, missing: to - from - channels.length, bias, result: outputAt(numbers, output, ...place) };
}

/** One output cell that an input cell reaches, with what it adds there. */
export interface Contribution {
  readonly output: Place;
  readonly kernel: Place;
  readonly weight: number;
  readonly product: number;
}

export function contributionsOf(
  geometry: Geometry,
  numbers: LayerNumbers,
  channels: { readonly input: number; readonly output: number },
  input: Place,
): Contribution[] {
  const value = inputAt(numbers, channels.input, ...input);
  return reachedFrom(geometry, input).map(({ output, kernel }) => {
    const weight = weightAt(geometry, numbers, channels.output, channels.input, kernel);
    return { output, kernel, weight, product: value * weight };
  });
}
