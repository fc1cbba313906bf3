// The hover of a row tells of every scale, and a number of `from` is one with its row.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { referencesAt } from '../../server/src/features/definition.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';

const text = `nc: 2
scales:
  n: [0.5, 0.25, 1024]
  s: [0.5, 0.50, 1024]
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [128, 3, 2]]
head:
  - [[1], 1, Detect, [nc]]
`;
const analysis = analyse({ path: 'm.yaml', text });

it('has a line for each scale', () => {
  const hover = analysis === undefined ? undefined : hoverAt(analysis, text.indexOf('Conv'))?.text;
  // 16 kernels of 3x3x3 and 2 numbers of the batch norm for each; twice as many at s.
  expect(hover).toContain('| n | 16x320x320 | 464 |\n| s | 32x320x320 | 928 |');
});

it('finds the numbers that mean a row, and the row', () => {
  const at = text.indexOf('[1], 1, Detect') + 1;
  const found = analysis === undefined ? [] : referencesAt(analysis, at).map((range) => text.slice(range.start, range.end));
  expect(found).toEqual(['Conv', '1']);
});
