// Slips that users make in model files: each is one problem, at its place, in the words of rows, and with its fix.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { createLineIndex, positionAt } from '../../server/src/text/line-index.ts';

const ULTRALYTICS = `nc: 80
scales: # name: [depth, width, max_channels]
  n: [0.50, 0.25, 1024]
  s: [0.50, 0.50, 1024]
backbone:
  - [-1, 1, Conv, [64, 3, 2]] # 0-P1/2
  - [-1, 1, Conv, [128, 3, 2]] # 1-P2/4
  - [-1, 2, C2f, [128, True]]
  - [-1, 1, Conv, [256, 3, 2]] # 3-P3/8
  - [-1, 2, C2f, [256, True]]
  - [-1, 1, Conv, [512, 3, 2]] # 5-P4/16
  - [-1, 1, SPPF, [512, 5]] # 6
head:
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 4], 1, Concat, [1]] # cat
  - [-1, 2, C2f, [256]] # 9 (P3/8)
  - [[9, 6], 1, Detect, [nc]]
`;

const YOLOV5 = `nc: 80
depth_multiple: 0.33
width_multiple: 0.50
anchors:
  - [10,13, 16,30]
  - [30,61, 62,45]
backbone:
  [[-1, 1, Conv, [64, 6, 2, 2]],
   [-1, 1, Conv, [128, 3, 2]],
   [-1, 3, C3, [128]],
   [-1, 1, Conv, [256, 3, 2]],
  ]
head:
  [[-1, 1, nn.Upsample, [None, 2, 'nearest']],
   [[-1, 2], 1, Concat, [1]],
   [-1, 3, C3, [128, False]],
   [[6, 3], 1, Detect, [nc, anchors]],
  ]
`;

interface Slip {
  /** What is replaced, and by what. */
  readonly change: readonly [string, string];
  readonly code: string;
  /** Counted from 1. */
  readonly line: number;
  readonly words: string;
  /** The first fix; absent where nothing can be proved to help. */
  readonly fix?: string;
}

