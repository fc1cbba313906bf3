// The kernel of every convolution: sums of taps times weights for a tile of output channels and pixels, held in registers.
import {
  advance,
  defineFunction,
  either,
  i32,
  repeatWhile,
  sequence,
  v128,
  whileHolds,
  type ModuleFunction,
} from '../assembler/instructions.ts';
import type { MultiplyAdd } from './arithmetic.ts';

const FLOAT = 4;
/** Bytes of a vector: four float32. */
const VECTOR = 16;
/** How many output channels the tiles have. Four times two vectors is what sixteen registers hold; the others are for what is left. */
export const TILE_CHANNELS = [4, 2, 1] as const;
/** How many vectors of four pixels a tile has. */
export const TILE_VECTORS = 2;
/** What the sums of a channel begin with: a value for each pixel of a tile. */
export const START_CELLS = 4 * TILE_VECTORS;

/** How far the second vector of a tile lies behind the first where one address serves both: side by side, or in rows of two vectors of which one is used. */
const GAPS = [VECTOR, 2 * VECTOR] as const;
const TILE_KINDS = GAPS.length + 1;

/** Bytes of what a tile of so many channels reads for each tap: how far from a pixel it lies, in bytes, and the channels' weights. */
const recordBytes = (channels: number) => FLOAT * (1 + channels);

/** The functions from place `at` of a module on; the last one is `multiply`. */
export function multiplyFunctions(at: number, multiplyAdd: MultiplyAdd): readonly ModuleFunction[] {
  const tiles = TILE_CHANNELS.map((channels, index) => ({
    channels,
    near: GAPS.map((gap, place) => ({ gap, tile: tileFunction(at + TILE_KINDS * index + place, channels, gap, multiplyAdd) })),
    apart: tileFunction(at + TILE_KINDS * index + GAPS.length, channels, undefined, multiplyAdd),
  }));
  return [
    ...tiles.flatMap(({ near, apart }) => [...near.map(({ tile }) => tile), apart]),
    multiplyFunction(at + TILE_KINDS * tiles.length, tiles),
  ];
}

/**
 * Writes to a tile of the output what it begins with and, for each tap, weight[channel] * input at the pixel and the tap.
 *
 * `weights` to `weightsEnd`: records of a tap each. `left` and `right`: where the two vectors of pixels read, which lie `gap` bytes apart
 * where that is given. `start`: what the sums begin with; pitches are in bytes from channel to channel.
 */
function tileFunction(at: number, channels: number, gap: number | undefined, multiplyAdd: MultiplyAdd): ModuleFunction {
  const parameters = ['weights', 'weightsEnd', 'left', 'right', 'start', 'startPitch', 'output', 'outputPitch'] as const;
  return defineFunction(at, `tile${channels}gap${gap ?? ''}`, parameters, (given, local) => {
    const { weights, weightsEnd, left, right, start, startPitch, output, outputPitch } = given;
    const sums = Array.from({ length: channels }, () => [local('v128'), local('v128')] as const);
    const [leftPixels, rightPixels, weight] = [local('v128'), local('v128'), local('v128')];
    const tap = local('i32');
    return [
      ...sums.map(([leftSum, rightSum]) =>
        sequence(leftSum.set(v128.load(start.get)), rightSum.set(v128.load(start.get, VECTOR)), advance(start, startPitch.get)),
      ),
      repeatWhile(
        i32.isLess(weights.get, weightsEnd.get),
        ...(gap !== undefined
          ? [
              tap.set(i32.add(left.get, i32.load(weights.get))),
              leftPixels.set(v128.load(tap.get)),
              rightPixels.set(v128.load(tap.get, gap)),
            ]
          : [
              tap.set(i32.load(weights.get)),
              leftPixels.set(v128.load(i32.add(left.get, tap.get))),
              rightPixels.set(v128.load(i32.add(right.get, tap.get))),
            ]),
        ...sums.map(([leftSum, rightSum], index) =>
          sequence(
            weight.set(v128.loadSplat(weights.get, FLOAT * (1 + index))),
            multiplyAdd(leftSum, leftPixels.get, weight.get),
            multiplyAdd(rightSum, rightPixels.get, weight.get),
          ),
        ),
        advance(weights, i32.constant(recordBytes(channels))),
      ),
      ...sums.map(([leftSum, rightSum]) =>
        sequence(v128.store(output.get, leftSum.get), v128.store(output.get, rightSum.get, VECTOR), advance(output, outputPitch.get)),
      ),
    ];
  });
}

interface TileFunctions {
  readonly channels: number;
  readonly near: readonly { readonly gap: number; readonly tile: ModuleFunction }[];
  readonly apart: ModuleFunction;
}

/**
 * All tiles of `channels` output channels and the pixels of `vectors` to `vectorsEnd`, a table of where each vector of four pixels reads,
 * in bytes behind `input`. The weights of a tile, which are records of `taps` taps, stay in the cache while it goes over the pixels. `start`: what
 * the sums begin with, `startPitch` from channel to channel and `startStep` from tile to tile of pixels: the output itself, or the same for all.
 */
function multiplyFunction(at: number, tiles: readonly TileFunctions[]): ModuleFunction {
  const parameters = [
    'weights',
    'taps',
    'input',
    'vectors',
    'vectorsEnd',
    'start',
    'startPitch',
    'startStep',
    'output',
    'outputPitch',
    'channels',
  ] as const;
  return defineFunction(at, 'multiply', parameters, (given, local) => {
    const { weights, taps, input, vectors, vectorsEnd, start, startPitch, startStep, output, outputPitch, channels } = given;
    const [vector, left, right, begin] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const [pixels, weightsEnd] = [local('i32'), local('i32')];
    return tiles.map(({ channels: width, near, apart }) => {
      const values = [weights, weightsEnd, left, right, begin, startPitch, pixels, outputPitch].map(({ get }) => get);
      return whileHolds(
        i32.isLess(i32.constant(width - 1), channels.get),
        vector.set(vectors.get),
        pixels.set(output.get),
        begin.set(start.get),
        weightsEnd.set(i32.add(weights.get, i32.multiply(taps.get, i32.constant(recordBytes(width))))),
        repeatWhile(
          i32.isLess(vector.get, vectorsEnd.get),
          left.set(i32.add(input.get, i32.load(vector.get))),
          right.set(i32.add(input.get, i32.load(vector.get, FLOAT))),
          near.reduceRight(
            (otherwise, { gap, tile }) =>
              either(i32.isEqual(i32.add(left.get, i32.constant(gap)), right.get), tile.call(...values), otherwise),
            apart.call(...values),
          ),
          advance(vector, i32.constant(TILE_VECTORS * FLOAT)),
          advance(pixels, i32.constant(TILE_VECTORS * VECTOR)),
          advance(begin, startStep.get),
        ),
        weights.set(weightsEnd.get),
        advance(start, i32.multiply(startPitch.get, i32.constant(width))),
        advance(output, i32.multiply(outputPitch.get, i32.constant(width))),
        advance(channels, i32.constant(-width)),
      );
    });
  });
}
