// What users of Caffe reported, written anew: one diagnostic each, at its place, with the fix that helps.
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { totalCost } from '../../server/src/features/cost.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const input = (...sizes: number[]) =>
  `layer { name: "data" type: "Input" top: "data" input_param { shape { ${sizes.map((size) => `dim: ${size}`).join(' ')} } } }\n`;
const pool = (name: string, bottom: string) =>
  `layer { name: "${name}" type: "Pooling" bottom: "${bottom}" top: "${name}" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }\n`;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly code: string;
  /** What the diagnostic stands on. */
  readonly on: string;
  readonly words: string;
  readonly fix: string;
}

const CASES: readonly Case[] = [
  {
    title: 'a pool that rounds up beside a convolution that rounds down',
    text:
      input(1, 64, 98, 98) +
      'layer { name: "pool" type: "Pooling" bottom: "data" top: "pool" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }\n' +
      'layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: 96 kernel_size: 3 stride: 2 } }\n' +
      'layer { name: "cat" type: "Concat" bottom: "pool" bottom: "conv" top: "cat" }\n',
    code: 'concat-mismatch',
    on: 'conv',
    words: 'Concat joins tensors that differ along the height: 49 and 48',
    fix: 'Change round_mode of pool to FLOOR',
  },
  {
    title: 'an upsampled map beside a skip',
    text:
      input(1, 8, 450, 600) +
      pool('pool1', 'data') +
      pool('pool2', 'pool1') +
      'layer { name: "up2" type: "Deconvolution" bottom: "pool2" top: "up2" convolution_param { num_output: 8 kernel_size: 2 stride: 2 } }\n' +
      'layer { name: "sum" type: "Eltwise" bottom: "up2" bottom: "pool1" top: "sum" }\n',
    code: 'broadcast-mismatch',
    on: 'pool1',
    words: 'Eltwise combines tensors that differ along the height: 226 and 225',
    fix: 'Crop',
  },
  {
    title: 'a type in the new form in a block of the old one',
    text:
      'input: "data"\ninput_dim: 1 input_dim: 3 input_dim: 224 input_dim: 224\n' +
      'layers { name: "conv1" type: CONVOLUTION bottom: "data" top: "conv1" convolution_param { num_output: 64 kernel_size: 3 } }\n' +
      'layers { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }\n',
    code: 'syntax',
    on: '"ReLU"',
    words: '`layers` is the old form',
    fix: 'new form',
  },
  {
    title: 'a score of the training in a network for use',
    text:
      'input: "data"\ninput_shape { dim: 1 dim: 1 dim: 128 dim: 128 }\n' +
      'layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 10 } }\n' +
      'layer { name: "accuracy" type: "Accuracy" bottom: "fc" bottom: "label" top: "accuracy" include { phase: TEST } }\n',
    code: 'unknown-name',
    on: 'label',
    words: 'Nothing produces `label` in phase TEST',
    fix: 'Remove the layer',
  },
  {
    title: 'another number of classes in one branch',
    text:
      input(1, 3, 64, 64) +
      pool('pool1', 'data') +
      pool('pool2', 'pool1') +
      'layer { name: "score2" type: "Convolution" bottom: "pool2" top: "score2" convolution_param { num_output: 3 kernel_size: 1 } }\n' +
      'layer { name: "up" type: "Deconvolution" bottom: "score2" top: "up" convolution_param { num_output: 4 kernel_size: 4 stride: 2 pad: 1 } }\n' +
      'layer { name: "score1" type: "Convolution" bottom: "pool1" top: "score1" convolution_param { num_output: 3 kernel_size: 1 } }\n' +
      'layer { name: "fuse" type: "Eltwise" bottom: "up" bottom: "score1" top: "fuse" }\n',
    code: 'broadcast-mismatch',
    on: 'score1',
    words: 'Eltwise combines tensors that differ along the channels: 4 and 3',
    fix: 'Change num_output of up to 3',
  },
];

describe.each(CASES)('$title', ({ text, code, on, words, fix }) => {
  const analysis = analyse({ path: 'net.prototxt', text });
  const errors = (analysis?.findings ?? []).filter(({ diagnostic }) => diagnostic.severity === 'error');

  it('is one error at its place', () => {
    expect(errors.map(({ diagnostic }) => diagnostic.code)).toEqual([code]);
    const [error] = errors;
    expect(error?.diagnostic.message).toContain(words);
    expect(text.slice(error?.diagnostic.range.start, error?.diagnostic.range.end)).toBe(on);
  });

  it('has the fix', () => {
    const [error] = errors;
    const fixes = analysis === undefined || error === undefined ? [] : provenFixes(analysis, error);
    const found = fixes.find(({ title }) => title.includes(fix));
    expect(fixes.map(({ title }) => title).join('\n')).toContain(fix);
    const after = analyse({ path: 'net.prototxt', text: applyEdits(text, found?.edits ?? []) });
    expect(after?.findings.filter(({ diagnostic }) => diagnostic.severity === 'error')).toEqual([]);
  });
});

describe('what is learnt by layers that no operator says', () => {
  const steps =
    'input: "x" input_shape { dim: 6 dim: 4 dim: 3 } input: "m" input_shape { dim: 6 dim: 4 } input: "f" input_shape { dim: 4 dim: 7 }\n';
  const layer = (type: string, bottoms: string, tops: string, more = '') =>
    `${steps}layer { name: "l" type: "${type}" ${bottoms} ${tops} recurrent_param { num_output: 5 ${more} } }\n`;
  it.each([
    ['an LSTM: four gates', layer('LSTM', 'bottom: "x" bottom: "m"', 'top: "y"'), 4 * 5 * (3 + 5 + 1), [[6, 4, 5]]],
    [
      'an LSTM with an input for all steps',
      layer('LSTM', 'bottom: "x" bottom: "m" bottom: "f"', 'top: "y"'),
      4 * 5 * (3 + 7 + 5 + 1),
      [[6, 4, 5]],
    ],
    ['an RNN', layer('RNN', 'bottom: "x" bottom: "m"', 'top: "y"'), 5 * (3 + 1) + 5 * 5 + 5 * (5 + 1), [[6, 4, 5]]],
    [
      'an LSTM that shows its states',
      layer('LSTM', 'bottom: "x" bottom: "m" bottom: "h" bottom: "c"', 'top: "y" top: "hT" top: "cT"', 'expose_hidden: true').replace(
        'layer {',
        'input: "h" input_shape { dim: 1 dim: 4 dim: 5 } input: "c" input_shape { dim: 1 dim: 4 dim: 5 }\nlayer {',
      ),
      4 * 5 * (3 + 5 + 1),
      [
        [6, 4, 5],
        [1, 4, 5],
        [1, 4, 5],
      ],
    ],
  ])('%s', (_, text, parameters, shapes) => {
    const network = analyse({ path: 'net.prototxt', text })?.document.networks[0];
    const [only] = network?.layers ?? [];
    expect(totalCost(network?.nodes ?? []).parameters).toBe(parameters);
    expect(only?.outputs.map(({ shape }) => shape)).toEqual(shapes);
  });
});
