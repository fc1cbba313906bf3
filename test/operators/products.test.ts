// Products, recurrence, attention: shapes, parameters and multiply-accumulates as PyTorch's modules have them.
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';

describe('legal', () => {
  it.each([
    ['MatMul()', '[3]; [3]', '[]', 0, '3'],
    ['MatMul()', '[3, 4]; [4]', '[3]', 0, '12'],
    ['MatMul()', '[4]; [2, 4, 5]', '[2, 5]', 0, '40'],
    ['MatMul()', '[10, 3, 4]; [10, 4, 5]', '[10, 3, 5]', 0, '600'],
    ['MatMul()', '[10, 3, 4]; [4, 5]', '[10, 3, 5]', 0, '600'],
    ['MatMul()', '[N, 1, T, 64]; [8, 64, S]', '[N, 8, T, S]', 0, '512*N*S*T'],
    ['Bmm()', '[10, 3, 4]; [10, 4, 5]', '[10, 3, 5]', 0, '600'],
    ['Bilinear(20, 30, 40)', '[128, 20]; [128, 30]', '[128, 40]', 24040, '3072000'],
    ['CosineSimilarity()', '[100, 128]; [100, 128]', '[100]', 0, '0'],
    ['PairwiseDistance(keepdim=True)', '[100, 128]; [1, 128]', '[100, 1]', 0, '0'],
    ['Embedding(10, 3)', '[2, 4]', '[2, 4, 3]', 30, '0'],
    ['RNN(10, 20, 2)', '[5, 3, 10]', '[5, 3, 20]; [2, 3, 20]', 1480, '21000'],
    ['GRU(10, 20, 2)', '[5, 3, 10]; [2, 3, 20]', '[5, 3, 20]; [2, 3, 20]', 4440, '63000'],
    ['LSTM(10, 20, 2)', '[5, 3, 10]', '[5, 3, 20]; [2, 3, 20]; [2, 3, 20]', 5920, '84000'],
    ['LSTM(10, 20, 2)', '[5, 10]', '[5, 20]; [2, 20]; [2, 20]', 5920, '28000'],
    ['LSTM(10, 20, bias=False)', '[5, 3, 10]', '[5, 3, 20]; [1, 3, 20]; [1, 3, 20]', 2400, '36000'],
    ['LSTM(10, 20, batch_first=True, bidirectional=True)', '[N, T, 10]', '[N, T, 40]; [2, N, 20]; [2, N, 20]', 5120, '4800*N*T'],
    ['LSTM(10, 20, 2, bidirectional=True, proj_size=5)', '[T, N, 10]', '[T, N, 10]; [4, N, 5]; [4, N, 20]', 5840, '5200*N*T'],
    ['GRU(_, 20)', '[5, 3, 10]', '[5, 3, 20]; [1, 3, 20]', 1920, '27000'],
    [
      'MultiheadAttention(512, 8)',
      '[10, 2, 512]; [12, 2, 512]; [12, 2, 512]',
      '[10, 2, 512]; [2, 10, 12]',
      1050624,
      String(10485760 + 12582912 + 245760),
    ],
    ['MultiheadAttention(_, 8)', '[10, 512]', '[10, 512]; [10, 10]', 1050624, String(10485760 + 102400)],
    ['MultiheadAttention(512, 8, bias=False, add_bias_kv=True)', '[T, N, 512]', '[T, N, 512]; [N, T, T + 1]', 1049600, undefined],
    [
      'MultiheadAttention(512, 8, kdim=256, vdim=128, batch_first=True)',
      '[N, T, 512]; [N, S, 256]; [N, S, 128]',
      '[N, T, 512]; [N, T, S]',
      722944,
      undefined,
    ],
    ['TransformerEncoderLayer(512, 8)', '[10, 32, 512]', '[10, 32, 512]', 3152384, String(1006632960 + 3276800)],
    ['ScaledDotProductAttention()', '[N, 8, T, 64]; [N, 8, S, 64]; [N, 8, S, 32]', '[N, 8, T, 32]', 0, '768*N*S*T'],
  ])('%s on %s gives %s', (call, inputs, shapes, parameters, macs) => {
    expect(apply(call, inputs)).toMatchObject({
      shapes,
      fault: '',
      conditions: [],
      parameters: String(parameters),
      ...(macs !== undefined && { macs }),
    });
  });
});

describe('faults', () => {
  it.each([
    ['MatMul()', '[2, 3]; [4, 5]', 'broadcast-mismatch matmul-mismatch', '[2, 5]'],
    ['MatMul()', '[2, 3, 4]; [3, 4, 5]', 'broadcast-mismatch not-broadcastable', '[?, 3, 5]'],
    ['MatMul()', '[]; [4]', 'rank-mismatch bad-rank', '[...]'],
    ['Bmm()', '[2, 3, 4]; [3, 4, 5]', 'broadcast-mismatch not-broadcastable', '[?, 3, 5]'],
    ['Bmm()', '[2, 3, 4]; [4, 5]', 'rank-mismatch bad-rank', '[2, 3, ?]'],
    ['Bilinear(20, 30, 40)', '[128, 20]; [128, 31]', 'feature-mismatch features-mismatch', '[128, 40]'],
    ['Embedding(10, 3, padding_idx=10)', '[2, 4]', 'argument-range out-of-range', '[2, 4, 3]'],
    ['LSTM(10, 20)', '[5, 3, 11]', 'feature-mismatch features-mismatch', '[5, 3, 20]; [1, 3, 20]; [1, 3, 20]'],
    ['LSTM(10, 20)', '[5]', 'rank-mismatch bad-rank', '[...]; [...]; [...]'],
    ['LSTM(10, 20, proj_size=20)', '[5, 3, 10]', 'argument-range out-of-range', '[5, 3, ?]; [?, 3, ?]; [?, 3, ?]'],
    ['GRU(10, 20)', '[5, 3, 10]; [1, 3, 21]', 'feature-mismatch features-mismatch', '[5, 3, 20]; [1, 3, 20]'],
    ['MultiheadAttention(512, 7)', '[T, N, 512]', 'group-mismatch groups-not-divisor', '[T, N, 512]; [N, T, T]'],
    ['MultiheadAttention(512, 8)', '[T, N, 511]', 'feature-mismatch features-mismatch', '[T, N, 512]; [N, T, T]'],
    ['MultiheadAttention(512, 8)', '[T, N, 512]; [S, N, 512]', 'input-count input-count', '[...]; [...]'],
    ['ScaledDotProductAttention()', '[T, 64]; [S, 32]; [S, 64]', 'broadcast-mismatch not-broadcastable', '[T, 64]'],
  ])('%s on %s: %s', (call, inputs, fault, shapes) => {
    expect(apply(call, inputs)).toMatchObject({ fault, shapes });
  });
});
