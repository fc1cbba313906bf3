// Attention: MultiheadAttention, TransformerEncoderLayer, ScaledDotProductAttention.
import { add, multiply, product, sum } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { float } from '../network/argument.ts';
import { checkLeast, checkProbability } from './argument-checks.ts';
import { broadcast, simpler } from './broadcast.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Cost, Operator, Parameter } from './operator.ts';
import { checkRank } from './same-shape.ts';

const batchFirst: Parameter = {
  name: 'batch_first',
  type: 'boolean',
  default: false,
  doc: 'Whether the batch is axis 0 and the sequence axis 1, and not the other way round.',
};

function embedDim(name: string): Parameter {
  return {
    name,
    type: 'integer',
    inferable: true,
    doc: 'Size of the last axis of the input; `_` takes it from there.',
    legal: 'a multiple of the number of heads',
  };
}

function dropout(name: string, chance: number): Parameter {
  return { name, type: 'number', default: float(chance), doc: 'The chance of dropout in training.', legal: 'between 0 and 1' };
}

function flag(name: string, value: boolean, doc: string): Parameter {
  return { name, type: 'boolean', default: value, doc };
}

/** Checks the sizes of an attention with heads: a width that the number of heads divides. */
function checkHeads(checks: Checks, from: Arguments, width: string, heads: string, actual: Dimension): void {
  checkLeast(checks, from, width, 1, 'non-positive-size');
  const isPositive = checkLeast(checks, from, heads, 1, 'non-positive-size');
  const groups = integer(from, heads);
  const value = dimension(from, width) ?? actual;
  if (!isPositive || groups === undefined) return;
  checks.divisible(value, groups, () => ({
    code: 'group-mismatch',
    reason: 'groups-not-divisor',
    argument: width,
    value,
    groups,
    divider: heads,
  }));
}

function last(shape: Shape): Dimension {
  return shape?.[shape.length - 1];
}

interface Streams {
  readonly query: Shape;
  readonly key: Shape;
  readonly value: Shape;
}

/** One input stands for all three: self-attention. */
function streamsOf([query, key, value]: readonly Shape[], count: number): Streams {
  return count === 1 ? { query, key: query, value: query } : { query, key, value };
}