const ultralytics: readonly Slip[] = [
  {
    change: ['1, Detect, [nc]', '1, Detect, [nc, anchors]'],
    code: 'unknown-name',
    line: 17,
    words: '`anchors` in row 10',
    fix: 'Remove anchors',
  },
  {
    change: ['SPPF, [512, 5]', 'SPP, [512, 5]'],
    code: 'argument-type',
    line: 12,
    words: 'k of SPP in row 6 is a list',
    fix: 'Change 5 to [5]',
  },
  {
    change: ['[None, 2, nearest]', '[2, nearest]'],
    code: 'argument-type',
    line: 14,
    words: 'the mode `nearest` second',
    fix: 'Put None in front',
  },
  { change: ['nc: 80', 'nc: 80.0'], code: 'syntax', line: 1, words: '`nc` is `80.0`', fix: 'Change 80.0 to 80' },
  {
    change: ['6], 1, Detect', '6]， 1, Detect'],
    code: 'syntax',
    line: 17,
    words: 'punctuation of full width',
    fix: 'Write plain punctuation',
  },
  {
    change: ['C2f, [256]]', 'C2f, 【256】]'],
    code: 'syntax',
    line: 16,
    words: 'punctuation of full width',
    fix: 'Write plain punctuation',
  },
  { change: ['-1, 2, C2f, [256]', '-1, 2 C2f, [256]'], code: 'syntax', line: 16, words: 'has 3 elements', fix: 'Add the comma' },
  { change: ['-1, 2, C2f, [256]', '-1 2, C2f, [256]'], code: 'syntax', line: 16, words: 'has 3 elements', fix: 'Add the comma' },
  {
    change: ['[-1, 4], 1, Concat', '-1, 4, 1, Concat'],
    code: 'syntax',
    line: 15,
    words: 'has 5 elements',
    fix: 'Put the rows in brackets: [-1, 4]',
  },
  { change: ['[256, True]', '[256 True]'], code: 'unknown-name', line: 10, words: '`256 True`', fix: 'Change 256 True to 256, True' },
  { change: ['head:', 'neck:'], code: 'syntax', line: 13, words: 'and `neck` is no key', fix: 'Rename `neck` to `head`' },
  {
    change: ['  - [-1, 2, C2f, [256]]', '  [-1, 2, C2f, [256]]'],
    code: 'syntax',
    line: 16,
    words: 'A dash is missing',
    fix: 'Add the dash',
  },
  { change: ['nearest]', '"nearest]'], code: 'syntax', line: 14, words: 'The quote " opens', fix: 'Add "' },
  {
    change: ['nn.Upsample', 'Upsample'],
    code: 'unknown-module',
    line: 14,
    words: 'Did you mean `nn.Upsample`',
    fix: 'Change `Upsample` to `nn.Upsample`',
  },
  {
    change: ['nn.Upsample', 'nn.upsample'],
    code: 'unknown-module',
    line: 14,
    words: 'nn.Upsample',
    fix: 'Change `nn.upsample` to `nn.Upsample`',
  },
  {
    change: ['nn.Upsample', 'torch.nn.Upsample'],
    code: 'unknown-module',
    line: 14,
    words: 'nn.Upsample',
    fix: 'Change `torch.nn.Upsample` to `nn.Upsample`',
  },
  { change: ['Concat, [1]', 'Concat, [2]'], code: 'argument-range', line: 15, words: 'axis 2, the height', fix: 'Change 2 to 1' },
  {
    change: ['Detect, [nc]', 'Detect, [num_classes]'],
    code: 'unknown-name',
    line: 17,
    words: 'nc, the number of classes',
    fix: 'Change num_classes to nc',
  },
  { change: ['nc: 80\n', ''], code: 'unknown-name', line: 16, words: '`nc` in row 10 is no key', fix: 'Add `nc: 80`' },
  { change: ['nc: 80', "nc: '80'"], code: 'syntax', line: 1, words: 'a whole number of at least 1', fix: "Change '80' to 80" },
  {
    change: ['Detect, [nc]', 'Pose, [nc, kpt_shape]'],
    code: 'unknown-name',
    line: 17,
    words: '`kpt_shape` in row 10',
    fix: 'Add `kpt_shape: [17, 3]`',
  },
  { change: ['0.25, 1024', '0.25'], code: 'syntax', line: 3, words: 'has 2 numbers, but a scale has 3', fix: 'Add max_channels, 1024' },
  { change: ['0.50, 0.25', '0.50, 0'], code: 'syntax', line: 3, words: 'width of scales.n is `0`' },
  {
    change: ['[9, 6], 1, Detect', '9, 1, Detect'],
    code: 'input-count',
    line: 17,
    words: 'Detect reads a list of rows',
    fix: 'Change 9 to [9]',
  },
  { change: ['[-1, 4], 1, Concat', '-1, 1, Concat'], code: 'input-count', line: 15, words: 'the number -1', fix: 'Change -1 to [-1]' },
  { change: ['[-1, 1, SPPF', '[[-1, 4], 1, SPPF'], code: 'input-count', line: 12, words: 'a list of 2 rows', fix: 'Change [-1, 4] to -1' },
  { change: ['[128, True]', '[0, True]'], code: 'argument-range', line: 8, words: 'for 0 channels' },
  {
    change: ['2, C2f, [128', '-2, C2f, [128'],
    code: 'argument-range',
    line: 8,
    words: 'repeats its module -2 times',
    fix: 'Change -2 to 2',
  },
  { change: ['512, 5]', '512, 5, 3, 4, 5, 6, 7]'], code: 'unknown-argument', line: 12, words: 'it takes at most', fix: 'Remove ' },
  { change: ['SPPF, [512, 5]', 'SPPF, []'], code: 'missing-argument', line: 12, words: 'lacks c2' },
  { change: ['[512, 5]', '[512 5]'], code: 'unknown-name', line: 12, words: '`512 5` in row 6', fix: 'Change 512 5 to 512, 5' },
  {
    change: ['- [-1, 1, SPPF, [512, 5]]', '- [-1, 1, SPPF, [512, 5]'],
    code: 'syntax',
    line: 12,
    words: 'A bracket is missing',
    fix: 'Add ] at the end',
  },
  { change: ['SPPF, [512, 5]]', 'SPPF, [512, 5]]]'], code: 'syntax', line: 12, words: 'closes a bracket more', fix: 'Remove ]' },
  { change: ['SPPF, [512', 'SPPF [512'], code: 'syntax', line: 12, words: 'A comma is missing', fix: 'Add the comma' },
  {
    change: ['- [-1, 1, SPPF, [512, 5]]', '- -1, 1, SPPF, [512, 5]'],
    code: 'syntax',
    line: 12,
    words: 'a row is [from',
    fix: 'Put the row in brackets',
  },
  { change: ['  - [-1, 1, SPPF', '\t- [-1, 1, SPPF'], code: 'syntax', line: 12, words: 'indented with a tab', fix: 'Indent with spaces' },
  { change: ['  - [-1, 1, SPPF', '   - [-1, 1, SPPF'], code: 'syntax', line: 12, words: 'indented by 3 spaces', fix: 'Indent by 2' },
  { change: ['- [-1, 1, SPPF', '-[-1, 1, SPPF'], code: 'syntax', line: 12, words: 'A space is missing', fix: 'Add the space' },
  { change: ['nc: 80', 'nc:80'], code: 'syntax', line: 1, words: 'A space is missing', fix: 'Add the space' },
  { change: ['head:', 'head'], code: 'syntax', line: 13, words: 'A colon is missing behind `head`', fix: 'Add the colon' },
  { change: ['[-1, 4]', '[-1, x4]'], code: 'syntax', line: 15, words: '`from` of row 8', fix: 'Change x4 to 4' },
  { change: ['[-1, 1, SPPF', '[-1, SPPF'], code: 'syntax', line: 12, words: 'has 3 elements', fix: 'Add the number of repeats, 1' },
  { change: ['[-1, 4]', '[-1, 8]'], code: 'reference-range', line: 15, words: 'this row is row 8 itself', fix: 'Change 8 to 4' },
  { change: ['[-1, 4]', '[-1, 10]'], code: 'reference-range', line: 15, words: 'only rows above', fix: 'Change 10 to 4' },
  { change: ['[-1, 4]', '[-1, 2]'], code: 'concat-mismatch', line: 15, words: 'row 2 is 32x160x160 (stride 4)', fix: 'Change 2 to 4' },
  {
    change: ['[None, 2, nearest]', '[None, 4, nearest]'],
    code: 'concat-mismatch',
    line: 15,
    words: 'Row 7 makes the map 4 times as high and wide; 2 times would fit',
    fix: 'Change the scale factor of row 7 from 4 to 2',
  },
  {
    change: ['[None, 2, nearest]', '[None, 3, nearest]'],
    code: 'concat-mismatch',
    line: 15,
    words: 'row 7 is 128x120x120',
    fix: 'Change the scale factor of row 7 from 3 to 2',
  },
  {
    change: ['[512, 3, 2]', '[512, 3, 1]'],
    code: 'concat-mismatch',
    line: 15,
    words: 'Row 5 has stride 8, but its comment says 16',
    fix: 'Change the stride of row 5 from 1 to 2',
  },
  {
    change: ['[512, 3, 2]', '[512, 3]'],
    code: 'concat-mismatch',
    line: 15,
    words: '(stride 4)',
    fix: 'Change the stride of row 5 from 1 to 2',
  },
  {
    change: ['[512, 3, 2]', '[512, 2, 2]'],
    code: 'concat-mismatch',
    line: 15,
    words: 'row 7 is 128x82x82',
    fix: 'Change the kernel size of row 5 from 2 to 3',
  },
  {
    change: ['[512, 3, 2]', '[512, 3, 2, 2]'],
    code: 'concat-mismatch',
    line: 15,
    words: 'row 7 is 128x82x82',
    fix: 'Change the padding of row 5 from 2 to 1',
  },
  {
    change: ['# 5-P4/16', '# 6-P4/16'],
    code: 'stale-comment',
    line: 11,
    words: 'says row 6, but this is row 5',
    fix: 'Rewrite the comment: # 5-P4/16',
  },
  { change: ['C2f, [256, True]', 'C2F, [256, True]'], code: 'unknown-module', line: 10, words: 'C2F', fix: 'Change `C2F` to `C2f`' },
  {
    change: ['  n: [0.50, 0.25, 1024]\n  s: [0.50, 0.50, 1024]\n', 'n: [0.50, 0.25, 1024]\ns: [0.50, 0.50, 1024]\n'],
    code: 'ignored-key',
    line: 2,
    words: '`scales` is empty, since n, s below are not indented',
    fix: 'Indent n, s',
  },
  {
    change: ['[9, 6], 1, Detect', '[12, 15, 18], 1, Detect'],
    code: 'reference-range',
    line: 17,
    words: 'Row 10 reads 12, 15 and 18, and none of these rows exists',
  },
  { change: ['head:', 'nc: 3\nhead:'], code: 'ignored-key', line: 1, words: 'the last one counts', fix: 'Remove this `nc`' },
];

