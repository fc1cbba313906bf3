// RNN, GRU and LSTM: a sequence read step by step, in layers and, where asked for, in both directions.
import { add, multiply, product, subtract } from '../dims/arithmetic.ts';
import { isLess } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { float } from '../network/argument.ts';
import { checkLeast, checkProbability } from './argument-checks.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';
import { checkRank } from './same-shape.ts';

interface Kind {
  readonly name: 'RNN' | 'GRU' | 'LSTM';
  readonly summary: string;
  /** How many matrices of each kind a cell has. */
  readonly gates: number;
}

interface Sizes {
  readonly hidden: Dimension;
  readonly layers: Dimension;
  readonly directions: Dimension;
  /** What a cell hands on: proj_size where there is one, else hidden_size. */
  readonly out: Dimension;
  readonly projection: Dimension;
}

function parametersOf(name: Kind['name']): readonly Parameter[] {
  const nonlinearity: Parameter = {
    name: 'nonlinearity',
    type: 'string',
    default: 'tanh',
    choices: ['tanh', 'relu'],
    doc: 'The activation of each cell.',
  };
  const projection: Parameter = {
    name: 'proj_size',
    type: 'integer',
    default: 0,
    doc: 'Size to which the output of each cell is projected; 0 for none.',
    legal: 'at least 0 and below hidden_size',
  };
  return [
    {
      name: 'input_size',
      type: 'integer',
      inferable: true,
      doc: 'Size of the last axis of the input; `_` takes it from there.',
      legal: 'at least 0',
    },
    { name: 'hidden_size', type: 'integer', doc: 'Size of the state of each cell.', legal: 'at least 1' },
    { name: 'num_layers', type: 'integer', default: 1, doc: 'How many layers are stacked.', legal: 'at least 1' },
    ...(name === 'RNN' ? [nonlinearity] : []),
    { name: 'bias', type: 'boolean', default: true, doc: 'Whether the cells have biases, two for each gate.' },
    {
      name: 'batch_first',
      type: 'boolean',
      default: false,
      doc: 'Whether the batch is axis 0 and the time axis 1, and not the other way round.',
    },
    { name: 'dropout', type: 'number', default: float(0), doc: 'The chance of dropout between layers.', legal: 'between 0 and 1' },
    { name: 'bidirectional', type: 'boolean', default: false, doc: 'Whether the sequence is read backwards as well.' },
    ...(name === 'LSTM' ? [projection] : []),
  ];
}

const BIAS_VECTORS: Parameter = {
  name: 'bias_vectors',
  type: 'integer',
  default: 2,
  doc: 'How many biases each gate has: 2 in PyTorch, 1 in most cells of Keras.',
};

const RESET_AFTER: Parameter = {
  name: 'reset_after',
  type: 'boolean',
  default: true,
  doc: 'Whether the state is reset after it was multiplied with its weights, as in PyTorch, or before, as in the first GRU of Keras.',
};

function sizesOf(from: Arguments): Sizes {
  const hidden = dimension(from, 'hidden_size');
  const both = boolean(from, 'bidirectional');
  const written = from.get('proj_size');
  const projection = written === undefined ? 0 : dimension(from, 'proj_size');
  return {
    hidden,
    layers: integer(from, 'num_layers'),
    directions: both === undefined ? undefined : both ? 2 : 1,
    out: projection === 0 ? hidden : projection,
    projection,
  };
}

/** True where every size that an argument gives is in its range. */
function checkArguments(checks: Checks, from: Arguments): boolean {
  const input = checkLeast(checks, from, 'input_size', 0, 'negative-size');
  const hidden = checkLeast(checks, from, 'hidden_size', 1, 'non-positive-size');
  const layers = checkLeast(checks, from, 'num_layers', 1, 'non-positive-size');
  checkProbability(checks, from, 'dropout');
  const projection = checkLeast(checks, from, 'proj_size', 0, 'negative-size');
  const projected = dimension(from, 'proj_size');
  const below = checks.holds(projected === 0 ? true : isLess(projected, dimension(from, 'hidden_size')), () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: 'proj_size',
    value: projected ?? 0,
    legal: 'below hidden_size',
  }));
  return input && hidden && layers && projection && below;
}

