// PriorBox, SSD's layer: the boxes that it starts from, some for each cell of a map.
import { multiply, product } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { float, isList, type ArgumentValue } from '../network/argument.ts';
import { boolean, toNumber } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';
import { checkRank } from './same-shape.ts';

const numbers = (name: string, doc: string): Parameter => ({ name, type: 'numbers', default: [], doc });

export const priorBox: Operator = {
  name: 'PriorBox',
  origin: 'Caffe',
  summary: 'The boxes that SSD starts from, with their variances: some for each cell of the first tensor, on an image like the second.',
  parameters: [
    { name: 'min_sizes', type: 'numbers', doc: 'Sides of small squares, each of which has boxes of every aspect ratio.' },
    numbers('max_sizes', 'Sides of large squares, one for each small one, which give one more box each.'),
    numbers('aspect_ratios', 'Widths over heights besides 1, which is always one; one that is there already counts for nothing.'),
    { name: 'flip', type: 'boolean', default: true, doc: 'Whether one over each aspect ratio counts as well.' },
    { name: 'clip', type: 'boolean', default: false, doc: 'Whether boxes end at the border of the image.' },
    numbers('variance', 'One number for all or four for each box; without any 0.1.'),
    numbers('img_size', 'Height and width of the image, or one number for both; without any those of the second tensor.'),
    numbers(
      'step',
      'How far the cells are apart in the image, down and across, or one number for both; without any evenly over the image.',
    ),
    { name: 'offset', type: 'number', default: float(0.5), doc: 'Where in its cell the middle of a box lies.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [features] }) => {
    const checks = new Checks();
    const fits = checkRank(checks, features, 4, 4, '4 axes');
    const cells = features === undefined || !fits ? undefined : product(features.slice(2));
    return checks.answer([[1, 2, multiply(multiply(cells, boxesOf(from)), 4)]]);
  },
};

/** How many boxes each cell has. */
function boxesOf(from: Arguments): Dimension {
  const [small, large] = [listOf(from, 'min_sizes'), listOf(from, 'max_sizes')];
  const ratios = aspectRatios(from);
  return small === undefined || large === undefined || ratios === undefined ? undefined : ratios.length * small.length + large.length;
}

/** Widths over heights, 1 being the first; undefined where one is not known. */
export function aspectRatios(from: Arguments): readonly number[] | undefined {
  const written = listOf(from, 'aspect_ratios');
  const flip = boolean(from, 'flip');
  if (written === undefined) return undefined;
  const ratios = [1];
  for (const part of written) {
    const ratio = toNumber(part);
    if (ratio === undefined || flip === undefined) return undefined;
    // As near as Caffe's floats are.
    if (ratios.some((other) => Math.abs(other - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (flip) ratios.push(1 / ratio);
  }
  return ratios;
}

function listOf(from: Arguments, name: string): readonly ArgumentValue[] | undefined {
  const value = from.get(name);
  if (isList(value)) return value;
  return toNumber(value) === undefined || value === undefined ? undefined : [value];
}

/** The numbers that are written for a parameter, one by one. */
export function numbersOf(from: Arguments, name: string): readonly number[] {
  return (listOf(from, name) ?? []).map((part) => toNumber(part) ?? Number.NaN);
}
