// Sections that remember: [rnn], [gru], [lstm], [crnn], [conv_lstm] and [history].
import type { Tensor } from '../../../network/network.ts';
import { activate, flatten, linear, normalize, only, paddingOf } from './convolution.ts';
import type { LayerReader, Lowered, Written } from './reader.ts';

/** Three layers: from the input to the state, from the state to itself, and from there to the output. */
export function rnn(reader: LayerReader): Lowered {
  // pjreddie's state is as large as the output.
  const hidden = reader.dialect === 'pjreddie' ? reader.integer('output', 1) : reader.integer('hidden', 1);
  const state = linear(reader, linear(reader, flatten(reader), [hidden, 'hidden']), [hidden, 'hidden']);
  return only(activate(reader, linear(reader, state, [reader.integer('output', 1), 'output']), 'logistic'));
}

/** A gate takes the input and the state before: each of `gates` has two layers. */
export function gated(gates: number): (reader: LayerReader) => Lowered {
  return (reader) => {
    const features = reader.integer('output', 1);
    const input = flatten(reader);
    let output = input;
    for (let gate = 0; gate < gates; gate++) output = linear(reader, linear(reader, input, [features, 'output']), [features, 'output']);
    return only(output);
  };
}

/** Three convolutions that keep height and width: to the state, from the state to itself, and to the output. */
export function crnn(reader: LayerReader): Lowered {
  const isPjreddie = reader.dialect === 'pjreddie';
  const [hidden, output] = isPjreddie ? (['hidden_filters', 'output_filters'] as const) : (['hidden', 'output'] as const);
  const hasNorm = reader.integer('batch_normalize', 0) !== 0;
  const isAlexey = reader.dialect === 'AlexeyAB';
  const size = isAlexey ? reader.integer('size', 3) : 3;
  const step = (input: Tensor, key: string): Tensor => {
    const convolved = reader.apply(
      'Conv2d',
      {
        in_channels: [{ kind: 'infer' }],
        out_channels: [reader.integer(key, 1), key],
        kernel_size: [size, 'size'],
        padding: isAlexey ? paddingOf(reader, size) : [1],
        bias: [!hasNorm],
      },
      [input],
    );
    return hasNorm ? normalize(reader, convolved) : convolved;
  };
  return only(activate(reader, step(step(step(reader.input, hidden), hidden), output), 'logistic'));
}

/** For each of four gates a convolution of the input and one of the state; `peephole` looks at the memory with three more. */
export function convLstm(reader: LayerReader): Lowered {
  const filters: Written = [reader.integer('output', 1), 'output'];
  const hasNorm = reader.integer('batch_normalize', 0) !== 0;
  const size = reader.integer('size', 3);
  const [padding, key] = paddingOf(reader, size);
  const dilation = size === 1 ? 1 : reader.integer('dilation', 1);
  const step = (input: Tensor): Tensor => {
    const convolved = reader.apply(
      'Conv2d',
      {
        in_channels: [{ kind: 'infer' }],
        out_channels: filters,
        kernel_size: [size, 'size'],
        stride: [reader.integer('stride', 1), 'stride'],
        padding: [typeof padding === 'number' ? padding * dilation : padding, key],
        dilation: [dilation, 'dilation'],
        groups: [reader.integer('groups', 1), 'groups'],
        bias: [!hasNorm],
      },
      [input],
    );
    return hasNorm ? normalize(reader, convolved) : convolved;
  };
  const sum = (parts: readonly Tensor[]): Tensor =>
    parts.slice(1).reduce((left, right) => reader.apply('Add', {}, [left, right]), parts[0] ?? reader.input);
  const ofInput = sum(Array.from({ length: GATES }, () => step(reader.input)));
  const isNarrow = reader.integer('bottleneck', 0) !== 0;
  const state = isNarrow ? reader.apply('Cat', { dim: [1] }, [ofInput, ofInput]) : ofInput;
  const ofState = Array.from({ length: isNarrow ? 1 : GATES }, () => step(state));
  const ofMemory = Array.from({ length: reader.integer('peephole', 0) === 0 ? 0 : GATES - 1 }, () => step(ofInput));
  return only(reader.apply('Tanh', {}, [sum([ofInput, ...ofState, ...ofMemory])]));
}

const GATES = 4;

/** The inputs of the last steps, one behind the other. */
export function history(reader: LayerReader): Lowered {
  const count = Math.max(reader.integer('history_size', 4), 1);
  return only(reader.apply('Repeat', { repeats: [[1, count, 1, 1], 'history_size'] }));
}
