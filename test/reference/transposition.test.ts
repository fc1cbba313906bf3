// What makes a transposed convolution one: it is the adjoint of the convolution, and a convolution of the zero-stuffed input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../server/src/reference/tensor-data.ts';
import { apply } from './onnx-node.ts';
import { randomTensor } from './random-tensor.ts';
import { difference } from './run-operator.ts';

/** One axis of a convolution with input i, kernel k, stride s, padding p and dilation d, as in docs/arithmetic.md. */
const axis = fc
  .record({ k: fc.integer({ min: 1, max: 4 }), s: fc.integer({ min: 1, max: 3 }), d: fc.integer({ min: 1, max: 2 }), rest: fc.nat(9) })
  .chain(({ k, s, d, rest }) => {
    const effective = d * (k - 1) + 1;
    return fc.integer({ min: 0, max: effective - 1 }).map((p) => {
      const i = Math.max(effective - 2 * p, 1) + rest;
      const o = Math.floor((i + 2 * p - effective) / s) + 1;
      return { k, s, d, p, i, o, effective, a: (i + 2 * p - effective) % s };
    });
  });

const layers = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  groups: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat(),
});
type Layer = typeof layers extends fc.Arbitrary<infer Made> ? Made : never;

/** The arguments of both directions; each group has two channels on the side of `i` and three on the side of `o`. */
function argumentsOf({ axes, groups }: Layer) {
  return {
    kernel_size: axes.map(({ k }) => k),
    stride: axes.map(({ s }) => s),
    padding: axes.map(({ p }) => p),
    dilation: axes.map(({ d }) => d),
    groups,
    bias: false,
  };
}

function transposed(layer: Layer, y: TensorData, weight: TensorData): TensorData {
  const { axes, groups } = layer;
  const args = { ...argumentsOf(layer), in_channels: 3 * groups, out_channels: 2 * groups, output_padding: axes.map(({ a }) => a) };
  return apply(`ConvTranspose${axes.length}d`, args, [y], { weight });
}

/** The sum of the products of all cells, and how far float32 may be from it: by the last bits of each product. */
function dot(left: TensorData, right: TensorData): { readonly sum: number; readonly error: number } {
  expect(left.shape).toEqual(right.shape);
  const products = [...left.data].map((value, at) => value * (right.data[at] ?? 0));
  const total = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
  return { sum: total(products), error: 1e-6 * (1 + total(products.map(Math.abs))) };
}

describe('transposed convolution', () => {
  it('is the adjoint: <C x, y> = <x, C^T y>', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { axes, groups, seed } = layer;
        const x = randomTensor([1, 2 * groups, ...axes.map(({ i }) => i)], seed);
        const y = randomTensor([1, 3 * groups, ...axes.map(({ o }) => o)], seed + 1);
        const weight = randomTensor([3 * groups, 2, ...axes.map(({ k }) => k)], seed + 2);
        const convolved = apply(`Conv${axes.length}d`, { ...argumentsOf(layer), in_channels: 2 * groups, out_channels: 3 * groups }, [x], {
          weight,
        });
        const [there, back] = [dot(convolved, y), dot(x, transposed(layer, y, weight))];
        expect(Math.abs(there.sum - back.sum)).toBeLessThan(there.error + back.error);
      }),
    );
  });

  it("is the direct convolution of its equivalent: p' = ke - 1 - p on the input with s - 1 zeros between its cells and a at the end", () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { axes, groups, seed } = layer;
        const y = randomTensor([1, 3 * groups, ...axes.map(({ o }) => o)], seed);
        const weight = randomTensor([3 * groups, 2, ...axes.map(({ k }) => k)], seed + 1);
        // Each axis is stretched by itself: a new axis behind it, padded with s - 1 zeros, and made one with it.
        const stretched = axes.reduce((image, { s }, at) => {
          const dim = at + 2;
          const moved = apply('Transpose', { dim0: dim, dim1: -1 }, [image]);
          const apart = apply('Pad', { pad: [0, s - 1] }, [apply('Unsqueeze', { dim: -1 }, [moved])]);
          const joined = apply('Flatten', { start_dim: -2 }, [apart]);
          const cut = apply('Slice', { dim: -1, end: (moved.shape.at(-1) ?? 1) * s - (s - 1) }, [joined]);
          return apply('Transpose', { dim0: dim, dim1: -1 }, [cut]);
        }, y);
        const pad = [...axes].reverse().flatMap(({ effective, p, a }) => [effective - 1 - p, effective - 1 - p + a]);
        // The kernels are turned round, and inputs and outputs change places within each group.
        const spatial = axes.map((_, at) => at + 3);
        const grouped = apply('Unflatten', { dim: 0, unflattened_size: [groups, 3] }, [weight]);
        const swapped = apply('Transpose', { dim0: 1, dim1: 2 }, [apply('Flip', { dims: spatial }, [grouped])]);
        const args = {
          ...argumentsOf(layer),
          in_channels: 3 * groups,
          out_channels: 2 * groups,
          stride: 1,
          padding: 0,
        };
        const direct = apply(`Conv${axes.length}d`, args, [apply('Pad', { pad }, [stretched])], {
          weight: apply('Flatten', { start_dim: 0, end_dim: 1 }, [swapped]),
        });
        const { shape, data } = transposed(layer, y, weight);
        expect(difference(direct, { shape, data: [...data] }, 1e-4, 1e-4)).toBeUndefined();
      }),
    );
  });
});
