// An argument of an operator is written where its row has it: at the row, or where the row's module passes it on.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { yolo } from '../../server/src/languages/yolo/language.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const model = (row: string) =>
  `nc: 2\nscales:\n  n: [0.5, 0.5, 1024]\nbackbone:\n  - ${row}\n  - [-1, 1, Conv, [64, 3, 2]]\nhead:\n  - [[1], 1, Detect, [nc]]\n`;

/** The row after the edit; undefined where there is none to make. */
function edited(row: string, operator: string, name: string, value: string): string | undefined {
  const text = model(row);
  const node = analyse({ path: 'm.yaml', text })?.document.networks[0]?.nodes.find((one) => one.operator === operator);
  const edits = node === undefined ? undefined : yolo.setArgument(text, node, name, value);
  return edits === undefined ? undefined : applyEdits(text, edits).split('\n')[4]?.replace(/^ *- /, '');
}

it.each([
  ['[-1, 1, Conv, [64, 3, 2]]', 'Conv2d', 'kernel_size', '5', '[-1, 1, Conv, [64, 5, 2]]'],
  ['[-1, 1, Conv, [64, 3, 2]]', 'Conv2d', 'stride', '1', '[-1, 1, Conv, [64, 3, 1]]'],
  ['[-1, 1, Conv, [64]]', 'Conv2d', 'stride', '2', '[-1, 1, Conv, [64, 1, 2]]'],
  ['[-1, 1, Conv, [64, 3]]', 'Conv2d', 'padding', '0', '[-1, 1, Conv, [64, 3, 1, 0]]'],
  ['[-1, 1, Conv, [64, 3]]', 'Conv2d', 'dilation', '(2, 1)', '[-1, 1, Conv, [64, 3, 1, None, 1, [2, 1]]]'],
  ['[-1, 1, DWConv, [64, 3]]', 'Conv2d', 'stride', '2', '[-1, 1, DWConv, [64, 3, 2]]'],
  ['[-1, 1, ConvTranspose, [64]]', 'ConvTranspose2d', 'kernel_size', '4', '[-1, 1, ConvTranspose, [64, 4]]'],
  ['[-1, 1, nn.MaxPool2d, [2]]', 'MaxPool2d', 'padding', '1', '[-1, 1, nn.MaxPool2d, [2, None, 1]]'],
  ['[-1, 1, nn.Upsample, [None, 2, nearest]]', 'Upsample', 'scale_factor', '4', '[-1, 1, nn.Upsample, [None, 4, nearest]]'],
])('%s: %s %s = %s', (row, operator, name, value, after) => {
  expect(edited(row, operator, name, value)).toBe(after);
});

it.each([
  ['channels are scaled', '[-1, 1, Conv, [64, 3, 2]]', 'Conv2d', 'out_channels', '32'],
  ['a word is none of a parser', '[-1, 1, Conv, [64, 3, 2]]', 'Conv2d', 'padding', '"same"'],
  ['several operators', '[-1, 2, C2f, [64]]', 'Conv2d', 'kernel_size', '3'],
  ['the module works it out', '[-1, 1, DWConv, [64, 3]]', 'Conv2d', 'groups', '2'],
])('nothing is written where %s', (_, row, operator, name, value) => {
  expect(edited(row, operator, name, value)).toBeUndefined();
});
