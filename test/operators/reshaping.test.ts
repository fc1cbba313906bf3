// Operators that change or move axes: what PyTorch answers for calls that people write.
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';

describe('legal', () => {
  it.each([
    ['View(-1, 16 * 5 * 5)', '[4, 16, 5, 5]', '[4, 400]'],
    ['View(-1, 784)', '[N, 1, 28, 28]', '[N, 784]'],
    ['View((N, -1))', '[N, 3, H, W]', '[N, 3*H*W]'],
    ['Reshape(N, 8, 8, -1)', '[N, 64, H]', '[N, 8, 8, H]'],
    ['Reshape(0, 3)', '[0, 7]', '[0, 3]'],
    ['Reshape(())', '[1, 1]', '[]'],
    ['Unflatten(1, (2, 5, 5))', '[32, 50, 3]', '[32, 2, 5, 5, 3]'],
    ['Unflatten(-1, (8, -1))', '[N, 512]', '[N, 8, 64]'],
    ['Permute(0, 2, 3, 1)', '[N, C, H, W]', '[N, H, W, C]'],
    ['Permute((-1, 0, 1))', '[N, C, H]', '[H, N, C]'],
    ['Transpose(1, -1)', '[N, C, H]', '[N, H, C]'],
    ['Squeeze()', '[2, 1, 3, 1]', '[2, 3]'],
    ['Squeeze(1)', '[N, 1, H]', '[N, H]'],
    ['Squeeze(1)', '[N, 3, H]', '[N, 3, H]'],
    ['Squeeze((-1, -2))', '[N, 64, 1, 1]', '[N, 64]'],
    // Whether an N of 1 goes too cannot be known.
    ['Squeeze()', '[N, 64, 1, 1]', '[...]'],
    ['Unsqueeze(0)', '[H, W]', '[1, H, W]'],
    ['Unsqueeze(-1)', '[H, W]', '[H, W, 1]'],
    ['Expand(-1, 4)', '[3, 1]', '[3, 4]'],
    ['Expand(2, -1, -1)', '[3, H]', '[2, 3, H]'],
    ['Repeat(4, 2)', '[3]', '[4, 6]'],
    ['Flip(-1)', '[N, H]', '[N, H]'],
    ['Roll((-3, -3), (1, 2))', '[N, H, W, C]', '[N, H, W, C]'],
    ['Slice(2, 0, None, 2)', '[N, 3, H]', '[N, 3, (H + 1)//2]'],
    ['Slice(2, 1, step=2)', '[N, 3, H]', '[N, 3, H//2]'],
    ['Slice(1, 1, 3)', '[N, 8]', '[N, 2]'],
    ['Slice(1, -3)', '[N, 8]', '[N, 3]'],
    ['Slice(1, 5, 2)', '[N, 8]', '[N, 0]'],
    ['Slice(1, 0, 100)', '[N, 8]', '[N, 8]'],
    ['Select(1, 0)', '[N, T, 64]', '[N, 64]'],
    ['Stack(dim=1)', '[N, 3]; [N, 3]', '[N, 2, 3]'],
    ['Stack(-1)', '[N, 3]; [N, 3]; [N, 3]', '[N, 3, 3]'],
    ['Chunk(2, dim=1)', '[N, 64, H]', '[N, 32, H]; [N, 32, H]'],
    ['Chunk(3, dim=1)', '[N, 3*C]', '[N, C]; [N, C]; [N, C]'],
    ['Chunk(4)', '[7]', '[2]; [2]; [2]; [1]'],
    ['Chunk(4)', '[5]', '[2]; [2]; [1]'],
    ['Chunk(2)', '[H]', '[(H + 1)//2]; [H//2]'],
    ['Split(4)', '[10]', '[4]; [4]; [2]'],
    ['Split([1, 4], 1)', '[N, 5]', '[N, 1]; [N, 4]'],
    ['Unbind(1)', '[N, 3, H]', '[N, H]; [N, H]; [N, H]'],
    ['Mean((2, 3))', '[N, C, H, W]', '[N, C]'],
    ['Mean([-2, -1], keepdim=True)', '[N, C, H, W]', '[N, C, 1, 1]'],
    ['Sum()', '[N, C]', '[]'],
    ['Max(1, keepdim=True)', '[N, C, H]', '[N, 1, H]'],
    ['Amax((0, 1))', '[N, C, H]', '[H]'],
    ['Argmax(1)', '[N, 10]', '[N]'],
  ])('%s on %s gives %s', (call, inputs, shapes) => {
    expect(apply(call, inputs)).toMatchObject({ shapes, fault: '' });
  });
});

