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

describe("Keras' GRU with reset_after=False", () => {
  it('resets the state before it is multiplied, each place by its own gate', () => {
    // Two places, whose gates r are 1 and 1/2 and z are 1/2; the new state reads the other place of r * h = (2, 2).
    const weight_hh_l0 = tensor([6, 2], [50, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0]);
    const learned = { weight_ih_l0: tensor([6, 1], [0, 0, 0, 0, 0, 0]), weight_hh_l0, bias_ih_l0: tensor([6], [0, 0, 0, 0, 0, 0]) };
    const args = { input_size: 1, hidden_size: 2, bias_vectors: 1, reset_after: false };
    const output = numbers('GRU', args, [tensor([1, 1], [1]), tensor([1, 2], [2, 4])], learned);
    expect(output[0]).toBeCloseTo((Math.tanh(0.5 * 2) + 2) / 2);
    expect(output[1]).toBeCloseTo((Math.tanh(0.25 * 2) + 4) / 2);
    // PyTorch's form multiplies first: 1 * (0.5 * 4).
    expect(numbers('GRU', { ...args, reset_after: true }, [tensor([1, 1], [1]), tensor([1, 2], [2, 4])], learned)[0]).toBeCloseTo(
      (Math.tanh(0.5 * 4) + 2) / 2,
    );
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

  it('Parameter and Buffer give their own numbers', () => {
    for (const operator of ['Parameter', 'Buffer'])
      expect(numbers(operator, { size: [2] }, [], { '': tensor([2], [5, 6]) })).toEqual([5, 6]);
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

  it('MVN brings each channel to mean 0 and deviation 1, adding eps to the deviation', () => {
    const input = tensor([1, 2, 2], [1, 3, 10, 30]);
    expect(numbers('MVN', { eps: 1 }, [input])).toEqual([-0.5, 0.5, Math.fround(-10 / 11), Math.fround(10 / 11)]);
    expect(numbers('MVN', { normalize_variance: false }, [input])).toEqual([-1, 1, -10, 10]);
    expect(numbers('MVN', { normalize_variance: false, across_channels: true }, [input])).toEqual([-10, -8, -1, 19]);
  });

  it('Normalize divides by the length at each cell or of the whole sample, adding eps to the sum of squares', () => {
    const input = tensor([1, 2, 2], [3, 0, 4, 0]);
    expect(
      numbers('Normalize', { across_spatial: false, channel_shared: false, eps: 1 }, [input], { weight: tensor([2], [10, 20]) }),
    ).toEqual([30, 0, 80, 0].map((value) => Math.fround(value / Math.sqrt(26))));
    expect(numbers('Normalize', { eps: 0 }, [tensor([1, 2, 2], [1, 1, 1, 1])], { weight: tensor([1], [2]) })).toEqual([1, 1, 1, 1]);
  });

  it('Binarize is 1 above the threshold, and not at it', () => {
    expect(numbers('Binarize', { threshold: 2 }, [tensor([4], [1, 2, 3, NaN])])).toEqual([0, 0, 1, 0]);
  });

  it.each([
    ['sum', [-4, 8]],
    ['asum', [16, 8]],
    ['sumsq', [68, 32]],
    ['mean', [-2, 4]],
  ])('Reduction by %s takes the axes from one on, times a factor', (operation, output) => {
    expect(numbers('Reduction', { operation, axis: 1, coeff: 2 }, [tensor([2, 2], [-5, 3, 0, 4])])).toEqual(output);
  });

  it('Reduction of all axes gives a scalar', () => {
    expect(runOperator('Reduction', {}, [pair])[0]).toEqual(tensor([], [10]));
  });

  it('Exp and Log have a base, a factor and an offset', () => {
    expect(numbers('Exp', { base: 2, scale: 3, shift: 1 }, [tensor([2], [0, 1])])).toEqual([2, 16]);
    expect(numbers('Log', { base: 2, scale: 3, shift: 1 }, [tensor([2], [0, 1])])).toEqual([0, 2]);
  });

  it('SiLU may have a factor in its sigmoid', () => {
    expect(numbers('SiLU', { beta: 0 }, [tensor([2], [4, -2])])).toEqual([2, -1]);
  });

  it('LocalResponseNorm may look at a square of the own channel', () => {
    // Nine cells of 3 x 3, of which the corner sees four: 1 + 9 * (1 + 4 + 16 + 25) / 9.
    const input = counting(3, 3);
    const output = numbers('LocalResponseNorm', { size: 3, alpha: 9, beta: 1, within_channel: true }, [input]);
    expect(output[0]).toBe(Math.fround(1 / (1 + 1 + 4 + 16 + 25)));
    expect(output[4]).toBe(Math.fround(5 / (1 + 285)));
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

describe("Caffe's losses and scores", () => {
  const scores = tensor([2, 2], [0, 0, Math.log(3), 0]);
  const value = (...call: Parameters<typeof runOperator>) => runOperator(...call)[0]?.data[0];

  it('SoftmaxWithLoss is the mean of the negative logarithms at the labels', () => {
    const labels = tensor([2], [1, 0]);
    // Probabilities 1/2 and 3/4.
    expect(value('SoftmaxWithLoss', {}, [scores, labels])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2);
    expect(value('SoftmaxWithLoss', { ignore_label: 1 }, [scores, labels])).toBeCloseTo(Math.log(4 / 3));
    expect(value('SoftmaxWithLoss', { ignore_label: 1, normalization: 'full' }, [scores, labels])).toBeCloseTo(Math.log(4 / 3) / 2);
    expect(value('SoftmaxWithLoss', { normalization: 'none' }, [scores, labels])).toBeCloseTo(Math.log(2) + Math.log(4 / 3));
    expect(value('SoftmaxWithLoss', {}, [scores, tensor([2], [1, 2])])).toBeNaN();
  });

  it('SoftmaxWithLoss has a label for each place of a map', () => {
    const map = tensor([1, 2, 1, 2], [0, Math.log(3), 0, 0]);
    expect(value('SoftmaxWithLoss', {}, [map, tensor([1, 1, 2], [0, 0])])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2);
    expect(value('SoftmaxWithLoss', { normalization: 'batch_size' }, [map, tensor([1, 1, 2], [0, 0])])).toBeCloseTo(
      Math.log(2) + Math.log(4 / 3),
    );
  });

  it('MultinomialLogisticLoss takes probabilities', () => {
    const probabilities = tensor([2, 2], [0.5, 0.5, 0.25, 0.75]);
    expect(value('MultinomialLogisticLoss', {}, [probabilities, tensor([2], [0, 1])])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2);
  });

  it('SigmoidCrossEntropyLoss sums over the cells and divides by the batch', () => {
    const [x, wanted] = [tensor([1, 3], [0, Math.log(3), -1000]), tensor([1, 3], [1, 0, 0])];
    expect(value('SigmoidCrossEntropyLoss', {}, [x, wanted])).toBeCloseTo(Math.log(2) + Math.log(4));
    expect(value('SigmoidCrossEntropyLoss', { ignore_label: 1, normalization: 'valid' }, [x, wanted])).toBeCloseTo(Math.log(4) / 2);
  });

  it('EuclideanLoss, HingeLoss and ContrastiveLoss', () => {
    const [a, b] = [tensor([2, 2], [0, 0, 1, 1]), tensor([2, 2], [3, 4, 1, 1])];
    expect(value('EuclideanLoss', {}, [a, b])).toBe(25 / 4);
    expect(value('HingeLoss', {}, [tensor([1, 3], [2, -0.5, 0.5]), tensor([1], [2])])).toBe(3 + 0.5 + 0.5);
    expect(value('HingeLoss', { norm: 'L2' }, [tensor([1, 3], [2, -0.5, 0.5]), tensor([1], [2])])).toBe(9 + 0.25 + 0.25);
    expect(value('ContrastiveLoss', { margin: 2 }, [a, b, tensor([2], [1, 0])])).toBe((25 + 4) / 4);
    expect(value('ContrastiveLoss', { margin: 2, legacy_version: true }, [a, b, tensor([2], [0, 0])])).toBe(2 / 4);
  });

  it('Accuracy counts labels whose score is among the largest', () => {
    const three = tensor([2, 3], [1, 2, 3, 3, 1, 2]);
    expect(value('Accuracy', {}, [three, tensor([2], [2, 1])])).toBe(0.5);
    expect(value('Accuracy', { top_k: 2 }, [three, tensor([2], [1, 2])])).toBe(1);
    expect(value('Accuracy', { ignore_label: 1 }, [three, tensor([2], [2, 1])])).toBe(1);
    expect(value('Accuracy', { ignore_label: 1 }, [three, tensor([2], [1, 1])])).toBe(0);
  });

  it('PriorBox gives corners in parts of the image, and variances', () => {
    const inputs = [ones(1, 1, 1, 2), ones(1, 3, 10, 20)];
    // Middles at (5, 5) and (15, 5) of an image of 20 x 10.
    const written = { min_sizes: [4], max_sizes: [9], aspect_ratios: [4], flip: false, variance: [0.1, 0.1, 0.2, 0.2] };
    const boxes = numbers('PriorBox', written, inputs);
    expect(boxes.slice(0, 12)).toEqual(
      [3 / 20, 3 / 10, 7 / 20, 7 / 10, 2 / 20, 2 / 10, 8 / 20, 8 / 10, 1 / 20, 4 / 10, 9 / 20, 6 / 10].map(Math.fround),
    );
    expect(boxes.slice(12, 16)).toEqual([13 / 20, 3 / 10, 17 / 20, 7 / 10].map(Math.fround));
    expect(boxes.slice(24, 28)).toEqual([0.1, 0.1, 0.2, 0.2].map(Math.fround));
    const shifted = numbers('PriorBox', { min_sizes: 8, step: 8, offset: 0, img_size: 16, clip: true }, inputs);
    expect(shifted.slice(0, 8)).toEqual([0, 0, 0.25, 0.25, 0.25, 0, 0.75, 0.25]);
    expect(shifted.slice(8)).toEqual(Array<number>(8).fill(Math.fround(0.1)));
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
