// The sum behind an output cell, term by term, with the numbers of the run.
import { reachedFrom, windowAt, type Geometry, type Place, type WindowCell } from './geometry.ts';
import { at, type Tensor } from './tensor.ts';

/** The numbers of a layer: some channels of its input and output, and of its kernels. */
export interface LayerNumbers {
  /** `[channels, planes, rows, columns]`, from `firstInput` on. */
  readonly input: Tensor;
  readonly firstInput: number;
  readonly inputChannels: number;
  readonly output: Tensor;
  readonly firstOutput: number;
  readonly outputChannels: number;
  /** `[output channels, channels of a group, planes, rows, columns]`, the output channels from `firstOutput` on; absent for a pool. */
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
}

export interface Term extends WindowCell {
  readonly value: number;
  readonly weight: number;
  readonly product: number;
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
  if (geometry.window.pool !== null) return 1;
  if (numbers.weight === undefined) return NaN;
  const [first] = channelsRead(geometry, numbers, output);
  return at(numbers.weight, output - numbers.firstOutput, input - first, ...kernel);
}

export function sumAt(geometry: Geometry, numbers: LayerNumbers, output: number, place: Place): Sum {
  const cells = windowAt(geometry, place);
  const [from, to] = channelsRead(geometry, numbers, output);
  const here = numbers.input.shape[0] ?? 0;
  const hasWeight = (channel: number) => geometry.window.pool !== null || channel - from < (numbers.weight?.shape[1] ?? 0);
  const channels: ChannelTerms[] = [];
  for (let channel = from; channel < to; channel++) {
    if (channel < numbers.firstInput || channel >= numbers.firstInput + here || !hasWeight(channel)) continue;
    const terms = cells.map((cell): Term => {
      const value = cell.source === undefined ? 0 : at(numbers.input, channel - numbers.firstInput, ...cell.source);
      const weight = weightAt(geometry, numbers, output, channel, cell.kernel);
      return { ...cell, value, weight, product: value * weight };
    });
    channels.push({ channel, terms, sum: terms.reduce((sum, { product }) => sum + product, 0) });
  }
  const bias = numbers.bias === undefined ? undefined : at(numbers.bias, output - numbers.firstOutput);
  const result = at(numbers.output, output - numbers.firstOutput, ...place);
  return { channels, missing: to - from - channels.length, bias, result };
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
  const value = at(numbers.input, channels.input - numbers.firstInput, ...input);
  return reachedFrom(geometry, input).map(({ output, kernel }) => {
    const weight = weightAt(geometry, numbers, channels.output, channels.input, kernel);
    return { output, kernel, weight, product: value * weight };
  });
}

/** The result of a scatter after the first `count` input cells, over all channels: one number for each position, the part that is cut off included. */
export function scattered(
  geometry: Geometry,
  numbers: LayerNumbers,
  output: number,
  plane: number,
  count: number,
): Float64Array | undefined {
  const { scatter } = geometry;
  if (scatter === undefined || numbers.weight === undefined) return undefined;
  const [planes, rows, columns] = scatter;
  const result = new Float64Array(rows.length * columns.length);
  const [from, to] = channelsRead(geometry, numbers, output);
  const last = Math.min(to, numbers.firstInput + (numbers.input.shape[0] ?? 0));
  const width = columns.stamps.length;
  planes.stamps.forEach((planeTaps, p) => {
    const onPlane = planeTaps.find(({ position }) => position - planes.cut === plane);
    if (onPlane === undefined) return;
    for (let cell = 0; cell < Math.min(count, rows.stamps.length * width); cell++) {
      const [r, c] = [Math.floor(cell / width), cell % width];
      for (let channel = Math.max(from, numbers.firstInput); channel < last; channel++) {
        const value = at(numbers.input, channel - numbers.firstInput, p, r, c);
        for (const rowTap of rows.stamps[r] ?? []) {
          for (const columnTap of columns.stamps[c] ?? []) {
            const weight = weightAt(geometry, numbers, output, channel, [onPlane.kernel, rowTap.kernel, columnTap.kernel]);
            const index = rowTap.position * columns.length + columnTap.position;
            result[index] = (result[index] ?? 0) + value * weight;
          }
        }
      }
    }
  });
  return result;
}
