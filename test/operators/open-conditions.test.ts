// For windowed operators with every axis a symbol: numbers are at fault exactly where a condition that was left open fails.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorDivide, modulo, substitute } from '../../server/src/dims/arithmetic.ts';
import { formatShape } from '../../server/src/dims/format.ts';
import { symbol, type Dimension, type Shape } from '../../server/src/dims/size.ts';
import { float, type ArgumentValue } from '../../server/src/network/argument.ts';
import type { Condition } from '../../server/src/network/condition.ts';
import { createCall } from '../../server/src/operators/call.ts';
import { operators } from '../../server/src/operators/registry.ts';

const NAMES = ['N', 'C', 'D', 'H', 'W'];

const small = fc.integer({ min: 1, max: 4 });
/** One number, or one for each axis. */
const per = (axes: number, value: fc.Arbitrary<number>): fc.Arbitrary<ArgumentValue> =>
  fc.oneof(value, fc.array(value, { minLength: axes, maxLength: axes }));

function window(axes: number, most: number) {
  return {
    kernel_size: per(axes, fc.integer({ min: 1, max: 6 })),
    stride: per(axes, small),
    padding: per(axes, fc.integer({ min: 0, max: most })),
    dilation: per(axes, fc.integer({ min: 1, max: 3 })),
  };
}

const groups = fc.constantFrom(1, 2, 3);
const ceil = { ceil_mode: fc.boolean() };

function convolution(axes: number): Record<string, fc.Arbitrary<ArgumentValue>> {
  return {
    in_channels: fc.constantFrom(6, 12),
    out_channels: fc.constantFrom(6, 12),
    groups,
    ...window(axes, 4),
    padding: fc.oneof(per(axes, fc.integer({ min: 0, max: 4 })), fc.constantFrom('same', 'valid', 'half', 'full')),
    padding_mode: fc.constantFrom('zeros', 'zeros', 'reflect', 'replicate', 'circular'),
  };
}

const pads = fc.array(fc.integer({ min: -3, max: 5 }), { minLength: 1, maxLength: 3 }).chain((before) => {
  return fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: before.length, maxLength: before.length })
    .map((after) => before.flatMap((amount, at) => [amount, after[at] ?? 0]));
});

const CASES: readonly (readonly [name: string, axes: readonly number[], written: Record<string, fc.Arbitrary<ArgumentValue>>])[] = [
  ...[1, 2, 3].flatMap((axes) => {
    const { kernel_size, stride, padding, dilation } = window(axes, 2);
    const unpadded = { kernel_size, stride };
    const undilated = { kernel_size, stride, padding };
    return [
      [`Conv${axes}d`, [axes], convolution(axes)],
      [
        `ConvTranspose${axes}d`,
        [axes],
        {
          in_channels: fc.constant(6),
          out_channels: fc.constant(6),
          groups,
          ...window(axes, 4),
          output_padding: per(axes, fc.integer({ min: 0, max: 2 })),
        },
      ],
      [`MaxPool${axes}d`, [axes], { ...undilated, dilation, ...ceil }],
      [`AvgPool${axes}d`, [axes], { ...undilated, ...ceil }],
      [`LPPool${axes}d`, [axes], { norm_type: fc.constant(2), ...unpadded, ...ceil }],
      [`AdaptiveAvgPool${axes}d`, [axes], { output_size: per(axes, fc.integer({ min: 0, max: 9 })) }],
      [`AdaptiveMaxPool${axes}d`, [axes], { output_size: per(axes, fc.integer({ min: 0, max: 9 })) }],
    ] as const;
  }),
  ['Unfold', [2], window(2, 3)],
  ['Pad', [1, 2, 3], { pad: pads, mode: fc.constant('constant') }],
  ['Pad', [1, 2, 3], { pad: pads, mode: fc.constantFrom('reflect', 'replicate') }],
  [
    'Upsample',
    [1, 2, 3],
    {
      scale_factor: fc.oneof(small, fc.constantFrom(0.5, 0.29, 1.5, 2.7).map(float)),
      mode: fc.constantFrom('nearest', 'area', 'bilinear'),
    },
  ],
  ['PixelShuffle', [1, 2, 3], { upscale_factor: small }],
  ['PixelUnshuffle', [1, 2, 3], { downscale_factor: small }],
];

function isTrue({ kind, left, right }: Condition, values: ReadonlyMap<string, Dimension>): boolean {
  const [a, b] = [substitute(left, values), substitute(right, values)];
  if (typeof a !== 'number' || typeof b !== 'number') throw new Error('a symbol without a number');
  if (kind === 'equal') return a === b;
  return kind === 'at-least' ? a >= b : modulo(a, b) === 0;
}

describe('conditions', () => {
  it.each(CASES)('%s with %j spatial axes', (name, axes, written) => {
    const operator = operators.get(name);
    if (operator === undefined) throw new Error(`no operator ${name}`);
    let legal = 0;
    const sizes = fc.record({
      N: small,
      C: fc.constantFrom(6, 6, 6, 12),
      D: fc.integer({ min: 1, max: 14 }),
      H: fc.integer({ min: 1, max: 14 }),
      W: fc.integer({ min: 1, max: 14 }),
    });
    fc.assert(
      fc.property(
        fc.record(written),
        sizes,
        fc.constantFrom(...axes),
        fc.boolean(),
        fc.integer({ min: 1, max: 3 }),
        (record, numbers, spatial, isBatched, part) => {
          const values = new Map<string, Dimension>(Object.entries(numbers));
          // A layer before may have left a part of each axis, and that may be nothing.
          const divisor = name === 'PixelUnshuffle' ? 1 : part;
          const space = NAMES.slice(-spatial).map((symbolName) => floorDivide(symbol(symbolName), divisor));
          const shape: Shape = [...(isBatched ? [symbol('N')] : []), symbol('C'), ...space];
          const infer = (input: Shape) => operator.infer(createCall(operator, new Map(Object.entries(record)), [input]));
          const symbolic = infer(shape);
          const concrete = infer(shape.map((size) => substitute(size, values)));
          const failing = symbolic.conditions.filter(({ condition }) => !isTrue(condition, values));
          const text = `${JSON.stringify(record)} ${formatShape(shape)} ${JSON.stringify(numbers)}: ${concrete.fault?.reason ?? 'legal'}, but ${failing.map(({ fault }) => fault.reason).join(', ')}`;
          expect(concrete.fault !== undefined, text).toBe(symbolic.fault !== undefined || failing.length > 0);
          // That an axis without cells is too small for the window says both.
          const reason = concrete.fault?.reason;
          if (symbolic.fault === undefined && reason !== undefined && reason !== 'zero-dim-input')
            expect(failing.map(({ fault }) => fault.reason)).toContain(reason);
          if (concrete.fault !== undefined) return;
          legal++;
          expect(symbolic.outputs[0]?.map((size) => substitute(size, values))).toEqual(concrete.outputs[0]);
        },
      ),
      { numRuns: 500 },
    );
    expect(legal).toBeGreaterThan(0);
  });
});
