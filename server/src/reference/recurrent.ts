// RNN, GRU and LSTM: sequences read step by step, in layers and directions.
import { boolean, integer, string } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel, KernelCall, KernelShapes, ParameterShape } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt, parameterOf, pieceOf, wholeOf } from './kernel-call.ts';
import { project } from './linear.ts';
import { gatedCell, memoryCell, plainCell, resetFirstCell, type Cell, type CellState } from './recurrent-cells.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

interface Kind {
  readonly operator: string;
  readonly gates: number;
  readonly cell: (from: Arguments) => Cell;
}

const KINDS: readonly Kind[] = [
  {
    operator: 'RNN',
    gates: 1,
    cell: (from) => plainCell(string(from, 'nonlinearity') === 'relu' ? (x) => Math.max(x, 0) : Math.tanh),
  },
  { operator: 'GRU', gates: 3, cell: (from) => (boolean(from, 'reset_after') === false ? resetFirstCell : gatedCell) },
  { operator: 'LSTM', gates: 4, cell: () => memoryCell },
];

export const recurrentKernels: readonly Kernel[] = KINDS.map((kind) => ({
  operator: kind.operator,
  parameters: (call) => parameters(kind, call),
  run: (call) => run(kind, call),
}));

interface Sizes {
  readonly layers: number;
  readonly directions: number;
  readonly hidden: number;
  /** What a cell hands on: proj_size where there is one. */
  readonly out: number;
}

function sizesOf(from: Arguments): Sizes {
  const hidden = wholeOf(from, 'hidden_size');
  const projection = integer(from, 'proj_size') ?? 0;
  const directions = boolean(from, 'bidirectional') === true ? 2 : 1;
  return { layers: wholeOf(from, 'num_layers'), directions, hidden, out: projection === 0 ? hidden : projection };
}

/** The end of the names of one layer's parameters. */
function suffix(layer: number, direction: number): string {
  return `_l${layer}${direction === 1 ? '_reverse' : ''}`;
}

function parameters({ gates }: Kind, call: KernelShapes): readonly ParameterShape[] {
  const { layers, directions, hidden, out } = sizesOf(call.arguments);
  const hasBias = boolean(call.arguments, 'bias') !== false;
  // Other frameworks have one bias for both products.
  const hasSecondBias = integer(call.arguments, 'bias_vectors') !== 1;
  const rows = gates * hidden;
  return Array.from({ length: layers * directions }, (_, at) => {
    const layer = Math.floor(at / directions);
    const end = suffix(layer, at % directions);
    const reads = layer === 0 ? (inputShapeAt(call).at(-1) ?? 0) : directions * out;
    const weight = (name: string, height: number, width: number): ParameterShape => ({
      name: `${name}${end}`,
      shape: [height, width],
      start: { fanIn: Math.max(width, 1) },
    });
    const bias = (name: string): ParameterShape => ({ name: `${name}${end}`, shape: [rows], start: 'zeros' });
    return [
      weight('weight_ih', rows, reads),
      weight('weight_hh', rows, out),
      ...(hasBias ? [bias('bias_ih')] : []),
      ...(hasBias && hasSecondBias ? [bias('bias_hh')] : []),
      ...(out === hidden ? [] : [weight('weight_hr', out, hidden)]),
    ];
  }).flat();
}

function run(kind: Kind, call: KernelCall): readonly TensorData[] {
  const { layers, directions, hidden, out } = sizesOf(call.arguments);
  const input = inputAt(call);
  const isBatchFirst = input.shape.length === 3 && boolean(call.arguments, 'batch_first') === true;
  const [first = 1, second = 1] = input.shape;
  const [times, batch] = input.shape.length === 2 ? [first, 1] : isBatchFirst ? [second, first] : [first, second];
  /** The number of a sample's step in the order of the input. */
  const rowOf = (time: number, sample: number) => (isBatchFirst ? sample * times + time : time * batch + sample);
  const lastHidden = startOf(call, 1, layers * directions * batch * out);
  const lastCell = startOf(call, 2, layers * directions * batch * hidden);
  let read = input.data;
  for (let layer = 0; layer < layers; layer++) {
    const width = directions * out;
    const written = new Float32Array(times * batch * width);
    for (let direction = 0; direction < directions; direction++) {
      const step = stepOf(kind, call, suffix(layer, direction), read.length / (times * batch));
      for (let sample = 0; sample < batch; sample++) {
        const at = (layer * directions + direction) * batch + sample;
        const progress = pieceOf(call.progress, at / (layers * directions * batch), (at + 1) / (layers * directions * batch));
        let state: CellState = {
          hidden: lastHidden.slice(at * out, (at + 1) * out),
          cell: lastCell.slice(at * hidden, (at + 1) * hidden),
        };
        for (let count = 0; count < times; count++) {
          const row = rowOf(direction === 1 ? times - 1 - count : count, sample);
          state = step(read, row, state);
          written.set(state.hidden, row * width + direction * out);
          progress?.((count + 1) / times);
        }
        lastHidden.set(state.hidden, at * out);
        lastCell.set(state.cell, at * hidden);
      }
    }
    read = written;
  }
  return [read, lastHidden, lastCell].slice(0, call.outputShapes.length).map((data, at) => ({ shape: outputShapeAt(call, at), data }));
}

/** The state that is handed in, or zeros. */
function startOf(call: KernelCall, at: number, count: number): Float32Array {
  const given = call.inputs[at];
  return given === undefined ? new Float32Array(count) : given.data.slice(0, elementCount(given.shape));
}

/** One step of a layer in one direction; `read` has rows of `width` numbers. */
function stepOf({ cell, operator }: Kind, call: KernelCall, end: string, width: number) {
  const next = cell(call.arguments);
  const [inputWeight, hiddenWeight] = [parameterOf(call, `weight_ih${end}`), parameterOf(call, `weight_hh${end}`)];
  const [inputBias, hiddenBias] = [call.parameters.get(`bias_ih${end}`)?.data, call.parameters.get(`bias_hh${end}`)?.data];
  const projection = operator === 'LSTM' ? call.parameters.get(`weight_hr${end}`)?.data : undefined;
  const multiply = (state: Float32Array, gate: number) => {
    const [first, last] = [gate * state.length, (gate + 1) * state.length];
    const rows = hiddenWeight.subarray(first * state.length, last * state.length);
    return project(state, 1, state.length, rows, hiddenBias?.subarray(first, last));
  };
  return (read: Float32Array, row: number, state: CellState): CellState => {
    const fromInput = project(read.subarray(row * width, (row + 1) * width), 1, width, inputWeight, inputBias);
    const fromHidden = project(state.hidden, 1, state.hidden.length, hiddenWeight, hiddenBias);
    const after = next(fromInput, fromHidden, state, multiply);
    if (projection === undefined) return after;
    return { hidden: project(after.hidden, 1, after.hidden.length, projection), cell: after.cell };
  };
}
