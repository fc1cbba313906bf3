// Hovers of the numbers of a row: the module's name of an argument, and its value at each scale.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';

const MODEL = `nc: 80
scales:
  n: [0.33, 0.25, 1024]
  s: [0.33, 0.50, 1024]
  l: [1.00, 1.00, 512]
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 3, C2f, [1024, True]]
head:
  - [-1, 4, Conv, [128, 5]]
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1], 1, Detect, [nc]]
`;

function textAt(found: string, into: number): string | undefined {
  const analysis = analyse({ path: 'model.yaml', text: MODEL });
  return analysis === undefined ? undefined : hoverAt(analysis, MODEL.indexOf(found) + into)?.text;
}

it.each([
  ['[64, 3', 1, ['`c2 = 64` · Conv', 'The parser makes 16 at n, 32 at s, 64 at l of 64.']],
  ['[1024', 1, ['`c2 = 1024` · C2f', '256 at n, 512 at s, 512 at l']],
  ['64, 3', 4, ['`k = 3` · Conv', '[c2, k=1, s=1, p=None']],
  ['3, C2f', 0, ['`repeats = 3`', 'as its argument `n`', '1 at n, 1 at s, 3 at l of 3']],
  ['4, Conv', 0, ['`repeats = 4`', 'How many `Conv`', '1 at n, 1 at s, 4 at l of 4']],
  ['2, nearest', 0, ['`scale_factor = 2` · nn.Upsample']],
  ['nc]', 0, ['`nc = nc` · Detect']],
])('%s', (found, into, words) => {
  const text = textAt(found, into);
  for (const part of words) expect(text).toContain(part);
});

it('says no scales of a number that is the same at all', () => {
  expect(textAt('64, 3', 4)).not.toContain('The parser makes');
  expect(textAt('1, Detect', 0)).not.toContain('The parser makes');
});

it('leaves the module and `from` to what is said of rows', () => {
  expect(textAt('Conv, [64', 1)).not.toContain('Arguments:');
  expect(textAt('[-1], 1, Detect', 2)).toContain('row 3');
});