const yolov5: readonly Slip[] = [
  { change: ['nc: 80\n', ''], code: 'unknown-name', line: 16, words: '`nc` in row 7', fix: 'Add `nc: 80`' },
  { change: ['depth_multiple: 0.33\n', ''], code: 'syntax', line: 1, words: 'no `depth_multiple`', fix: 'Add `depth_multiple: 1.0`' },
  { change: ['0.50', '"0.50"'], code: 'syntax', line: 3, words: '`width_multiple` is', fix: 'Change "0.50" to 0.50' },
  { change: ['62,45]', '62,45, 10]'], code: 'syntax', line: 6, words: 'Level 1 of `anchors` has 5 numbers' },
  {
    change: ['62,45]', '62,45]\n  - [1,2, 3,4]'],
    code: 'input-count',
    line: 18,
    words: 'reads 2 rows, but `anchors` has 3 levels',
    fix: 'Remove the last level',
  },
  {
    change: ['[6, 3]', '[6, 3, 2]'],
    code: 'stale-reference',
    line: 17,
    words: 'reads 3 rows, but `anchors` has 2 levels',
    fix: 'Remove 2',
  },
  { change: ['3, C3, [128]],', '3, C3, [128]]'], code: 'syntax', line: 11, words: 'A comma is missing', fix: 'Add the comma' },
  {
    change: ['   [-1, 3, C3, [128]]', '\t[-1, 3, C3, [128]]'],
    code: 'syntax',
    line: 10,
    words: 'indented with a tab',
    fix: 'Indent with spaces',
  },
  {
    change: ['[256, 3, 2]', '[256, 3, 2, None, 1, 1, True, 7, 8]'],
    code: 'unknown-argument',
    line: 11,
    words: 'at most 7: [c2, k?',
    fix: 'Remove 7, 8',
  },
];

