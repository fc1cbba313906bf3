// Forms of model files that one version or another of a parser takes, and that are no mistakes; and YAML that is no model of ours.
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';
import { integerIn } from '../../server/src/languages/nn/integer.ts';
import { claimsModel } from '../../server/src/languages/yolo/claims.ts';

const image = new Map([
  ['N', 1],
  ['H', 64],
  ['W', 64],
]);

function outputsOf(text: string): string[][] {
  const analysis = analyse({ path: 'model.yaml', text });
  expect(analysis?.findings.map(({ diagnostic }) => diagnostic.message)).toEqual([]);
  const [network] = analysis?.document.networks ?? [];
  return network === undefined
    ? []
    : summarise(network, image).layers.map(({ outputs }) => outputs.map((shape) => String(shape?.slice(1))));
}

describe('accepted forms', () => {
  it('the first YOLOv5 has its predictions in rows, and finds them itself', () => {
    const outputs = outputsOf(`nc: 4
depth_multiple: 1.0
width_multiple: 0.5
anchors:
  - [10,13, 16,30]
  - [30,61, 62,45]
backbone:
  [[-1, 1, Focus, [64, 3]],
   [-1, 1, Conv, [128, 3, 2]],
   [-1, 1, Conv, [256, 3, 2]],
  ]
head:
  [[-1, 1, nn.Conv2d, [na * (nc + 5), 1, 1, 0]],
   [-2, 1, nn.Upsample, [None, 2, 'nearest']],
   [[-1, 1], 1, Concat, [1]],
   [-1, 1, nn.Conv2d, [na * (nc + 5), 1, 1, 0]],
   [[], 1, Detect, [nc, anchors]],
  ]
`);
    expect(outputs[3]).toEqual(['18,8,8']);
    expect(outputs[7]).toEqual(['2,16,16,9', '2,8,8,9']);
  });

  it('an earlier YOLOv5 has both channels of a transposed convolution in the row', () => {
    const outputs = outputsOf(`nc: 4
depth_multiple: 1.0
width_multiple: 0.5
anchors: 3
backbone:
  [[-1, 1, Conv, [128, 3, 2]],
   [-1, 1, nn.ConvTranspose2d, [64, 64, 2, 2]],
  ]
head:
  [[-1, 1, nn.ConvTranspose2d, [32, 4, 2, 1]],
   [[2], 1, Detect, [nc, anchors]],
  ]
`);
    expect(outputs.slice(0, 3)).toEqual([['64,32,32'], ['64,64,64'], ['16,128,128']]);
  });

  it('Detect may be given the channels, which the parser would put behind', () => {
    outputsOf(`nc: 4
depth_multiple: 1.0
width_multiple: 1.0
anchors: 3
backbone:
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, Conv, [64, 3, 2]]
head:
  - [[0, 1], 1, Detect, [nc, anchors, [32, 64]]]
`);
  });

  it('Index reads the list that one row gives, and several rows', () => {
    const outputs = outputsOf(`nc: 4
backbone:
  - [-1, 1, TorchVision, [512, resnet18, DEFAULT, True, 2, True]]
  - [0, 1, Index, [128, 6]]
  - [0, 1, Index, [256, 7]]
head:
  - [[1, 2], 1, Index, [256, 1]]
  - [[1, 3], 1, Detect, [nc]]
`);
    expect(outputs.slice(1, 4)).toEqual([['128,8,8'], ['256,4,4'], ['256,4,4']]);
  });

  it('a list whose making is not told has no wrong items', () => {
    outputsOf(`nc: 4
backbone:
  - [-1, 1, TorchVision, [768, convnext_tiny, DEFAULT, True, 2, True]]
  - [0, 1, Index, [192, 4]]
  - [0, 1, Index, [384, 6]]
head:
  - [[1, 2], 1, Detect, [nc]]
`);
  });

  it('a parser with modules of its own may take more of a scale', () => {
    const findings = (module: string) =>
      analyse({
        path: 'model.yaml',
        text: `nc: 4\nscales:\n  t: [0.33, 0.25, 1024, 6]\nbackbone:\n  - [-1, 1, ${module}, [64, 3, 2]]\nhead:\n  - [[0], 1, Detect, [nc]]\n`,
      })?.findings.map(({ diagnostic }) => diagnostic.code);
    expect(findings('HyperStem')).toEqual(['unknown-module']);
    expect(findings('Conv')).toEqual(['syntax']);
  });
});

it.each([
  [
    'Kindle',
    'input_size: [32, 32]\ninput_channel: 3\nbackbone:\n  [[-1, 1, Conv, [6, 5, 1, 0], {activation: LeakyReLU}]]\nhead:\n  [[-1, 1, Linear, [10]]]\n',
  ],
  ['arguments by name', "nc: 4\nbackbone:\n  - [-1, 1, QConv2D, {'in_channels': 3}]\nhead:\n  - [[0], 1, QDetect, {'nc': 80}]\n"],
  ['numbers for rows', 'prune_ratios:\n  # Backbone\n  0: 0.15\n  22: [0, 0]\n'],
  ['a data set', 'path: ../coco\ntrain: images/train\nnc: 2\nnames: [a, b]\n'],
  ['a workflow', 'name: CI\non: [push]\njobs:\n  head:\n    steps:\n      - run: echo\n'],
])('leaves %s alone', (_, text) => {
  expect(claimsModel('model.yaml', text)).toBe(false);
});

it.each<[string, number | undefined]>([
  ['na * (nc + 5)', 27],
  ['3*(nc+5)', 27],
  ['-nc // 3', -2],
  ['2 - 1 - 1', 0],
  ['nc +', undefined],
  ['(nc', undefined],
  ['nc // 0', undefined],
  ['ns * 2', undefined],
  ['__import__("os")', undefined],
  ['2 ** 8', 256],
  ['8 / 2', undefined],
])('works out %s', (text, value) => {
  const names = new Map([
    ['na', 3],
    ['nc', 4],
  ]);
  expect(integerIn(text, (name) => names.get(name))).toBe(value);
});
