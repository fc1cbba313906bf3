// RNN and LSTM over time: [T, N, ...] and the marks where sequences go on, to [T, N, outputs].
import { isSize } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed } from '../fields.ts';
import { tensors, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

/** With expose_hidden the last states are tops as well: [1, N, outputs] each. */
const overTime: LayerRule = (layer) => {
  const parameters = messageNamed(layer.message, 'recurrent_param');
  const outputs = integerNamed(parameters, 'num_output', layer.report, 1);
  if (outputs === undefined) reportMissing(layer, 'recurrent_param', 'num_output', 'It is the size of the state.');
  const shape = layer.inputs[0]?.shape;
  const size = isSize(outputs?.value) ? outputs.value : undefined;
  const isExposed = booleanNamed(parameters, 'expose_hidden')?.value === true;
  const state = isExposed && shape !== undefined ? [1, shape[1], size] : undefined;
  return tensors(shape === undefined ? undefined : [shape[0], shape[1], size], state, state);
};

export const recurrent: Readonly<Record<string, LayerRule>> = { RNN: overTime, LSTM: overTime };
