// Small examples whose numbers can be checked by hand: the guide's own, and operators of which PyTorch 1.13 has no record.
import { describe, expect, it } from 'vitest';
import { runOperator, tensor, type Json } from './run-operator.ts';

const WEIGHT_OF_ONES = { bias: false, in_channels: 1, out_channels: 1 };

/** 1, 2, 3, ... in a tensor of one sample and one channel. */
function counting(...sizes: number[]) {
  const count = sizes.reduce((product, size) => product * size, 1);
  return tensor(
    [1, 1, ...sizes],
    Array.from({ length: count }, (_, at) => at + 1),
  );
}

function ones(...shape: number[]) {
  return tensor(shape, Array<number>(shape.reduce((product, size) => product * size, 1)).fill(1));
}

function numbers(...call: Parameters<typeof runOperator>): readonly number[] {
  return [...(runOperator(...call)[0]?.data ?? [])];
}

describe("the guide's examples, with 3x3 kernels of ones on 1, 2, 3, ...", () => {
  const kernel = { weight: ones(1, 1, 3, 3) };

  it.each<[title: string, size: number, args: Record<string, Json>, output: readonly number[]]>([
    ['no padding, i=4 k=3 s=1', 4, { kernel_size: 3 }, [54, 63, 90, 99]],
    ['no padding, strides, i=5 k=3 s=2', 5, { kernel_size: 3, stride: 2 }, [63, 81, 153, 171]],
    ['half padding and strides, i=5 k=3 s=2 p=1', 5, { kernel_size: 3, stride: 2, padding: 1 }, [16, 33, 28, 69, 117, 87, 76, 123, 88]],
    ['full padding, i=2 k=3 s=1 p=2', 2, { kernel_size: 3, padding: 'full' }, [1, 3, 3, 2, 4, 10, 10, 6, 4, 10, 10, 6, 3, 7, 7, 4]],
    ['dilation, i=5 k=3 d=2', 5, { kernel_size: 3, dilation: 2 }, [117]],
  ])('%s', (_, size, args, output) => {
    expect(numbers('Conv2d', { ...WEIGHT_OF_ONES, ...args }, [counting(size, size)], kernel)).toEqual(output);
  });

  it('arbitrary padding, i=5 k=4 p=2: the corner sees four cells', () => {
    const [output] = runOperator('Conv2d', { ...WEIGHT_OF_ONES, kernel_size: 4, padding: 2 }, [counting(5, 5)], {
      weight: ones(1, 1, 4, 4),
    });
    expect(output?.shape).toEqual([1, 1, 6, 6]);
    expect(output?.data[0]).toBe(1 + 2 + 6 + 7);
    expect(output?.data[14]).toBe(4 * (1 + 6 + 11 + 16) + 4 * (0 + 1 + 2 + 3));
  });

  it.each<[title: string, args: Record<string, Json>, output: readonly number[]]>([
    ["transposed, i'=2 k=3 s=1: each cell spreads over 3x3", { kernel_size: 3 }, [1, 3, 3, 2, 4, 10, 10, 6, 4, 10, 10, 6, 3, 7, 7, 4]],
    [
      "transposed with strides, i'=2 k=3 s=2",
      { kernel_size: 3, stride: 2 },
      [1, 1, 3, 2, 2, 1, 1, 3, 2, 2, 4, 4, 10, 6, 6, 3, 3, 7, 4, 4, 3, 3, 7, 4, 4],
    ],
    ["transposed with padding and strides, i'=2 k=3 s=2 p=1", { kernel_size: 3, stride: 2, padding: 1 }, [1, 3, 2, 4, 10, 6, 3, 7, 4]],
    [
      "transposed with a=1 row more, i'=2 k=3 s=2 p=1 a=1",
      { kernel_size: 3, stride: 2, padding: 1, output_padding: 1 },
      [1, 3, 2, 2, 4, 10, 6, 6, 3, 7, 4, 4, 3, 7, 4, 4],
    ],
  ])('%s', (_, args, output) => {
    expect(numbers('ConvTranspose2d', { ...WEIGHT_OF_ONES, ...args }, [counting(2, 2)], kernel)).toEqual(output);
  });

  it('an output_size chooses the row more', () => {
    const args = { ...WEIGHT_OF_ONES, kernel_size: 3, stride: 2, padding: 1, output_size: [4, 3] };
    expect(numbers('ConvTranspose2d', args, [counting(2, 2)], kernel)).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4, 3, 7, 4]);
  });
});

