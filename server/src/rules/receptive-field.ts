// receptive-field: an output whose cells never see the whole input. Off unless it is asked for.
import { substitute } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { receptiveFields } from '../inference/receptive-field.ts';
import type { NetworkRule } from './network-rule.ts';
import { axisName } from './words.ts';

export const receptiveField: NetworkRule = {
  code: 'receptive-field',
  severity: 'information',
  level: 'off',
  summary: 'An output whose cells never see the whole input.',
  needsWhole: true,
  check: (network) => {
    const fields = receptiveFields(network);
    const samples = new Map<string, Dimension>(
      network.symbols.flatMap(({ name, sample }) => (sample === undefined ? [] : [[name, sample] as const])),
    );
    return network.outputs.flatMap(({ name, tensor }) => {
      const seen = tensor.producer === undefined ? undefined : fields.get(tensor.producer);
      const input = network.inputs.find(({ shape }) => shape?.length === tensor.shape?.length)?.shape;
      if (seen === undefined || input === undefined) return [];
      const narrow = seen.flatMap(({ size }, at) => {
        const axis = at - seen.length;
        const whole = substitute(input[input.length + axis], samples);
        return typeof whole === 'number' && size < whole ? [`${size} of ${whole} cells (${axisName(input.length, axis)})`] : [];
      });
      if (narrow.length === 0) return [];
      const message = `A cell of \`${name}\` sees ${narrow.join(' and ')} of the input.\nWhat lies further away has no part in it. Strides, dilation, larger kernels or more layers widen the view; a pool over everything sees it all.`;
      return [{ message, range: tensor.producer?.source.nameRange ?? tensor.range, related: [] }];
    });
  },
};