/** Weights of all layers; `inputSize` is what the first one reads. */
function weights(kind: Kind, { hidden, layers, directions, out, projection }: Sizes, inputSize: Dimension): Dimension {
  const rows = multiply(kind.gates, hidden);
  const projected = multiply(projection, hidden);
  const cell = (reads: Dimension) => add(multiply(rows, add(reads, out)), projected);
  const later = multiply(subtract(layers, 1), cell(multiply(directions, out)));
  return multiply(directions, add(cell(inputSize), later));
}

function declare(kind: Kind): Operator {
  const hasCell = kind.name === 'LSTM';
  const outputs = hasCell ? ['output', 'h_n', 'c_n'] : ['output', 'h_n'];
  return {
    name: kind.name,
    summary: kind.summary,
    parameters: parametersOf(kind.name),
    meanings: kind.name === 'GRU' ? [BIAS_VECTORS, RESET_AFTER] : [BIAS_VECTORS],
    inputs: { minimum: 1, maximum: outputs.length },
    outputs,
    infer: ({ arguments: from, inputs }) => {
      const checks = new Checks();
      const [input] = inputs;
      const areSound = checkArguments(checks, from);
      const unknown = outputs.map(() => undefined);
      if (input === undefined || !checkRank(checks, input, 2, 3, '2 axes (unbatched) or 3')) return checks.answer(unknown);
      const axis = input.length - 1;
      const expected = dimension(from, 'input_size');
      const actual = input[axis];
      checks.equal(expected, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input: 0,
        axis,
        argument: 'input_size',
        expected,
        actual,
      }));
      const batchFirst = boolean(from, 'batch_first');
      const timeAxis = input.length === 3 && batchFirst === true ? 1 : 0;
      checks.holds(input[timeAxis] !== 0 || batchFirst === undefined, () => ({
        code: 'empty-output',
        reason: 'zero-dim-input',
        axis: timeAxis,
        input: 0,
        output: 0,
      }));
      const sizes = areSound ? sizesOf(from) : undefined;
      const batch = input.length === 2 ? [] : [batchFirst === undefined ? undefined : input[1 - timeAxis]];
      const stacked = multiply(sizes?.directions, sizes?.layers);
      const hidden: Shape = [stacked, ...batch, sizes?.out];
      const cell: Shape = [stacked, ...batch, sizes?.hidden];
      checkState(checks, inputs, 1, hidden, hasCell && sizes?.projection !== 0 ? 'proj_size' : 'hidden_size');
      if (hasCell) checkState(checks, inputs, 2, cell, 'hidden_size');
      const output: Shape = [...input.slice(0, -1), multiply(sizes?.directions, sizes?.out)];
      return checks.answer(hasCell ? [output, hidden, cell] : [output, hidden]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      const sizes = sizesOf(from);
      const inputSize = dimension(from, 'input_size') ?? input?.[input.length - 1];
      const products = weights(kind, sizes, inputSize);
      const biases =
        boolean(from, 'bias') === false
          ? 0
          : multiply(
              multiply((integer(from, BIAS_VECTORS.name) ?? 2) * kind.gates, sizes.hidden),
              multiply(sizes.directions, sizes.layers),
            );
      // Each weight is used once for each step of each sequence.
      const macs = input === undefined ? undefined : multiply(products, product(input.slice(0, -1)));
      return { parameters: add(products, biases), macs };
    },
  };
}

/** Checks the rank and the last axis of a state that is handed in. */
function checkState(checks: Checks, inputs: readonly Shape[], input: number, wanted: NonNullable<Shape>, argument: string): void {
  const state = inputs[input];
  if (state === undefined) return;
  const isWhole = checkRank(checks, state, wanted.length, wanted.length, `${wanted.length} axes for a state`, input);
  if (!isWhole) return;
  const axis = wanted.length - 1;
  const [expected, actual] = [wanted[axis], state[axis]];
  checks.equal(expected, actual, () => ({
    code: 'feature-mismatch',
    reason: 'features-mismatch',
    input,
    axis,
    argument,
    expected,
    actual,
  }));
}

export const recurrents: readonly Operator[] = [
  declare({ name: 'RNN', summary: 'A recurrent network with plain cells.', gates: 1 }),
  declare({ name: 'GRU', summary: 'A recurrent network with gated cells.', gates: 3 }),
  declare({ name: 'LSTM', summary: 'A recurrent network whose cells have a memory.', gates: 4 }),
];
