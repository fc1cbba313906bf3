// The fast kernels against the definitions, on random geometries; and what they leave to the definitions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFastKernels, type FastKernelOptions, type FastKernels, type Refusal } from '../../server/src/reference/fast/fast-kernels.ts';
import { detectSimd } from '../../server/src/reference/fast/machine.ts';
import { elementCount, type TensorData } from '../../server/src/reference/tensor-data.ts';
import { difference, runOperator, type Json } from './run-operator.ts';

interface Case {
  readonly operator: string;
  readonly written: Readonly<Record<string, Json>>;
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly bias: number | undefined;
}

const sizes = { 1: 80, 2: 20, 3: 8 } as const;

/** Layers of all kinds that pass the operator's checks. */
const layer: fc.Arbitrary<Case> = fc
  .record({
    spatial: fc.constantFrom(1 as const, 2 as const, 3 as const),
    isTransposed: fc.boolean(),
    batch: fc.constantFrom(undefined, 1, 2),
    groups: fc.constantFrom(1, 1, 1, 2, 3, 8),
    inputs: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 9 }),
    isDepthwise: fc.boolean(),
    // What has kernels of its own: windows of 3 and stride 1, and transposed windows of twice their stride.
    isSpecial: fc.boolean(),
    bias: fc.boolean(),
    same: fc.boolean(),
    seeds: fc.array(
      fc.record({ kernel: fc.nat(4), stride: fc.nat(3), dilation: fc.nat(2), padding: fc.nat(4), extra: fc.nat(3), size: fc.nat(100) }),
      {
        minLength: 3,
        maxLength: 3,
      },
    ),
  })
  .map(({ spatial, isTransposed, batch, groups, inputs, outputs, isDepthwise, isSpecial, bias, same, seeds }) => {
    const axes = seeds.slice(0, spatial).map((seed) => {
      const free = [seed.kernel + 1, same && !isTransposed ? 1 : seed.stride + 1, seed.dilation + 1] as const;
      const double = seed.stride + 2;
      const [kernel, stride, dilation] = !isSpecial ? free : isTransposed ? ([2 * double, double, 1] as const) : ([3, 1, 1] as const);
      const reach = dilation * (kernel - 1) + 1;
      const padding = Math.min(seed.padding, reach - 1);
      const least = isTransposed ? Math.ceil(Math.max(2 * padding - reach + 1, 0) / stride) + 1 : reach;
      return {
        kernel,
        stride,
        dilation,
        padding,
        extra: seed.extra % Math.max(stride, dilation),
        size: least + (seed.size % sizes[spatial]),
      };
    });
    const [groupInputs, groupOutputs] = isDepthwise ? [1, isTransposed || isSpecial ? 1 : 1 + (outputs % 2)] : [inputs, outputs];
    const kernel = axes.map((axis) => axis.kernel);
    const [inChannels, outChannels] = [groups * groupInputs, groups * groupOutputs];
    const written: Record<string, Json> = {
      in_channels: inChannels,
      out_channels: outChannels,
      kernel_size: kernel,
      stride: axes.map(({ stride }) => stride),
      dilation: axes.map(({ dilation }) => dilation),
      groups,
      bias,
      padding: same && !isTransposed ? 'same' : axes.map(({ padding }) => padding),
      ...(isTransposed ? { output_padding: axes.map(({ extra }) => extra) } : {}),
    };
    return {
      operator: `Conv${isTransposed ? 'Transpose' : ''}${spatial}d`,
      written,
      input: [...(batch === undefined ? [] : [batch]), inChannels, ...axes.map(({ size }) => size)],
      weight: isTransposed ? [inChannels, groupOutputs, ...kernel] : [outChannels, groupInputs, ...kernel],
      bias: bias ? outChannels : undefined,
    };
  });

/** Numbers in [-1, 1) that depend on nothing but the seed. */
function noise(shape: readonly number[], seed: number, value: (noise: number) => number): TensorData {
  let state = seed;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return value(state / 2 ** 31);
  });
  return { shape, data };
}

