// Caffe in the editor: hovers on fields and blobs, where a blob comes from and who takes it, and edits in prototxt's own words.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { completions } from '../../server/src/features/completion.ts';
import { definitionAt, referencesAt } from '../../server/src/features/definition.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';
import { caffe } from '../../server/src/languages/caffe/language.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

function read(text: string): Analysis {
  const analysis = analyse({ path: 'net.prototxt', text });
  if (analysis === undefined) throw new Error('Caffe does not claim this text');
  return analysis;
}

const NET = `input: "data"
input_shape { dim: 1 dim: 3 dim: 32 dim: 32 }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 8 kernel_size: 3 } }
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
`;

describe('a hover', () => {
  const analysis = read(NET);
  const hover = (at: string) => hoverAt(analysis, NET.indexOf(at) + 1)?.text;

  it('on a field tells what it means, its default and what else it may be', () => {
    expect(hover('num_output: 8')).toContain('The number of filters');
    expect(hover('pool: MAX')).toBe(
      '`pool: MAX` · pooling_param\n\nWhat each window gives: its largest value, its mean, or one drawn at random.\n\nOne of `MAX`, `AVE`, `STOCHASTIC`. Default: `MAX`.',
    );
    expect(hover('bottom: "data"')).toContain('A blob that goes in');
    expect(hover('pooling_param {')).toContain('pooling_param');
  });

  it('on a value tells the same, and what is legal with these sizes', () => {
    const text = hoverAt(analysis, NET.indexOf('kernel_size: 3') + 'kernel_size: '.length)?.text;
    expect(text).toContain('The size of the window, in cells');
    expect(text).toContain('Legal here: 1 to 32');
  });

  it('on a type and on a blob tells of these', () => {
    expect(hover('"Convolution"')).toContain('[1, 8, 30, 30]');
    expect(hover('"pool1" pooling_param')).toContain('pool1: [1, 8, 15, 15]');
  });
});

describe('a blob', () => {
  const analysis = read(NET);
  const textAt = (start: number) => NET.slice(NET.lastIndexOf('\n', start) + 1, NET.indexOf('\n', start)).slice(0, 23);

  it('leads to the layer that makes it', () => {
    const range = definitionAt(analysis, NET.lastIndexOf('"conv1"') + 1)?.range;
    expect(NET.slice(range?.start, range?.end)).toBe('conv1');
    expect(textAt(range?.start ?? 0)).toBe('layer { name: "conv1" t');
  });

  it('has all its places', () => {
    expect(referencesAt(analysis, NET.indexOf('top: "conv1"') + 6)).toHaveLength(4);
  });
});

describe('an argument', () => {
  const layer = (parameters: string, type = 'Convolution') =>
    `input: "data"\ninput_shape { dim: 1 dim: 8 dim: 32 dim: 32 }\nlayer { name: "a" type: "${type}" bottom: "data" top: "a" ${parameters} }\n`;

  it.each([
    {
      title: 'in place',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 pad: 1 }',
      change: ['padding', '2'],
      after: 'pad: 2 }',
    },
    {
      title: 'beside the others',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 }',
      change: ['padding', '2'],
      after: 'kernel_size: 3 pad: 2 }',
    },
    {
      title: 'for both axes',
      parameters: 'convolution_param { num_output: 8 kernel_h: 3 kernel_w: 1 }',
      change: ['kernel_size', '5'],
      after: 'kernel_size: 5 }',
    },
    {
      title: 'for each axis',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 }',
      change: ['kernel_size', '(3, 1)'],
      after: 'kernel_h: 3 kernel_w: 1 }',
    },
    {
      title: 'alike for each axis',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 }',
      change: ['kernel_size', '(5, 5)'],
      after: 'kernel_size: 5 }',
    },
    {
      title: 'over a repeated field',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 kernel_size: 5 }',
      change: ['kernel_size', '3'],
      after: 'kernel_size: 3 }',
    },
    {
      title: 'as a repeated field',
      parameters: 'convolution_param { num_output: 8 kernel_size: 3 }',
      change: ['dilation', '(1, 2)'],
      after: 'dilation: 1 dilation: 2 }',
    },
    {
      title: 'as a word',
      parameters: 'pooling_param { kernel_size: 3 stride: 2 }',
      type: 'Pooling',
      change: ['ceil_mode', 'False'],
      after: 'round_mode: FLOOR }',
    },
    { title: 'with its message', parameters: '', type: 'Softmax', change: ['dim', '2'], after: 'softmax_param { axis: 2 }' },
  ] as const)('is written $title', ({ parameters, type, change: [name, value], after }) => {
    const text = layer(parameters, type);
    const node = read(text).document.networks[0]?.nodes[0];
    const edits = node === undefined ? undefined : caffe.setArgument(text, node, name, value);
    expect(applyEdits(text, edits ?? [])).toContain(after);
  });
});

it('an activation is put before a layer', () => {
  const node = read(NET).document.networks[0]?.nodes.find(({ operator }) => operator === 'MaxPool2d');
  const edits = node === undefined ? undefined : caffe.applyBefore(NET, node, 0, 'ReLU()', 'active');
  const after = applyEdits(NET, edits ?? []);
  expect(after).toContain('layer { name: "conv1_active" type: "ReLU" bottom: "conv1" top: "conv1_active" }\nlayer { name: "pool1"');
  expect(read(after).findings.filter(({ diagnostic }) => diagnostic.severity === 'error')).toEqual([]);
});

describe('completion', () => {
  const labelsAt = (text: string, marker: string) =>
    completions(read(text), text.indexOf(marker) + marker.length).map(({ label }) => label);

  it('offers the fields of the message', () => {
    expect(labelsAt(NET, 'convolution_param { ')).toEqual(expect.arrayContaining(['num_output', 'kernel_size', 'dilation']));
    expect(labelsAt(NET, 'convolution_param { ')).not.toContain('bottom');
  });

  it('offers the parameters of the layer and no others', () => {
    const labels = labelsAt(NET, 'top: "pool1" ');
    expect(labels).toEqual(expect.arrayContaining(['bottom', 'include', 'pooling_param']));
    expect(labels).not.toContain('convolution_param');
  });

  it('offers types and words where these stand', () => {
    expect(labelsAt(NET, 'type: "Pool')).toContain('Pooling');
    expect(labelsAt(NET, 'pool: ')).toEqual(['MAX', 'AVE', 'STOCHASTIC']);
  });

  it('of our own language leaves out what only Caffe has', () => {
    const text = 'net N:\n    input x[1, 3, 8, 8]\n    ReLU()\n    output\n';
    const analysis = analyse({ path: 'n.nn', text });
    const labels = analysis === undefined ? [] : completions(analysis, text.length).map(({ label }) => label);
    expect(labels).toContain('Conv2d');
    expect(labels).not.toContain('PriorBox');
  });
});