describe('faults', () => {
  it.each([
    ['View(-1, 401)', '[4, 16, 5, 5]', 'reshape-mismatch not-divisible', '[?, ?]'],
    ['Reshape(4, 4)', '[3, 5]', 'reshape-mismatch element-count', '[?, ?]'],
    ['Reshape(-1, -1)', '[3, 5]', 'reshape-mismatch two-inferred', '[?, ?]'],
    ['Reshape(-2, 5)', '[3, 5]', 'argument-range negative-size', '[?, ?]'],
    ['Reshape(0, -1)', '[3, 5]', 'reshape-mismatch element-count', '[?, ?]'],
    ['Unflatten(1, (7, 7))', '[N, 50]', 'reshape-mismatch unflatten-mismatch', '[N, ?, ?]'],
    ['Permute(0, 2, 1)', '[N, C, H, W]', 'rank-mismatch bad-rank', '[...]'],
    ['Permute(0, 1, 1)', '[N, C, H]', 'argument-range repeated-dim', '[?, ?, ?]'],
    ['Transpose(1, 3)', '[N, C, H]', 'argument-range dim-out-of-range', '[?, ?, ?]'],
    ['Unsqueeze(3)', '[H, W]', 'argument-range dim-out-of-range', '[?, ?, ?]'],
    ['Expand(5, 4)', '[3, 1]', 'broadcast-mismatch not-broadcastable', '[?, 4]'],
    ['Expand(-1, 3, 4)', '[3, 1]', 'argument-range negative-size', '[?, 3, 4]'],
    ['Repeat(2)', '[3, 1]', 'rank-mismatch bad-rank', '[?]'],
    ['Slice(1, 0, 4, -1)', '[N, 8]', 'argument-range non-positive-size', '[N, ?]'],
    ['Select(1, 3)', '[N, 3, H]', 'argument-range out-of-range', '[N, H]'],
    ['Stack()', '[N, 3]; [N, 4]', 'concat-mismatch cat-size-mismatch', '[2, N, ?]'],
    ['Stack()', '[N, 3]; [N]', 'concat-mismatch cat-rank-mismatch', '[...]'],
    ['Split([1, 3], 1)', '[N, 5]', 'reshape-mismatch split-mismatch', '[N, ?]; [N, ?]'],
    ['Chunk(0)', '[5]', 'argument-range non-positive-size', ''],
    ['Mean(2)', '[N, C]', 'argument-range dim-out-of-range', '[?]'],
    ['Mean((1, -1))', '[N, C]', 'argument-range repeated-dim', '[]'],
    ['Max(1)', '[N, 0]', 'empty-output zero-dim-input', '[N]'],
  ])('%s on %s: %s', (call, inputs, fault, shapes) => {
    expect(apply(call, inputs)).toMatchObject({ fault, shapes });
  });
});

it('leaves open what symbols leave open', () => {
  expect(apply('View(-1, 3)', '[N, 64, H]')).toMatchObject({ fault: '', conditions: ['64*H*N divisible 3'] });
  expect(apply('Stack()', '[N, H]; [N, W]')).toMatchObject({ shapes: '[2, N, H]', conditions: ['H equal W'] });
  expect(apply('Select(1, 4)', '[N, H]')).toMatchObject({ shapes: '[N]', conditions: ['H at-least 5'] });
});
