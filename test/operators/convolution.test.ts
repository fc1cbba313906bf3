// Convolutions, transposed convolutions and pools: the guide's own examples, what a fault leaves known, and costs.
import { describe, expect, it } from 'vitest';
import { formatShape, formatSize } from '../../server/src/dims/format.ts';
import { symbol, type Shape } from '../../server/src/dims/size.ts';
import { INFER, UNKNOWN, type ArgumentValue } from '../../server/src/network/argument.ts';
import type { Inference } from '../../server/src/network/builder.ts';
import { createCall } from '../../server/src/operators/call.ts';
import type { Operator } from '../../server/src/operators/operator.ts';
import { operators } from '../../server/src/operators/registry.ts';

type Written = Readonly<Record<string, ArgumentValue>>;

const [N, H, W] = [symbol('N'), symbol('H'), symbol('W')];

function find(name: string): Operator {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  return operator;
}

function infer(name: string, written: Written, shape: Shape): Inference {
  const operator = find(name);
  return operator.infer(createCall(operator, new Map(Object.entries(written)), [shape]));
}

function sizeOf(name: string, written: Written, shape: Shape): string {
  const { outputs, fault } = infer(name, written, shape);
  return fault?.reason ?? formatShape(outputs[0]);
}

const square = { in_channels: 1, out_channels: 1 };

describe('the examples of the guide (arXiv 1603.07285)', () => {
  it.each([
    ['no padding, unit stride', 4, { kernel_size: 3 }, 2],
    ['arbitrary padding', 5, { kernel_size: 4, padding: 2 }, 6],
    ['half padding', 5, { kernel_size: 3, padding: 'half' }, 5],
    ['full padding', 5, { kernel_size: 3, padding: 'full' }, 7],
    ['no padding, strides', 5, { kernel_size: 3, stride: 2 }, 2],
    ['padding, strides', 5, { kernel_size: 3, stride: 2, padding: 1 }, 3],
    ['padding, strides, a row left over', 6, { kernel_size: 3, stride: 2, padding: 1 }, 3],
    ['dilation', 7, { kernel_size: 3, dilation: 2 }, 3],
    ['half padding of a dilated kernel, strided', 7, { kernel_size: 3, dilation: 2, padding: 'half', stride: 2 }, 4],
  ])('convolution, %s', (_, size, written, expected) => {
    expect(sizeOf('Conv2d', { ...square, ...written }, [1, 1, size, size])).toBe(`[1, 1, ${expected}, ${expected}]`);
  });

  it.each([
    ['no padding, unit stride', 2, { kernel_size: 3 }, 4],
    ['padding', 6, { kernel_size: 4, padding: 2 }, 5],
    ['half padding', 5, { kernel_size: 3, padding: 1 }, 5],
    ['full padding', 7, { kernel_size: 3, padding: 2 }, 5],
    ['strides', 2, { kernel_size: 3, stride: 2 }, 5],
    ['padding, strides', 3, { kernel_size: 3, stride: 2, padding: 1 }, 5],
    ['padding, strides, a row more', 3, { kernel_size: 3, stride: 2, padding: 1, output_padding: 1 }, 6],
    ['the size asked for', 3, { kernel_size: 3, stride: 2, padding: 1, output_size: [6, 6] }, 6],
  ])('transposed convolution, %s', (_, size, written, expected) => {
    expect(sizeOf('ConvTranspose2d', { ...square, ...written }, [1, 1, size, size])).toBe(`[1, 1, ${expected}, ${expected}]`);
  });

  it('pooling', () => {
    expect(sizeOf('AvgPool2d', { kernel_size: 3, stride: 1 }, [1, 1, 5, 5])).toBe('[1, 1, 3, 3]');
  });
});

describe('symbols', () => {
  it.each<[string, Written, string]>([
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, padding: 1 }, '[N, 8, H, W]'],
    ['Conv2d', { in_channels: INFER, out_channels: 8, kernel_size: 3, stride: 2, padding: 1 }, '[N, 8, (H + 1)//2, (W + 1)//2]'],
    ['Conv2d', { in_channels: 3, out_channels: UNKNOWN, kernel_size: 3, padding: 'same' }, '[N, ?, H, W]'],
    ['LazyConv2d', { out_channels: 8, kernel_size: UNKNOWN }, '[N, 8, ?, ?]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, padding: 1, padding_mode: 'reflect' }, '[N, 8, H, W]'],
    ['ConvTranspose2d', { in_channels: 3, out_channels: 4, kernel_size: 2, stride: 2 }, '[N, 4, 2*H, 2*W]'],
    ['MaxPool2d', { kernel_size: 2 }, '[N, 3, H//2, W//2]'],
    ['MaxPool2d', { kernel_size: 2, ceil_mode: true }, '[N, 3, (H + 1)//2, (W + 1)//2]'],
    ['MaxPool2d', { kernel_size: 3, stride: 2, padding: 1, ceil_mode: true }, '[N, 3, H//2 + 1, W//2 + 1]'],
    ['AvgPool2d', { kernel_size: [H, W] }, '[N, 3, 1, 1]'],
    ['AdaptiveAvgPool2d', { output_size: [null, 7] }, '[N, 3, H, 7]'],
    ['CenterCrop', { size: [H, 8] }, '[N, 3, H, 8]'],
    ['Interpolate', { scale_factor: 2 }, '[N, 3, 2*H, 2*W]'],
    ['ConstantPad2d', { padding: [1, 2, 0, 1], value: 0 }, '[N, 3, H + 1, W + 3]'],
  ])('%s %j', (name, written, expected) => {
    expect(sizeOf(name, written, [N, 3, H, W])).toBe(expected);
  });

  it('leaves open what they leave open, with the fault that it would be', () => {
    const { fault, conditions } = infer('Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3 }, [N, 3, H, 5]);
    expect(fault).toBeUndefined();
    expect(conditions.map(({ condition: { kind, left, right }, fault: { code } }) => [kind, formatSize(left), right, code])).toEqual([
      ['at-least', 'H', 3, 'kernel-exceeds-input'],
    ]);
  });
});