describe('what other frameworks say', () => {
  it('auto_pad puts the odd cell at the end', () => {
    const args = { ...WEIGHT_OF_ONES, kernel_size: 2, stride: 1, auto_pad: 'SAME_UPPER' };
    expect(numbers('Conv1d', args, [counting(3)], { weight: ones(1, 1, 2) })).toEqual([3, 5, 3]);
    expect(numbers('MaxPool1d', { kernel_size: 2, stride: 2, auto_pad: 'SAME_UPPER' }, [counting(3)])).toEqual([2, 3]);
  });

  it('start_dim flattens before a Linear', () => {
    const input = tensor([1, 2, 2], [1, 2, 3, 4]);
    expect(numbers('Linear', { in_features: 4, out_features: 1, bias: false, start_dim: 1 }, [input], { weight: ones(1, 4) })).toEqual([
      10,
    ]);
  });

  it('a cell may have one bias for both products', () => {
    const args = { input_size: 1, hidden_size: 1, nonlinearity: 'relu', bias_vectors: 1 };
    const learned = { weight_ih_l0: ones(1, 1), weight_hh_l0: ones(1, 1), bias_ih_l0: tensor([1], [10]) };
    expect(numbers('RNN', args, [tensor([2, 1], [1, 2])], learned)).toEqual([11, 23]);
  });
});

describe('operators of later versions and of torchvision', () => {
  it('RMSNorm divides by the root mean square', () => {
    const args = { normalized_shape: 2, eps: 0 };
    expect(numbers('RMSNorm', args, [tensor([1, 2], [7, 1])], { weight: tensor([2], [1, 10]) })).toEqual([Math.fround(7 / 5), 2]);
  });

  it('ScaledDotProductAttention weighs the values by the softmax of the products', () => {
    // With a scale of ln 3 the products 0 and 1 have the weights 1/4 and 3/4.
    const [query, key, value] = [tensor([1, 1], [1]), tensor([2, 1], [0, 1]), tensor([2, 2], [4, 0, 8, 4])];
    const args = { scale: Math.log(3) };
    const output = numbers('ScaledDotProductAttention', args, [query, key, value]);
    expect(output[0]).toBeCloseTo(7);
    expect(output[1]).toBeCloseTo(3);
  });

  it('ScaledDotProductAttention hides what lies behind a causal query', () => {
    const [query, value] = [tensor([2, 1], [0, 0]), tensor([2, 1], [2, 6])];
    expect(numbers('ScaledDotProductAttention', { is_causal: true }, [query, query, value])).toEqual([2, 4]);
  });

  it('LPPool3d is the root of the sum of squares', () => {
    expect(numbers('LPPool3d', { norm_type: 2, kernel_size: [1, 1, 2] }, [tensor([1, 1, 1, 1, 4], [3, 4, 5, 12])])).toEqual([5, 13]);
  });

  it('CenterCrop takes the even one of two middles, and pads what is smaller', () => {
    expect(numbers('CenterCrop', { size: [1, 2] }, [tensor([1, 5], [1, 2, 3, 4, 5])])).toEqual([3, 4]);
    expect(numbers('CenterCrop', { size: [1, 4] }, [tensor([1, 5], [1, 2, 3, 4, 5])])).toEqual([1, 2, 3, 4]);
    expect(numbers('CenterCrop', { size: [2, 3] }, [tensor([1, 2], [1, 2])])).toEqual([1, 2, 0, 0, 0, 0]);
  });

  it('Parameter gives its own numbers', () => {
    expect(numbers('Parameter', { size: [2] }, [], { '': tensor([2], [5, 6]) })).toEqual([5, 6]);
  });
});

