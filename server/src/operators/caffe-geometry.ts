// Caffe's layers that take their sizes from a second tensor or from the distance of corner cells: Crop and Interp.
import { add, floorDivide, multiply, subtract } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { resolveAxis } from './axis-argument.ts';
import { dimension, dimensions, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

const crop: Operator = {
  name: 'Crop',
  origin: 'Caffe',
  summary: "Cuts the first tensor to the sizes of the second, from one axis on: Caffe's layer.",
  parameters: [
    { name: 'axis', type: 'integer', default: 2, doc: 'The first axis that is cut; those before it keep their sizes.' },
    {
      name: 'offset',
      type: 'integers',
      default: 0,
      doc: 'How many cells are left out in front: one number for all axes, or one for each.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input, reference] }) => {
    const checks = new Checks();
    if (input === undefined) return checks.answer([undefined]);
    const first = resolveAxis(checks, 'axis', integer(from, 'axis'), input.length);
    if (first === undefined) return checks.answer([input.map(() => undefined)]);
    const offsets = dimensions(from, 'offset') ?? [];
    const fitsRank = checks.holds(reference === undefined || reference.length === input.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 1,
      shape: reference,
      expected: `${input.length} axes, as many as its first input has`,
    }));
    const output = input.map((size, axis): Dimension => {
      if (axis < first) return size;
      const wanted = fitsRank ? reference?.[axis] : undefined;
      const offset = offsets.length === 1 ? offsets[0] : offsets[axis - first];
      checks.atLeast(size, add(wanted, offset), () => ({
        code: 'empty-output',
        reason: 'crop-too-large',
        axis: axis - input.length,
        input: size,
        output: subtract(subtract(size, offset), wanted),
      }));
      return wanted;
    });
    return checks.answer([output]);
  },
};

const interp: Operator = {
  name: 'Interp',
  origin: 'Caffe',
  summary: "Resizes images so that corner cells stay corners: n cells become (n - 1)f + 1. A layer of DeepLab's Caffe.",
  parameters: [
    { name: 'zoom_factor', type: 'integer', default: 1, doc: 'f: by how much the distance between cells grows.', legal: 'at least 1' },
    { name: 'shrink_factor', type: 'integer', default: 1, doc: 'By how much the distance shrinks, before it grows.', legal: 'at least 1' },
    { name: 'pad_beg', type: 'integer', default: 0, doc: 'Cells cut off in front, as a negative number.', legal: 'at most 0' },
    { name: 'pad_end', type: 'integer', default: 0, doc: 'Cells cut off at the end, as a negative number.', legal: 'at most 0' },
  ],
  inputs: { minimum: 1, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const [input, reference] = inputs;
    if (input === undefined) return checks.answer([undefined]);
    const padding = add(dimension(from, 'pad_beg'), dimension(from, 'pad_end'));
    const [zoom, shrink] = [dimension(from, 'zoom_factor'), dimension(from, 'shrink_factor')];
    const output = input.map((size, axis) => {
      if (axis < 2) return size;
      if (inputs.length > 1) return reference?.[axis];
      const apart = shrink === 0 ? undefined : floorDivide(subtract(add(size, padding), 1), shrink);
      return add(multiply(apart, zoom), 1);
    });
    output.slice(2).forEach((size, at) => {
      const axis = at + 2 - input.length;
      checks.atLeast(size, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis, input: input[at + 2], output: size }));
    });
    return checks.answer([output]);
  },
};

export const caffeGeometries: readonly Operator[] = [crop, interp];
