// What convolution and transposed convolution come to: windows that move by one cell over a padded source that was split by stride.
import type { WindowAxis, WindowLayout } from '../window-layout.ts';

/** Three numbers: depth, height and width. */
export type PerAxis<Value> = readonly [depth: Value, height: Value, width: Value];

/** One axis of the source: how an input axis lies in memory once it is padded and split by stride. */
export interface SourceAxis {
  readonly input: number;
  /** Zeros before the input. */
  readonly before: number;
  /** Cell p of the padded axis is cell floor(p / stride) of part p mod stride. */
  readonly stride: number;
  /** Cells of each part. */
  readonly cells: number;
}

/** What is multiplied with one cell of the source for each output cell. */
export interface Tap {
  /** The weight: a sum of cells of the kernel; for most, one cell. */
  readonly terms: readonly { readonly index: number; readonly factor: number }[];
  /** How far from an output's first cell it reads, in cells of a slot. */
  readonly offset: number;
  /** Which of the slots of a channel it reads. */
  readonly slot: number;
}

/** Output cells that have the same taps: all of them for a convolution, each s-th on each axis for a transposed one of stride s. */
export interface Pass {
  readonly taps: readonly Tap[];
  /** Where the window of the first output cell begins, in cells of the source. */
  readonly origin: number;
  readonly count: PerAxis<number>;
  /** The output cells are start, start + step, ... on each axis. */
  readonly start: PerAxis<number>;
  readonly step: PerAxis<number>;
  /** True where the sums begin with the bias, and not with zero. */
  readonly hasBias: boolean;
}

export interface Correlation {
  readonly source: PerAxis<SourceAxis>;
  /** How many planes of the size of a part a channel of the source has; the parts are the first, but for pairs. */
  readonly slots: number;
  /** Cells from one row of a slot to the next, and from one channel to the next; a plane is its rows. */
  readonly rowCells: number;
  readonly channelCells: number;
  readonly passes: readonly Pass[];
}

/** The taps of one axis, and where they lie. */
interface AxisPass {
  readonly taps: readonly { readonly index: number; readonly offset: number; readonly part: number }[];
  readonly origin: number;
  readonly count: number;
  readonly start: number;
  readonly step: number;
}

interface AxisPlan {
  readonly kernel: number;
  readonly source: SourceAxis;
  readonly passes: readonly AxisPass[];
}

export function planConvolution({ axes }: WindowLayout): Correlation {
  return combine(mapAxes(axes, convolutionAxis));
}

export function planTransposedConvolution({ axes }: WindowLayout): Correlation {
  return combine(mapAxes(axes, transposedAxis));
}

/** Cells of one part of a channel, all parts being equal. */
export function partCells(source: PerAxis<SourceAxis>): number {
  return source.reduce((cells, axis) => cells * axis.cells, 1);
}

/** True where a channel of the source is the channel of the input as it is. */
export function isPlain(source: PerAxis<SourceAxis>): boolean {
  return source.every(({ input, before, stride, cells }) => before === 0 && stride === 1 && cells === input);
}

/** Tap t of output cell o reads padded cell o s + t d: cell o + floor(t d / s) of part t d mod s. */
function convolutionAxis({ input, output, kernel, stride, dilation, paddingStart }: WindowAxis): AxisPlan {
  const taps = Array.from({ length: kernel }, (_, index) => ({
    index,
    offset: Math.floor((index * dilation) / stride),
    part: (index * dilation) % stride,
  }));
  const reached = output - 1 + Math.floor((dilation * (kernel - 1)) / stride) + 1;
  // Without padding and stride the source may stay where it is, with cells at the end that no window reads.
  const cells = stride === 1 && paddingStart === 0 ? Math.max(reached, input) : reached;
  return {
    kernel,
    source: { input, before: paddingStart, stride, cells },
    passes: [{ taps, origin: 0, count: output, start: 0, step: 1 }],
  };
}

/**
 * Tap t takes input cell i to output cell o = i s + t d - p. With o + p = s b + r, the output cells of one r have the taps with
 * t d mod s = r, and each of these reads input cell b - floor(t d / s): a convolution of stride 1 for each r.
 */
function transposedAxis({ input, output, kernel, stride, dilation, paddingStart }: WindowAxis): AxisPlan {
  const passes = Array.from({ length: Math.min(stride, output) }, (_, start) => {
    const remainder = (start + paddingStart) % stride;
    const indices = Array.from({ length: kernel }, (_unused, index) => index);
    return {
      start,
      count: Math.ceil((output - start) / stride),
      first: Math.floor((start + paddingStart) / stride),
      taps: indices
        .filter((index) => (index * dilation) % stride === remainder)
        .map((index) => ({ index, back: Math.floor((index * dilation) / stride) })),
    };
  });
  const firsts = passes.flatMap(({ first, taps }) => taps.map(({ back }) => first - back));
  const lasts = passes.flatMap(({ first, count, taps }) => taps.map(({ back }) => first + count - 1 - back));
  const before = Math.max(0, -Math.min(0, ...firsts));
  const cells = Math.max(input - 1, ...lasts) + 1 + before;
  return {
    kernel,
    source: { input, before, stride: 1, cells },
    passes: passes.map(({ start, count, first, taps }) => {
      // The window begins at the cell of the tap that reaches back furthest.
      const furthest = Math.max(0, ...taps.map(({ back }) => back));
      return {
        taps: taps.map(({ index, back }) => ({ index, offset: furthest - back, part: 0 })),
        origin: first - furthest + before,
        count,
        start,
        step: stride,
      };
    }),
  };
}

/** Every pass of one axis with every pass of the others. */
function combine([depth, height, width]: PerAxis<AxisPlan>): Correlation {
  const source: PerAxis<SourceAxis> = [depth.source, height.source, width.source];
  const slots = depth.source.stride * height.source.stride * width.source.stride;
  const cell = (z: number, y: number, x: number) => (z * height.source.cells + y) * width.source.cells + x;
  const part = (z: number, y: number, x: number) => (z * height.source.stride + y) * width.source.stride + x;
  const passes = depth.passes.flatMap((z) =>
    height.passes.flatMap((y) =>
      width.passes.map((x): Pass => {
        const taps = z.taps.flatMap((tapZ) =>
          y.taps.flatMap((tapY) =>
            x.taps.map((tapX) => ({
              terms: [{ index: (tapZ.index * height.kernel + tapY.index) * width.kernel + tapX.index, factor: 1 }],
              offset: cell(tapZ.offset, tapY.offset, tapX.offset),
              slot: part(tapZ.part, tapY.part, tapX.part),
            })),
          ),
        );
        return {
          taps,
          origin: cell(z.origin, y.origin, x.origin),
          count: [z.count, y.count, x.count],
          start: [z.start, y.start, x.start],
          step: [z.step, y.step, x.step],
          hasBias: true,
        };
      }),
    ),
  );
  return { source, slots, rowCells: width.source.cells, channelCells: partCells(source), passes };
}

function mapAxes<From, To>([depth, height, width]: PerAxis<From>, map: (axis: From) => To): PerAxis<To> {
  return [map(depth), map(height), map(width)];
}