describe("Caffe's operators", () => {
  const pair = tensor([1, 2, 2], [1, 2, 3, 4]);

  it('Scale and Bias have a value for each channel, or take them from a second input', () => {
    const learned = { weight: tensor([2], [10, 100]), bias: tensor([2], [1, 2]) };
    expect(numbers('Scale', { bias: true }, [pair], learned)).toEqual([11, 21, 302, 402]);
    expect(numbers('Scale', { axis: 2 }, [pair, tensor([2], [1, -1])])).toEqual([1, -2, 3, -4]);
    expect(numbers('Scale', { num_axes: 0 }, [pair], { weight: tensor([], [2]) })).toEqual([2, 4, 6, 8]);
    expect(numbers('Bias', {}, [pair], { bias: tensor([2], [10, 20]) })).toEqual([11, 12, 23, 24]);
  });

  it('Power is (shift + scale x) ** power', () => {
    expect(numbers('Power', { power: 2, scale: 3, shift: 1 }, [tensor([2], [0, 1])])).toEqual([1, 16]);
  });

  it('TensorSplit divides as evenly as it goes, or at places', () => {
    const split = (places: Json) => runOperator('TensorSplit', { indices_or_sections: places }, [tensor([5], [1, 2, 3, 4, 5])]);
    expect(split(2).map(({ data }) => [...data])).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(split([3, 1]).map(({ data }) => [...data])).toEqual([[1, 2, 3], [], [2, 3, 4, 5]]);
    expect(split([-1]).map(({ data }) => [...data])).toEqual([[1, 2, 3, 4], [5]]);
  });

  it('Crop starts at the offset', () => {
    expect(numbers('Crop', { axis: 2, offset: 1 }, [counting(3, 3), counting(2, 1)])).toEqual([5, 8]);
  });

  it('Interp keeps the corners', () => {
    expect(numbers('Interp', { zoom_factor: 2 }, [tensor([1, 1, 1, 3], [0, 2, 4])])).toEqual([0, 1, 2, 3, 4]);
    expect(numbers('Interp', { pad_beg: 0, pad_end: -1 }, [counting(2, 3)])).toEqual([1, 2]);
  });
});

describe('pools over regions', () => {
  const map = counting(4, 4);

  it('RoIPool takes the largest of each part, whose cells may overlap', () => {
    // Columns 0 to 2 and rows 1 to 3: three cells in two parts.
    expect(numbers('RoIPool', { output_size: 2 }, [map, tensor([1, 5], [0, 0, 1, 2, 3])])).toEqual([10, 11, 14, 15]);
    expect(numbers('RoIPool', { output_size: 1, spatial_scale: 0.5 }, [map, tensor([1, 5], [0, 2, 2, 4, 4])])).toEqual([11]);
  });

  it('RoIAlign interpolates', () => {
    // One point in the middle of each part: (0.5, 0.5) and so on, each the mean of four cells.
    expect(numbers('RoIAlign', { output_size: 2 }, [map, tensor([1, 5], [0, 0, 0, 2, 2])])).toEqual([3.5, 4.5, 7.5, 8.5]);
  });

  it('PSRoIPool looks at one channel for each part', () => {
    const channels = tensor([1, 4, 1, 1], [1, 2, 3, 4]);
    expect(numbers('PSRoIPool', { output_size: 2, output_dim: 1 }, [channels, tensor([1, 5], [0, 0, 0, 1, 1])])).toEqual([1, 2, 3, 4]);
  });
});

describe('edges', () => {
  it('an index without a vector has no number', () => {
    const args = { num_embeddings: 2, embedding_dim: 1 };
    expect(numbers('Embedding', args, [tensor([4], [1, 2, -1, 0.5])], { weight: tensor([2, 1], [3, 4]) })).toEqual([4, NaN, NaN, NaN]);
  });

  it('NaN comes through largest values and activations', () => {
    expect(numbers('MaxPool1d', { kernel_size: 2 }, [tensor([1, 1, 4], [NaN, 1, 2, 3])])).toEqual([NaN, 3]);
    expect(numbers('ReLU', {}, [tensor([2], [NaN, -1])])).toEqual([NaN, 0]);
    expect(numbers('Argmax', {}, [tensor([3], [1, NaN, 5])])).toEqual([1]);
  });

  it('empty tensors stay empty', () => {
    const args = { in_channels: 1, out_channels: 2, kernel_size: 2, bias: false };
    expect(runOperator('Conv1d', args, [tensor([0, 1, 4], [])], { weight: ones(2, 1, 2) })[0]?.shape).toEqual([0, 2, 3]);
    expect(numbers('Mean', {}, [tensor([0], [])])).toEqual([NaN]);
    expect(numbers('Softmax', { dim: 1 }, [tensor([2, 0], [])])).toEqual([]);
  });
});