const YOLOV9 = YOLOV5.replace('[nc, anchors]', '[nc]').replace('nc: 80', '# shapelint: dialect yolov9\nnc: 80');

const yolov9: readonly Slip[] = [
  {
    change: ['Detect, [nc]', 'Detect, [nc, anchors]'],
    code: 'unknown-argument',
    line: 18,
    words: 'gives Detect 2 arguments, but it takes at most 1: [nc]',
    fix: 'Remove anchors',
  },
];

it.each([
  ...ultralytics.map((slip) => ({ ...slip, base: ULTRALYTICS })),
  ...yolov5.map((slip) => ({ ...slip, base: YOLOV5 })),
  ...yolov9.map((slip) => ({ ...slip, base: YOLOV9 })),
])('$change.1: $words', ({ base, change: [before, after], code, line, words, fix }) => {
  expect(base).toContain(before);
  const text = base.replace(before, () => after);
  const analysis = analyse({ path: 'model.yaml', text });
  const [finding, ...others] = analysis?.findings ?? [];
  expect(others.map(({ diagnostic }) => diagnostic.message)).toEqual([]);
  expect(finding?.diagnostic.code).toBe(code);
  expect(finding?.diagnostic.message).toContain(words);
  expect(positionAt(createLineIndex(text), finding?.diagnostic.range.start ?? 0).line + 1).toBe(line);
  const [first] = analysis === undefined || finding === undefined ? [] : provenFixes(analysis, finding);
  expect(first?.title.slice(0, fix?.length)).toBe(fix);
});

it.each([ULTRALYTICS, YOLOV5, YOLOV9])('says nothing of the models as they are', (text) => {
  expect(analyse({ path: 'model.yaml', text })?.findings).toEqual([]);
});

it('offers a row that brings a map to the stride of the other, with all numbers renumbered', () => {
  const text = ULTRALYTICS.replace('[-1, 4]', '[-1, 6]');
  const analysis = analyse({ path: 'model.yaml', text });
  const [finding] = analysis?.findings ?? [];
  const fixes = analysis === undefined || finding === undefined ? [] : provenFixes(analysis, finding);
  const fix = fixes.find(({ title }) => title === 'Insert an nn.Upsample by 2 above row 8 for row 6, and renumber');
  expect(
    applyEdits(text, fix?.edits ?? [])
      .split('\n')
      .slice(12),
  ).toEqual([
    'head:',
    '  - [-1, 1, nn.Upsample, [None, 2, nearest]]',
    '  - [6, 1, nn.Upsample, [None, 2, nearest]]',
    '  - [[-2, 8], 1, Concat, [1]] # cat',
    '  - [-1, 2, C2f, [256]] # 10 (P3/8)',
    '  - [[10, 6], 1, Detect, [nc]]',
    '',
  ]);
});
