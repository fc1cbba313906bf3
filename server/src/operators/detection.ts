// Operators of detectors: boxes of SSD, and pools over regions as torchvision.ops has them.
import { multiply, product } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { float, isList, type ArgumentValue } from '../network/argument.ts';
import { boolean, dimension, toNumber } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';
import { checkRank } from './same-shape.ts';
import { readAxes } from './window-arguments.ts';

const SPATIAL_SCALE: Parameter = {
  name: 'spatial_scale',
  type: 'number',
  default: float(1),
  doc: 'What the coordinates of the regions are multiplied by: one over the stride of the map.',
};
const OUTPUT_SIZE: Parameter = {
  name: 'output_size',
  type: 'integers',
  doc: 'Height and width of what comes out of each region; one number for a square.',
  legal: 'at least 1',
};

const numbers = (name: string, doc: string): Parameter => ({ name, type: 'numbers', default: [], doc });

const priorBox: Operator = {
  name: 'PriorBox',
  summary: 'The boxes that SSD starts from, with their variances: some for each cell of the first tensor, on an image like the second.',
  parameters: [
    { name: 'min_sizes', type: 'numbers', doc: 'Sides of small squares, each of which has boxes of every aspect ratio.' },
    numbers('max_sizes', 'Sides of large squares, one for each small one, which give one more box each.'),
    numbers('aspect_ratios', 'Widths over heights besides 1, which is always one; one that is there already counts for nothing.'),
    { name: 'flip', type: 'boolean', default: true, doc: 'Whether one over each aspect ratio counts as well.' },
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
  const [small, large, written] = ['min_sizes', 'max_sizes', 'aspect_ratios'].map((name) => listOf(from.get(name)));
  if (small === undefined || large === undefined || written === undefined) return undefined;
  const ratios = [1];
  const flip = boolean(from, 'flip');
  for (const part of written) {
    const ratio = toNumber(part);
    if (ratio === undefined || flip === undefined) return undefined;
    // As near as Caffe's floats are.
    if (ratios.some((other) => Math.abs(other - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (flip) ratios.push(1 / ratio);
  }
  return ratios.length * small.length + large.length;
}

function listOf(value: ArgumentValue | undefined): readonly ArgumentValue[] | undefined {
  if (isList(value)) return value;
  return toNumber(value) === undefined || value === undefined ? undefined : [value];
}

/** One result for each region: [K, channels, height, width]. */
function regionPool(
  name: string,
  summary: string,
  more: readonly Parameter[],
  channels: (from: Arguments, features: Shape) => Dimension,
): Operator {
  return {
    name,
    summary,
    parameters: [OUTPUT_SIZE, SPATIAL_SCALE, ...more],
    inputs: { minimum: 2, maximum: 2 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [features, regions] }) => {
      const checks = new Checks();
      const fits = checkRank(checks, features, 4, 4, '4 axes');
      return checks.answer([[regions?.[0], fits ? channels(from, features) : undefined, ...readAxes(from, 'output_size', 2)]]);
    },
  };
}

export const detections: readonly Operator[] = [
  priorBox,
  regionPool('RoIPool', 'Gives the largest values of each region of a map, divided into a grid.', [], (_, features) => features?.[1]),
  regionPool('RoIAlign', 'Gives values of each region of a map on a grid, interpolated.', [], (_, features) => features?.[1]),
  regionPool(
    'PSRoIPool',
    'As RoIPool, but each cell of the grid looks at channels of its own.',
    [{ name: 'output_dim', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' }],
    (from) => dimension(from, 'output_dim'),
  ),
];
