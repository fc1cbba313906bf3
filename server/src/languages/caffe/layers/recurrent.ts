// RNN and LSTM over time: [T, N, ...] and the marks where sequences go on, to [T, N, outputs].
import { add, multiply, product } from '../../../dims/arithmetic.ts';
import { formatShape } from '../../../dims/format.ts';
import type { Dimension } from '../../../dims/size.ts';
import { isSize } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed } from '../fields.ts';
import { bottomName, reportUnlike } from './compared.ts';
import type { CaffeLayer, LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

/** With expose_hidden the last states are tops as well: [1, N, outputs] each; they are given as the last bottoms. */
const overTime =
  (states: number, weightsOf: (outputs: Dimension, inputs: Dimension) => Dimension): LayerRule =>
  (layer) => {
    const { inputs } = layer;
    const parameters = messageNamed(layer.message, 'recurrent_param');
    const outputs = integerNamed(parameters, 'num_output', layer.report, 1);
    if (outputs === undefined) reportMissing(layer, 'recurrent_param', 'num_output', 'It is the size of the state.');
    checkMarks(layer);
    const shape = inputs[0]?.shape;
    const size = isSize(outputs?.value) ? outputs.value : undefined;
    const isExposed = booleanNamed(parameters, 'expose_hidden')?.value === true;
    const state = isExposed && shape !== undefined ? [1, shape[1], size] : undefined;
    // A third bottom is the same at every step.
    const fixed = inputs.length > 2 + (isExposed ? states : 0) ? inputs[2] : undefined;
    const read = add(
      shape === undefined ? undefined : product(shape.slice(2)),
      fixed === undefined ? 0 : product(fixed.shape?.slice(1) ?? [undefined]),
    );
    const result = shape === undefined ? undefined : [shape[0], shape[1], size];
    const shapes = [result, ...Array.from({ length: states }, () => state)].slice(0, Math.max(layer.topCount, 1));
    return { kind: 'unsaid', shapes, parameters: weightsOf(size, read) };
  };

/** Four gates, each with weights for the input and the state, and a bias. */
const gates = (outputs: Dimension, inputs: Dimension) => multiply(multiply(outputs, 4), add(add(inputs, outputs), 1));

/** From the input and the state to the state, and from there to the output, each with a bias. */
const two = (outputs: Dimension, inputs: Dimension) => multiply(outputs, add(add(inputs, multiply(outputs, 2)), 2));

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

export const recurrent: Readonly<Record<string, LayerRule>> = { RNN: overTime(1, two), LSTM: overTime(2, gates) };
