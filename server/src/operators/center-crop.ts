// CenterCrop: the middle of an image, as torchvision cuts it out; what a larger crop lacks is filled with zeros.
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';
import { checkLength, checkMinimum, readAxes } from './window-arguments.ts';

export const centerCrop: Operator = {
  name: 'CenterCrop',
  summary: 'Cuts the middle out of an image, with zeros where the image is smaller.',
  parameters: [{ name: 'size', type: 'integers', doc: 'Height and width of the crop; one number for a square.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLength(checks, from, 'size', 2);
    checkMinimum(checks, from, 'size', 1, 'non-positive-size');
    const fits = checks.holds(input === undefined || input.length >= 2, () => {
      return { code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape: input, expected: 'at least 2 axes' };
    });
    if (!fits || input === undefined) return checks.answer([undefined]);
    const crop = readAxes(from, 'size', 2).map((size) => (typeof size === 'number' && size < 1 ? undefined : size));
    return checks.answer([[...input.slice(0, -2), ...crop]]);
  },
};
