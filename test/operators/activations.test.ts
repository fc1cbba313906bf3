// Activations, dropout and functions of one tensor: what PyTorch answers for calls that people write.
import { describe, expect, it } from 'vitest';
import { activations } from '../../server/src/operators/activations.ts';
import { dropouts } from '../../server/src/operators/dropout.ts';
import { unaries } from '../../server/src/operators/unary.ts';
import { apply } from './apply.ts';

const written: Readonly<Record<string, string>> = { Threshold: '0.1, 20', StochasticDepth: '0.2, "row"' };

describe('the shape stays and nothing is learnt', () => {
  it.each([...activations, ...dropouts, ...unaries].map(({ name }) => name))('%s', (name) => {
    const answer = apply(`${name}(${written[name] ?? ''})`, '[N, 3, H]');
    expect(answer).toEqual({ shapes: '[N, 3, H]', fault: '', conditions: [], parameters: '0', macs: '0' });
  });
});

describe('activations with arguments of their own', () => {
  it.each([
    ['GELU(approximate="tanh")', '[N]', '[N]', '', '0'],
    ['Hardtanh(-2, 2.5)', '[N]', '[N]', '', '0'],
    ['PReLU()', '[N, 64, H]', '[N, 64, H]', '', '1'],
    ['PReLU(64)', '[N, 64, H]', '[N, 64, H]', '', '64'],
    ['PReLU(_)', '[N, 64, H]', '[N, 64, H]', '', '64'],
    ['PReLU(32)', '[N, 64, H]', '[N, ?, H]', 'channel-mismatch channels-mismatch', '32'],
    ['Softmax(dim=1)', '[N, 10]', '[N, 10]', '', '0'],
    ['LogSoftmax(-1)', '[N, 10]', '[N, 10]', '', '0'],
    ['Softmax(2)', '[N, 10]', '[N, 10]', 'argument-range dim-out-of-range', '0'],
    ['Softmax2d()', '[N, 3, 4, 5]', '[N, 3, 4, 5]', '', '0'],
    ['Softmax2d()', '[N, 3]', '[...]', 'rank-mismatch bad-rank', '0'],
    ['GLU()', '[N, 4, 6]', '[N, 4, 3]', '', '0'],
    ['GLU(dim=1)', '[N, 2*C, H]', '[N, C, H]', '', '0'],
    ['GLU(1)', '[N, 5, H]', '[N, ?, H]', 'reshape-mismatch not-divisible', '0'],
    ['GELU("fast")', '[N]', '[N]', 'argument-range not-a-choice', '0'],
    ['Hardtanh(1, -1)', '[N]', '[N]', 'argument-range out-of-range', '0'],
    ['Dropout(1.5)', '[N]', '[N]', 'argument-range out-of-range', '0'],
    ['Dropout2d()', '[N]', '[...]', 'rank-mismatch bad-rank', '0'],
  ])('%s on %s gives %s', (call, shape, shapes, fault, parameters) => {
    expect(apply(call, shape)).toMatchObject({ shapes, fault, parameters });
  });
});
