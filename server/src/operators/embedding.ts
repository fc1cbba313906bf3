// Embedding: a learnt vector for each index.
import { add, multiply } from '../dims/arithmetic.ts';
import { float } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

export const embedding: Operator = {
  name: 'Embedding',
  summary: 'Puts a learnt vector for each index; a look-up, without multiply-accumulates.',
  parameters: [
    { name: 'num_embeddings', type: 'integer', doc: 'How many indices there are.', legal: 'at least 0' },
    { name: 'embedding_dim', type: 'integer', doc: 'Size of each vector, the last axis of the output.', legal: 'at least 0' },
    {
      name: 'padding_idx',
      type: 'integer',
      default: null,
      nullable: true,
      doc: 'The index whose vector is not learnt.',
      legal: 'within num_embeddings',
    },
    { name: 'max_norm', type: 'number', default: null, nullable: true, doc: 'Vectors that are longer are shortened to it.' },
    { name: 'norm_type', type: 'number', default: float(2), doc: 'The degree of the norm for max_norm.' },
    { name: 'scale_grad_by_freq', type: 'boolean', default: false, doc: 'Whether gradients are divided by how often an index occurs.' },
    { name: 'sparse', type: 'boolean', default: false, doc: 'Whether gradients are sparse.' },
  ],
  meanings: [
    { name: 'bias', type: 'boolean', default: false, doc: "Whether a vector is learnt that is added to each, as in Caffe's Embed." },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'num_embeddings', 0, 'negative-size');
    const isSize = checkLeast(checks, from, 'embedding_dim', 0, 'negative-size');
    const [count, padding] = [integer(from, 'num_embeddings'), integer(from, 'padding_idx')];
    if (count !== undefined && padding !== undefined) {
      const value = padding;
      checks.holds(value < count && value >= -count, () => ({
        code: 'argument-range',
        reason: 'out-of-range',
        argument: 'padding_idx',
        value,
        legal: `between ${-count} and ${count - 1}`,
      }));
    }
    if (input === undefined) return checks.answer([undefined]);
    return checks.answer([[...input, isSize ? dimension(from, 'embedding_dim') : undefined]]);
  },
  cost: ({ arguments: from }) => {
    const size = dimension(from, 'embedding_dim');
    const vectors = multiply(dimension(from, 'num_embeddings'), size);
    return { parameters: boolean(from, 'bias') === true ? add(vectors, size) : vectors, macs: 0 };
  },
};
