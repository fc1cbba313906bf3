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

/** A gate takes the input and the state before: each of `gates` has two layers. What comes out went through a tanh. */
export function gated(gates: number): (reader: LayerReader) => Lowered {
  return (reader) => {
    const features = reader.integer('output', 1);
    const input = flatten(reader);
    let output = input;
    for (let gate = 0; gate < gates; gate++) output = linear(reader, linear(reader, input, [features, 'output']), [features, 'output']);
    return only(reader.apply('Tanh', {}, [output]));
  };
}

/** One of the convolutions of a layer that remembers; pjreddie's keep height and width. */
function step(reader: LayerReader, input: Tensor, filters: Written): Tensor {
  const isAlexey = reader.dialect === 'AlexeyAB';
  const hasNorm = reader.integer('batch_normalize', 0) !== 0;
  const size = isAlexey ? reader.integer('size', 3) : 3;
  const dilation = isAlexey && size !== 1 ? reader.integer('dilation', 1) : 1;
  const [padding, key] = isAlexey ? paddingOf(reader, size) : [1, 'pad'];
  const written: Readonly<Record<string, Written>> = {
    in_channels: [{ kind: 'infer' }],
    out_channels: filters,
    kernel_size: [size, 'size'],
    stride: [isAlexey ? reader.integer('stride', 1) : 1, 'stride'],
    padding: [padding * dilation, key],
    dilation: [dilation, 'dilation'],
    groups: [isAlexey ? reader.integer('groups', 1) : 1, 'groups'],
    bias: [!hasNorm],
  };
  const convolved = reader.apply('Conv2d', written, [input]);
  return hasNorm ? normalize(reader, convolved) : convolved;
}

/** Three convolutions: to the state, from the state to itself, and to the output. */
export function crnn(reader: LayerReader): Lowered {
  const keys = reader.dialect === 'pjreddie' ? ['hidden_filters', 'hidden_filters', 'output_filters'] : ['hidden', 'hidden', 'output'];
  const output = keys.reduce((input, key) => step(reader, input, [reader.integer(key, 1), key]), reader.input);
  return only(activate(reader, output, 'logistic'));
}

/** For each of four gates a convolution of the input and one of the state; `peephole` looks at the memory with three more. */
export function convLstm(reader: LayerReader): Lowered {
  const filters: Written = [reader.integer('output', 1), 'output'];
  const sum = (parts: readonly Tensor[]): Tensor =>
    parts.slice(1).reduce((left, right) => reader.apply('Add', {}, [left, right]), parts[0] ?? reader.input);
  const ofInput = sum(Array.from({ length: GATES }, () => step(reader, reader.input, filters)));
  const isNarrow = reader.integer('bottleneck', 0) !== 0;
  const state = isNarrow ? reader.apply('Cat', { dim: [1] }, [ofInput, ofInput]) : ofInput;
  const ofState = Array.from({ length: isNarrow ? 1 : GATES }, () => step(reader, state, filters));
  const ofMemory = Array.from({ length: reader.integer('peephole', 0) === 0 ? 0 : GATES - 1 }, () => step(reader, ofInput, filters));
  return only(reader.apply('Tanh', {}, [sum([ofInput, ...ofState, ...ofMemory])]));
}

const GATES = 4;

/** The inputs of the last steps, one behind the other. */
export function history(reader: LayerReader): Lowered {
  const count = Math.max(reader.integer('history_size', 4), 1);
  return only(reader.apply('Repeat', { repeats: [[1, count, 1, 1], 'history_size'] }));
}
