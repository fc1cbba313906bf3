// LocallyConnected2d: a convolution with kernels of their own at every cell of the output, as in Darknet's [local].
import { add, multiply, product } from '../dims/arithmetic.ts';
import { convolutionSize, isLegal } from './axis-size.ts';
import { boolean, dimension } from './call.ts';
import { BIAS, checkChannels, IN_CHANNELS } from './channels.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';
import { checkMinimum, checkRank, readAxes, windowParameters } from './window-arguments.ts';
import { readGeometry } from './window-geometry.ts';

const { kernel, stride } = windowParameters(2);

export const locallyConnected: Operator = {
  name: 'LocallyConnected2d',
  summary: 'A convolution whose kernels differ from cell to cell of the output.',
  parameters: [
    IN_CHANNELS,
    { name: 'out_channels', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' },
    kernel,
    stride,
    { name: 'padding', type: 'padding', default: 0, doc: 'Cells added at both ends of each axis.', legal: 'at least 0' },
    BIAS,
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
    checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
    checkMinimum(checks, from, 'padding', 0, 'negative-padding');
    if (!checkRank(checks, input, [4], '4 axes') || input === undefined) return checks.answer([undefined]);
    checkChannels(checks, from, input, 1);
    const sizes = readGeometry({ get: (name) => (name === 'dilation' ? 1 : from.get(name)) }, 2).map((axis, at) => {
      const before = input[at + 2];
      const size = isLegal(axis) ? convolutionSize(before, axis) : undefined;
      const fits = checks.atLeast(size, 1, () => ({
        code: 'empty-output',
        reason: 'output-too-small',
        axis: at - 2,
        input: before,
        output: size,
      }));
      return fits ? size : undefined;
    });
    return checks.answer([[input[0], dimension(from, 'out_channels'), ...sizes]]);
  },
  cost: ({ arguments: from, inputs: [input] }, [output]) => {
    const perCell = multiply(input?.[1], product(readAxes(from, 'kernel_size', 2)));
    const cells = output === undefined ? undefined : product(output.slice(1));
    const weights = multiply(cells, perCell);
    return {
      parameters: boolean(from, 'bias') === false ? weights : add(weights, cells),
      macs: output === undefined ? undefined : multiply(product(output), perCell),
    };
  },
};