function checkWidth(checks: Checks, shape: Shape, input: number, argument: string, expected: Dimension): void {
  if (shape === undefined) return;
  const axis = shape.length - 1;
  const actual = shape[axis];
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

/** One for each of the extra keys that an option adds. */
function extraKeys(from: Arguments): Dimension {
  const flags = [boolean(from, 'add_bias_kv'), boolean(from, 'add_zero_attn')];
  return sum(flags.map((isOn) => (isOn === undefined ? undefined : Number(isOn))));
}

const multiheadAttention: Operator = {
  name: 'MultiheadAttention',
  summary: 'Lets each place of a sequence look at all places, in several heads; one input is self-attention.',
  parameters: [
    embedDim('embed_dim'),
    { name: 'num_heads', type: 'integer', doc: 'Number of heads.', legal: 'at least 1, and a divisor of embed_dim' },
    dropout('dropout', 0),
    flag('bias', true, 'Whether the projections have biases.'),
    flag('add_bias_kv', false, 'Whether a learnt key and value are added to the sequence.'),
    flag('add_zero_attn', false, 'Whether a key and value of zeros are added to the sequence.'),
    { name: 'kdim', type: 'integer', default: null, nullable: true, doc: 'Size of the last axis of the key; None for embed_dim.' },
    { name: 'vdim', type: 'integer', default: null, nullable: true, doc: 'Size of the last axis of the value; None for embed_dim.' },
    batchFirst,
  ],
  inputs: { minimum: 1, maximum: 3 },
  outputs: ['output', 'weights'],
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checks.holds(inputs.length !== 2, () => ({
      code: 'input-count',
      reason: 'input-count',
      expected: '1 input (self-attention) or 3',
      actual: 2,
    }));
    const { query, key, value } = streamsOf(inputs, inputs.length);
    checkHeads(checks, from, 'embed_dim', 'num_heads', last(query));
    if (query === undefined || checks.fault?.code === 'input-count') return checks.answer([undefined, undefined]);
    const rank = query.length;
    const isQuery = checkRank(checks, query, 2, 3, '2 axes (unbatched) or 3');
    const areSame = [key, value].every((shape, at) => checkRank(checks, shape, rank, rank, `${rank} axes, as the query has`, at + 1));
    if (!isQuery || !areSame) return checks.answer([isQuery ? query.map(() => undefined) : undefined, undefined]);
    const width = dimension(from, 'embed_dim') ?? last(query);
    checkWidth(checks, query, 0, 'embed_dim', width);
    const own = (name: string) =>
      from.get(name) === null ? { argument: 'embed_dim', size: width } : { argument: name, size: dimension(from, name) };
    const [keys, values] = [own('kdim'), own('vdim')];
    const isFirst = boolean(from, 'batch_first');
    const [batchAxis, timeAxis] = rank === 2 ? [undefined, 0] : isFirst === true ? [0, 1] : [1, 0];
    const isLaidOut = rank === 2 || isFirst !== undefined;
    let batch = batchAxis === undefined ? undefined : query[batchAxis];
    if (inputs.length === 3) {
      checkWidth(checks, key, 1, keys.argument, keys.size);
      checkWidth(checks, value, 2, values.argument, values.size);
      const same = (left: Shape, right: Shape, input: number, axis: number) =>
        checks.equal(left?.[axis], right?.[axis], () => ({
          code: 'broadcast-mismatch',
          reason: 'not-broadcastable',
          input,
          axis: axis - rank,
          shapes: input === 2 ? [key, key, value] : inputs,
        }));
      if (isLaidOut) same(key, value, 2, timeAxis);
      if (batchAxis !== undefined && isLaidOut) {
        const fits = same(query, key, 1, batchAxis) && same(key, value, 2, batchAxis);
        batch = fits ? simpler(batch, key?.[batchAxis]) : undefined;
      }
    }
    const output = query.map((size, axis) => (axis === rank - 1 ? width : axis === batchAxis && isLaidOut ? batch : size));
    const seen = add(key?.[timeAxis], extraKeys(from));
    const pairs: Shape = [query[timeAxis], seen];
    const weights: Shape = !isLaidOut ? [undefined, undefined, undefined] : rank === 2 ? pairs : [batch, ...pairs];
    return checks.answer([output, weights]);
  },
  cost: ({ arguments: from, inputs }, [, weights]) => {
    const { query, key, value } = streamsOf(inputs, inputs.length);
    const width = dimension(from, 'embed_dim') ?? last(query);
    const own = (name: string) => (from.get(name) === null ? width : dimension(from, name));
    const projected = { query: width, key: own('kdim'), value: own('vdim') };
    const parameters = attentionParameters(from, width, [projected.query, projected.key, projected.value, width]);
    if (query === undefined || key === undefined || value === undefined || weights === undefined) return { parameters, macs: undefined };
    const rows = (shape: readonly Dimension[]) => product(shape.slice(0, -1));
    const macs = sum([
      multiply(rows(query), multiply(width, width)),
      multiply(rows(key), multiply(projected.key, width)),
      multiply(rows(value), multiply(projected.value, width)),
      // Queries times keys, and weights times values: together 2 * L * S * embed_dim over all heads.
      multiply(multiply(2, product(weights)), width),
      multiply(rows(query), multiply(width, width)),
    ]);
    return { parameters, macs };
  },
};

function attentionParameters(from: Arguments, width: Dimension, widths: readonly Dimension[]): Dimension {
  const matrices = sum(widths.map((each) => multiply(each, width)));
  const biases = boolean(from, 'bias') === false ? 0 : multiply(4, width);
  const extra = boolean(from, 'add_bias_kv') === true ? multiply(2, width) : 0;
  return sum([matrices, biases, extra]);
}

