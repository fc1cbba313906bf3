// One step of a recurrent cell, for one sample: PyTorch's formulas, with its order of the gates.
import { sigmoid } from './special-functions.ts';

/** What a cell remembers: h, and c of an LSTM. */
export interface CellState {
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
}

/**
 * The products of the input and of the last h with their weights and biases, all gates one behind the other. `multiply` is the product of
 * another h with the weights and the bias of one gate.
 */
export type Cell = (
  fromInput: Float32Array,
  fromHidden: Float32Array,
  state: CellState,
  multiply: (hidden: Float32Array, gate: number) => Float32Array,
) => CellState;

export function plainCell(activation: (x: number) => number): Cell {
  return (fromInput, fromHidden, { cell }) => ({ hidden: fromInput.map((value, at) => activation(value + (fromHidden[at] ?? 0))), cell });
}

/** r, z, n: reset, update, new. */
export const gatedCell: Cell = (fromInput, fromHidden, { hidden, cell }) => {
  const size = hidden.length;
  const next = hidden.map((last, at) => {
    const input = (gate: number) => fromInput[gate * size + at] ?? 0;
    const state = (gate: number) => fromHidden[gate * size + at] ?? 0;
    const update = sigmoid(input(1) + state(1));
    const candidate = Math.tanh(input(2) + sigmoid(input(0) + state(0)) * state(2));
    return (1 - update) * candidate + update * last;
  });
  return { hidden: next, cell };
};

/** As `gatedCell`, but the last h is reset before its product: Keras' GRU with reset_after=False (Cho et al., 2014, arXiv 1406.1078). */
export const resetFirstCell: Cell = (fromInput, fromHidden, { hidden, cell }, multiply) => {
  const size = hidden.length;
  const gate = (number: number, at: number) => sigmoid((fromInput[number * size + at] ?? 0) + (fromHidden[number * size + at] ?? 0));
  const fromReset = multiply(
    hidden.map((last, at) => gate(0, at) * last),
    2,
  );
  const next = hidden.map((last, at) => {
    const update = gate(1, at);
    return (1 - update) * Math.tanh((fromInput[2 * size + at] ?? 0) + (fromReset[at] ?? 0)) + update * last;
  });
  return { hidden: next, cell };
};

/** i, f, g, o: input, forget, candidate, output. */
export const memoryCell: Cell = (fromInput, fromHidden, { cell }) => {
  const size = cell.length;
  const gate = (number: number, at: number) => (fromInput[number * size + at] ?? 0) + (fromHidden[number * size + at] ?? 0);
  const next = cell.map((last, at) => sigmoid(gate(1, at)) * last + sigmoid(gate(0, at)) * Math.tanh(gate(2, at)));
  return { hidden: next.map((value, at) => sigmoid(gate(3, at)) * Math.tanh(value)), cell: next };
};
