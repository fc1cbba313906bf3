// The kernel of every convolution: sums of taps times weights for a tile of output channels and pixels, held in registers.
import { advance, defineFunction, i32, repeatWhile, sequence, v128, whileHolds, type ModuleFunction } from '../assembler/instructions.ts';
import type { MultiplyAdd } from './arithmetic.ts';

const FLOAT = 4;
/** Bytes of a vector: four float32. */
const VECTOR = 16;
/** How many output channels the tiles have. Four times two vectors is what sixteen registers hold; the others are for what is left. */
export const TILE_CHANNELS = [4, 2, 1] as const;
/** How many vectors of four pixels a tile has. */
export const TILE_VECTORS = 2;

/** The functions from place `at` of a module on; the last one is `multiply`. */
export function multiplyFunctions(at: number, multiplyAdd: MultiplyAdd): readonly ModuleFunction[] {
  const tiles = TILE_CHANNELS.map((channels, index) => ({ channels, tile: tileFunction(at + index, channels, multiplyAdd) }));
  return [...tiles.map(({ tile }) => tile), multiplyFunction(at + tiles.length, tiles)];
}

/**
 * Adds to a tile of the output, for each tap, weight[channel] * input at the pixel and the tap.
 *
 * `taps` to `tapsEnd`: how far from a pixel each tap reads, in bytes. `weights`: the weights of the tile's channels, tap by tap.
 * `left` and `right`: where the two vectors of pixels read. `outputPitch`: bytes from one channel of the output to the next.
 */
function tileFunction(at: number, channels: number, multiplyAdd: MultiplyAdd): ModuleFunction {
  const parameters = ['weights', 'taps', 'tapsEnd', 'left', 'right', 'output', 'outputPitch'] as const;
  return defineFunction(at, `tile${channels}`, parameters, (given, local) => {
    const { weights, taps, tapsEnd, left, right, output, outputPitch } = given;
    const sums = Array.from({ length: channels }, () => [local('v128'), local('v128')] as const);
    const [leftPixels, rightPixels, weight] = [local('v128'), local('v128'), local('v128')];
    const [tap, channel] = [local('i32'), local('i32')];
    return [
      channel.set(output.get),
      ...sums.map(([leftSum, rightSum]) =>
        sequence(leftSum.set(v128.load(channel.get)), rightSum.set(v128.load(channel.get, VECTOR)), advance(channel, outputPitch.get)),
      ),
      repeatWhile(
        i32.isLess(taps.get, tapsEnd.get),
        tap.set(i32.load(taps.get)),
        leftPixels.set(v128.load(i32.add(left.get, tap.get))),
        rightPixels.set(v128.load(i32.add(right.get, tap.get))),
        ...sums.map(([leftSum, rightSum], index) =>
          sequence(
            weight.set(v128.loadSplat(weights.get, FLOAT * index)),
            multiplyAdd(leftSum, leftPixels.get, weight.get),
            multiplyAdd(rightSum, rightPixels.get, weight.get),
          ),
        ),
        advance(weights, i32.constant(FLOAT * channels)),
        advance(taps, i32.constant(FLOAT)),
      ),
      channel.set(output.get),
      ...sums.map(([leftSum, rightSum]) =>
        sequence(v128.store(channel.get, leftSum.get), v128.store(channel.get, rightSum.get, VECTOR), advance(channel, outputPitch.get)),
      ),
    ];
  });
}

/**
 * All tiles of `channels` output channels and the pixels of `vectors` to `vectorsEnd`, a table of where each vector of four pixels reads,
 * in bytes behind `input`. The weights of a tile stay in the cache while it goes over the pixels.
 */
function multiplyFunction(at: number, tiles: readonly { readonly channels: number; readonly tile: ModuleFunction }[]): ModuleFunction {
  const parameters = ['weights', 'taps', 'tapsEnd', 'input', 'vectors', 'vectorsEnd', 'output', 'outputPitch', 'channels'] as const;
  return defineFunction(at, 'multiply', parameters, (given, local) => {
    const { weights, taps, tapsEnd, input, vectors, vectorsEnd, output, outputPitch, channels } = given;
    const [vector, pixels] = [local('i32'), local('i32')];
    return tiles.map(({ channels: width, tile }) =>
      whileHolds(
        i32.isLess(i32.constant(width - 1), channels.get),
        vector.set(vectors.get),
        pixels.set(output.get),
        repeatWhile(
          i32.isLess(vector.get, vectorsEnd.get),
          tile.call(
            weights.get,
            taps.get,
            tapsEnd.get,
            i32.add(input.get, i32.load(vector.get)),
            i32.add(input.get, i32.load(vector.get, FLOAT)),
            pixels.get,
            outputPitch.get,
          ),
          advance(vector, i32.constant(TILE_VECTORS * FLOAT)),
          advance(pixels, i32.constant(TILE_VECTORS * VECTOR)),
        ),
        // A tile's weights are as many floats as it has channels, for each tap; a tap's entry in the table has the size of a float.
        advance(weights, i32.multiply(i32.subtract(tapsEnd.get, taps.get), i32.constant(width))),
        advance(output, i32.multiply(outputPitch.get, i32.constant(width))),
        advance(channels, i32.constant(-width)),
      ),
    );
  });
}
