// RNN and LSTM over time: [T, N, ...] and the marks where sequences go on, to [T, N, outputs].
import { formatShape } from '../../../dims/format.ts';
import { isSize } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed } from '../fields.ts';
import { bottomName, reportUnlike } from './compared.ts';
import { tensors, type CaffeLayer, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

/** With expose_hidden the last states are tops as well: [1, N, outputs] each. */
const overTime: LayerRule = (layer) => {
  const parameters = messageNamed(layer.message, 'recurrent_param');
  const outputs = integerNamed(parameters, 'num_output', layer.report, 1);
  if (outputs === undefined) reportMissing(layer, 'recurrent_param', 'num_output', 'It is the size of the state.');
  checkMarks(layer);
  const shape = layer.inputs[0]?.shape;
  const size = isSize(outputs?.value) ? outputs.value : undefined;
  const isExposed = booleanNamed(parameters, 'expose_hidden')?.value === true;
  const state = isExposed && shape !== undefined ? [1, shape[1], size] : undefined;
  return tensors(shape === undefined ? undefined : [shape[0], shape[1], size], state, state);
};

/** Steps and sequences come first, and the marks have one number for each. */
function checkMarks(layer: CaffeLayer): void {
  const [values, marks] = layer.inputs.map(({ shape }) => shape);
  if (values === undefined || marks === undefined) return;
  const fits = (axis: number) => {
    const [one, other] = [values[axis], marks[axis]];
    return typeof one !== 'number' || typeof other !== 'number' || one === other;
  };
  if (values.length >= 2 && marks.length === 2 && fits(0) && fits(1)) return;
  const [one, other] = [bottomName(layer, 0), bottomName(layer, 1)];
  const message = `${layer.type.name} takes [steps, sequences, ...] and a mark for each step of each sequence, but \`${one}\` is ${formatShape(values)} and \`${other}\` is ${formatShape(marks)}.\nThe marks, 0 where a sequence begins, have two axes: the first two of \`${one}\`.`;
  reportUnlike(layer, values.length < 2 ? 0 : 1, message);
}

export const recurrent: Readonly<Record<string, LayerRule>> = { RNN: overTime, LSTM: overTime };