describe('what a fault leaves known', () => {
  it.each<[string, Written, Shape, string, string]>([
    ['Conv2d', { in_channels: 4, out_channels: 8, kernel_size: 3 }, [2, 3, 9, 9], 'channels-mismatch', '[2, 8, 7, 7]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: [3, 12] }, [2, 3, 9, 9], 'kernel-larger-than-input', '[2, 8, 7, ?]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3 }, [3, 9], 'bad-rank', '[...]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, stride: 0 }, [2, 3, 9, 9], 'non-positive-stride', '[2, 8, ?, ?]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, stride: 0 }, undefined, 'non-positive-stride', '[...]'],
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, padding: 'some' }, [2, 3, 9, 9], 'bad-padding-string', '[2, 8, ?, ?]'],
    [
      'ConvTranspose2d',
      { in_channels: 3, out_channels: 8, kernel_size: 2, stride: 2, output_padding: [0, 2] },
      [2, 3, 9, 9],
      'output-padding-too-large',
      '[2, 8, 18, ?]',
    ],
    [
      'ConvTranspose2d',
      { in_channels: 3, out_channels: 8, kernel_size: 2, stride: 2, output_size: [19, 25] },
      [2, 3, 9, 9],
      'output-size-out-of-range',
      '[2, 8, 19, ?]',
    ],
    ['MaxPool2d', { kernel_size: [2, 4], padding: [0, 3] }, [2, 3, 9, 9], 'pad-too-large', '[2, 3, 4, ?]'],
    ['MaxPool2d', { kernel_size: 2, padding: 'same' }, [2, 3, 9, 9], 'bad-padding-string', '[2, 3, ?, ?]'],
    ['Pad', { pad: [9, 9, 1, 1], mode: 'reflect' }, [2, 3, 9, 9], 'pad-too-large', '[2, 3, 11, ?]'],
    ['Upsample', { scale_factor: [2, 0] }, [2, 3, 9, 9], 'output-too-small', '[2, 3, 18, ?]'],
    ['AdaptiveAvgPool2d', { output_size: [-1, 3] }, [2, 3, 9, 9], 'negative-output-size', '[2, 3, ?, 3]'],
    ['PixelShuffle', { upscale_factor: 2 }, [2, 3, 9, 9], 'not-divisible', '[2, ?, 18, 18]'],
  ])('%s %j on %j', (name, written, shape, reason, expected) => {
    const { fault, outputs } = infer(name, written, shape);
    expect(fault?.reason).toBe(reason);
    expect(formatShape(outputs[0])).toBe(expected);
  });
});

describe('costs', () => {
  it.each<[string, Written, Shape, string, string]>([
    ['Conv2d', { in_channels: 3, out_channels: 8, kernel_size: 3, padding: 1 }, [N, 3, H, W], '224', '216*H*N*W'],
    ['Conv2d', { in_channels: 8, out_channels: 8, kernel_size: 3, groups: 8, bias: false }, [1, 8, 10, 10], '72', '4608'],
    ['ConvTranspose2d', { in_channels: 8, out_channels: 4, kernel_size: 2, stride: 2 }, [2, 8, 5, 5], '132', '6400'],
    ['Linear', { in_features: INFER, out_features: 10 }, [N, 7, 20], '210', '1400*N'],
  ])('%s %j on %j', (name, written, shape, parameters, macs) => {
    const operator = find(name);
    const call = createCall(operator, new Map(Object.entries(written)), [shape]);
    const cost = operator.cost?.(call, operator.infer(call).outputs);
    expect([formatSize(cost?.parameters), formatSize(cost?.macs)]).toEqual([parameters, macs]);
  });
});

describe('windows', () => {
  it('have their padding in numbers', () => {
    const operator = find('Conv2d');
    const call = createCall(
      operator,
      new Map<string, ArgumentValue>([
        ['kernel_size', [2, 5]],
        ['padding', 'same'],
      ]),
      [undefined],
    );
    expect(operator.windows?.(call)?.map(({ kernel, paddingStart, paddingEnd }) => [kernel, paddingStart, paddingEnd])).toEqual([
      [2, 0, 1],
      [5, 2, 2],
    ]);
  });
});
