// Operators of detectors: pools over regions as torchvision.ops has them.
import type { Dimension, Shape } from '../dims/size.ts';
import { float } from '../network/argument.ts';
import { dimension } from './call.ts';
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
  regionPool('RoIPool', 'Gives the largest values of each region of a map, divided into a grid.', [], (_, features) => features?.[1]),
  regionPool('RoIAlign', 'Gives values of each region of a map on a grid, interpolated.', [], (_, features) => features?.[1]),
  regionPool(
    'PSRoIPool',
    'As RoIPool, but each cell of the grid looks at channels of its own.',
    [{ name: 'output_dim', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' }],
    (from) => dimension(from, 'output_dim'),
  ),
];