const transformerEncoderLayer: Operator = {
  name: 'TransformerEncoderLayer',
  summary: 'Self-attention and two linear layers, each with a norm and a residual join.',
  parameters: [
    embedDim('d_model'),
    { name: 'nhead', type: 'integer', doc: 'Number of heads.', legal: 'at least 1, and a divisor of d_model' },
    { name: 'dim_feedforward', type: 'integer', default: 2048, doc: 'Size between the two linear layers.', legal: 'at least 0' },
    dropout('dropout', 0.1),
    {
      name: 'activation',
      type: 'string',
      default: 'relu',
      choices: ['relu', 'gelu'],
      doc: 'The activation between the two linear layers.',
    },
    { name: 'layer_norm_eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    batchFirst,
    flag('norm_first', false, 'Whether the norms come before attention and linear layers.'),
    flag('bias', true, 'Whether linear layers and norms have biases.'),
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkHeads(checks, from, 'd_model', 'nhead', last(input));
    checkLeast(checks, from, 'dim_feedforward', 0, 'negative-size');
    checkProbability(checks, from, 'dropout');
    if (!checkRank(checks, input, 2, 3, '2 axes (unbatched) or 3')) return checks.answer([undefined]);
    checkWidth(checks, input, 0, 'd_model', dimension(from, 'd_model') ?? last(input));
    return checks.answer([input && [...input.slice(0, -1), dimension(from, 'd_model') ?? last(input)]]);
  },
  cost: ({ arguments: from, inputs: [input] }) => encoderCost(from, input),
};

function encoderCost(from: Arguments, input: Shape): Cost {
  const width = dimension(from, 'd_model') ?? last(input);
  const inner = dimension(from, 'dim_feedforward');
  const hasBias = boolean(from, 'bias') !== false;
  const linear = multiply(multiply(2, width), inner);
  const biases = hasBias ? add(width, inner) : 0;
  const norms = multiply(hasBias ? 4 : 2, width);
  const parameters = sum([attentionParameters(from, width, [width, width, width, width]), linear, biases, norms]);
  if (input === undefined) return { parameters, macs: undefined };
  const isFirst = input.length === 2 ? false : boolean(from, 'batch_first');
  const length = isFirst === undefined ? undefined : input[isFirst ? 1 : 0];
  const rows = product(input.slice(0, -1));
  const matrices = multiply(rows, add(multiply(4, multiply(width, width)), linear));
  return { parameters, macs: add(matrices, multiply(multiply(2, width), multiply(rows, length))) };
}

const scaledDotProductAttention: Operator = {
  name: 'ScaledDotProductAttention',
  summary: 'Attention without weights, as torch.nn.functional.scaled_dot_product_attention: query, key, value.',
  parameters: [
    dropout('dropout_p', 0),
    flag('is_causal', false, 'Whether each place sees only those before it.'),
    {
      name: 'scale',
      type: 'number',
      default: null,
      nullable: true,
      doc: 'The factor of the products; None for one over the root of the width.',
    },
  ],
  inputs: { minimum: 3, maximum: 3 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checkProbability(checks, from, 'dropout_p');
    const [query, key, value] = inputs;
    const areSound = inputs.every((shape, input) => checkRank(checks, shape, 2, Infinity, 'at least 2 axes', input));
    if (query === undefined || key === undefined || value === undefined || !areSound) return checks.answer([undefined]);
    const same = (left: NonNullable<Shape>, right: NonNullable<Shape>, input: number, axis: number) =>
      checks.equal(left[left.length + axis], right[right.length + axis], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input,
        axis,
        shapes: input === 2 ? [left, left, right] : [left, right],
      }));
    same(query, key, 1, -1);
    same(key, value, 2, -2);
    const batch = broadcast(checks, inputs, 2) ?? [];
    return checks.answer([[...batch, query[query.length - 2], last(value)]]);
  },
  cost: ({ inputs: [query, key] }, [output]) => {
    if (query === undefined || key === undefined || output === undefined) return { parameters: 0, macs: undefined };
    const pairs = multiply(product(output.slice(0, -1)), key[key.length - 2]);
    return { parameters: 0, macs: multiply(pairs, add(last(query), last(output))) };
  },
};

export const attentions: readonly Operator[] = [multiheadAttention, transformerEncoderLayer, scaledDotProductAttention];
