// Norms: what PyTorch answers for calls that people write.
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';

describe('norms keep the shape and learn two numbers for each channel', () => {
  it.each([
    ['BatchNorm1d(16)', '[N, 16]', 32],
    ['BatchNorm1d(16)', '[N, 16, 10]', 32],
    ['BatchNorm2d(64)', '[N, 64, H, W]', 128],
    ['BatchNorm2d(64, affine=False)', '[N, 64, H, W]', 0],
    ['BatchNorm2d(_)', '[N, 48, 8, 8]', 96],
    ['BatchNorm2d(64, momentum=None)', '[N, 64, H, W]', 128],
    ['LazyBatchNorm2d()', '[N, 48, 8, 8]', 96],
    ['BatchNorm3d(64)', '[1, 64, 8, 56, 56]', 128],
    ['SyncBatchNorm(64)', '[1, 64, 8]', 128],
    ['InstanceNorm2d(64)', '[N, 64, H, W]', 0],
    ['InstanceNorm2d(64, affine=True)', '[64, H, W]', 128],
    ['InstanceNorm1d(64, affine=True)', '[64, 10]', 128],
    ['GroupNorm(32, 256)', '[N, 256, H, W]', 512],
    ['GroupNorm(3, _)', '[N, 6]', 12],
    ['LayerNorm(96)', '[N, H, W, 96]', 192],
    ['LayerNorm((5, 10, 10))', '[20, 5, 10, 10]', 1000],
    ['LayerNorm(_)', '[N, 96]', 192],
    ['LayerNorm(96, bias=False)', '[N, 96]', 96],
    ['LayerNorm(96, elementwise_affine=False)', '[N, 96]', 0],
    ['RMSNorm(96)', '[N, 96]', 96],
    ['LocalResponseNorm(5)', '[N, 64, 55, 55]', 0],
    ['CrossMapLRN2d(5)', '[N, 64, 55, 55]', 0],
    // Nothing of an InstanceNorm without weights and statistics depends on num_features.
    ['InstanceNorm2d(64)', '[N, 3, H, W]', 0],
  ])('%s on %s', (call, shape, parameters) => {
    expect(apply(call, shape)).toEqual({ shapes: shape, fault: '', conditions: [], parameters: String(parameters), macs: '0' });
  });
});

describe('norms that do not fit', () => {
  it.each([
    ['BatchNorm2d(64)', '[N, 65, H, W]', 'channel-mismatch channels-mismatch', '[N, ?, H, W]'],
    ['BatchNorm2d(64)', '[64, H, W]', 'rank-mismatch bad-rank', '[...]'],
    ['BatchNorm1d(64)', '[N, 64, H, W]', 'rank-mismatch bad-rank', '[...]'],
    ['BatchNorm2d(-1)', '[N, 64, H, W]', 'argument-range negative-size', '[N, ?, H, W]'],
    ['InstanceNorm2d(64, affine=True)', '[3, H, W]', 'channel-mismatch channels-mismatch', '[?, H, W]'],
    ['GroupNorm(3, 64)', '[N, 64, H]', 'group-mismatch groups-not-divisor', '[N, 64, H]'],
    ['GroupNorm(0, 64)', '[N, 64, H]', 'argument-range non-positive-groups', '[N, 64, H]'],
    ['GroupNorm(4, 64)', '[N, 32, H]', 'channel-mismatch channels-mismatch', '[N, ?, H]'],
    ['GroupNorm(4, _)', '[N, 30, H]', 'group-mismatch groups-not-divisor', '[N, ?, H]'],
    ['LayerNorm((10, 5))', '[N, 10, 6]', 'feature-mismatch normalized-shape-mismatch', '[N, 10, ?]'],
    ['LayerNorm((4, 10, 5))', '[10, 5]', 'rank-mismatch bad-rank', '[...]'],
    ['LocalResponseNorm(0)', '[N, 4, H]', 'argument-range non-positive-size', '[N, 4, H]'],
    ['LocalResponseNorm(5)', '[N, 4]', 'rank-mismatch bad-rank', '[...]'],
  ])('%s on %s: %s', (call, shape, fault, shapes) => {
    expect(apply(call, shape)).toMatchObject({ fault, shapes });
  });
});

it('leaves open whether a symbol is the number of channels', () => {
  expect(apply('BatchNorm2d(64)', '[N, C, H, W]')).toMatchObject({ shapes: '[N, C, H, W]', fault: '', conditions: ['64 equal C'] });
  expect(apply('GroupNorm(3, _)', '[N, C]')).toMatchObject({ conditions: ['C divisible 3'], parameters: '2*C' });
});