function disagreement(found: Case, value: (noise: number) => number, fast: FastKernels, tolerance: number): string | undefined {
  const input = noise(found.input, 1, value);
  const parameters = {
    weight: noise(found.weight, 2, value),
    ...(found.bias === undefined ? {} : { bias: noise([found.bias], 3, value) }),
  };
  const [expected] = runOperator(found.operator, found.written, [input], parameters);
  // Twice: the second run finds the weights in place.
  const outputs = [0, 1].map(() => runOperator(found.operator, found.written, [input], parameters, fast.kernels)[0]);
  if (expected === undefined) return 'nothing is expected';
  const wanted = { shape: expected.shape, data: [...expected.data] };
  const differs = outputs.map((output) => difference(output, wanted, tolerance, tolerance)).find((text) => text !== undefined);
  // A later layer writes over it: whatever it does not write to would show.
  for (const output of outputs) if (output !== undefined) fast.giveBack(output);
  return differs;
}

const support = detectSimd();
const supports = support === 'relaxed-simd' ? (['simd', 'relaxed-simd'] as const) : (['simd'] as const);

describe.skipIf(support === 'none')('the fast kernels', () => {
  it.each(supports)('are exact on whole numbers, with %s', (detected) => {
    const refusals: Refusal[] = [];
    const fast = createFastKernels({ leastWork: 0, detect: () => detected, refused: (_, reason) => refusals.push(reason) });
    fc.assert(
      fc.property(layer, (found) => {
        expect(disagreement(found, (value) => Math.round(value * 8), fast, 0)).toBeUndefined();
        expect(refusals).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('agree within the rounding of float32 sums', () => {
    const fast = createFastKernels({ leastWork: 0 });
    fc.assert(
      fc.property(layer, (found) => {
        // At most some hundreds of products below 1: a few units in the last place of the sum of their magnitudes.
        expect(disagreement(found, (value) => value, fast, 2e-5)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('forget weights that no longer have room', () => {
    const refusals: Refusal[] = [];
    const weight = (seed: number) => noise([64, 64, 3, 3], seed, (value) => value);
    // Room for the weights of some layers, not of all.
    const fast = createFastKernels({ memoryLimit: 2 ** 20, refused: (_, reason) => refusals.push(reason) });
    const input = noise([64, 10, 10], 0, (value) => value);
    const written = { in_channels: 64, out_channels: 64, kernel_size: 3, bias: false };
    const weights = Array.from({ length: 12 }, (_, seed) => weight(seed));
    for (const parameters of [...weights, ...weights].map((weight) => ({ weight }))) {
      const [expected] = runOperator('Conv2d', written, [input], parameters);
      const [actual] = runOperator('Conv2d', written, [input], parameters, fast.kernels);
      expect(difference(actual, { shape: [64, 8, 8], data: [...(expected?.data ?? [])] }, 1e-4, 1e-4)).toBeUndefined();
    }
    expect(refusals).toEqual([]);
  });
});

describe('the definition is used', () => {
  const written = { in_channels: 16, out_channels: 16, kernel_size: 3, padding: 1, bias: false };
  const input = noise([1, 16, 20, 20], 1, (value) => value);
  const parameters = { weight: noise([16, 16, 3, 3], 2, (value) => value) };
  const rows: readonly { readonly reason: Refusal; readonly options: FastKernelOptions; readonly more: Readonly<Record<string, Json>> }[] =
    [
      { reason: 'no-simd', options: { detect: () => 'none' }, more: {} },
      { reason: 'padding-mode', options: { detect: () => 'simd' }, more: { padding_mode: 'reflect' } },
      { reason: 'memory', options: { detect: detectSimd, memoryLimit: 65_536 }, more: {} },
      { reason: 'small', options: { detect: () => 'simd', leastWork: 10_000_000 }, more: {} },
    ];

  it.each(rows)('where there is $reason', ({ reason, options, more }) => {
    const refusals: string[] = [];
    const fast = createFastKernels({ ...options, refused: (operator, found) => refusals.push(`${operator}: ${found}`) });
    const [expected] = runOperator('Conv2d', { ...written, ...more }, [input], parameters);
    const [actual] = runOperator('Conv2d', { ...written, ...more }, [input], parameters, fast.kernels);
    expect(refusals).toEqual([`Conv2d: ${reason}`]);
    expect(actual).toEqual(expected);
  });
});
