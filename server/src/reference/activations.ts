// Activations that work cell by cell, by their formulas in PyTorch's documentation.
import { string } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { cellByCell, type CellFunction } from './cell-by-cell.ts';
import { realOf } from './kernel-call.ts';
import { erf, sigmoid } from './special-functions.ts';

// The constants for which mean 0 and variance 1 are a fixed point (Klambauer et al., arXiv 1706.02515).
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** log(1 + exp(x)), without an overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Math.max and Math.min hand NaN on, as PyTorch does. */
function limit(x: number, least: number, most: number): number {
  return Math.min(Math.max(x, least), most);
}

function leaky(slope: number): CellFunction {
  return (x) => (x > 0 ? x : x * slope);
}

function geluByTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

export const activationKernels: readonly Kernel[] = [
  cellByCell('ReLU', () => (x) => Math.max(x, 0)),
  cellByCell('ReLU6', () => (x) => limit(x, 0, 6)),
  cellByCell('LeakyReLU', (from) => leaky(realOf(from, 'negative_slope'))),
  // In evaluation the slope is the mean of those that training draws.
  cellByCell('RReLU', (from) => leaky((realOf(from, 'lower') + realOf(from, 'upper')) / 2)),
  cellByCell('ELU', (from) => {
    const alpha = realOf(from, 'alpha');
    return (x) => (x > 0 ? x : alpha * Math.expm1(x));
  }),
  cellByCell('SELU', () => (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))),
  cellByCell('CELU', (from) => {
    const alpha = realOf(from, 'alpha');
    return (x) => (x > 0 ? x : alpha * Math.expm1(x / alpha));
  }),
  cellByCell('GELU', (from) => (string(from, 'approximate') === 'tanh' ? geluByTanh : (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)))),
  cellByCell('SiLU', (from) => {
    const beta = realOf(from, 'beta');
    return (x) => x * sigmoid(beta * x);
  }),
  cellByCell('Mish', () => (x) => x * Math.tanh(softplus(x))),
  cellByCell('Hardswish', () => (x) => (x * limit(x + 3, 0, 6)) / 6),
  cellByCell('Hardsigmoid', () => (x) => limit(x + 3, 0, 6) / 6),
  cellByCell('Hardtanh', (from) => {
    const [least, most] = [realOf(from, 'min_val'), realOf(from, 'max_val')];
    return (x) => limit(x, least, most);
  }),
  cellByCell('Hardshrink', (from) => {
    const lambd = realOf(from, 'lambd');
    return (x) => (Math.abs(x) <= lambd ? 0 : x);
  }),
  cellByCell('Softshrink', (from) => {
    const lambd = realOf(from, 'lambd');
    return (x) => (Math.abs(x) <= lambd ? 0 : x - Math.sign(x) * lambd);
  }),
  cellByCell('Sigmoid', () => sigmoid),
  cellByCell('LogSigmoid', () => (x) => -softplus(-x)),
  cellByCell('Tanh', () => Math.tanh),
  cellByCell('Tanhshrink', () => (x) => x - Math.tanh(x)),
  cellByCell('Softplus', (from) => {
    const [beta, threshold] = [realOf(from, 'beta'), realOf(from, 'threshold')];
    return (x) => (x * beta > threshold ? x : softplus(x * beta) / beta);
  }),
  cellByCell('Softsign', () => (x) => x / (1 + Math.abs(x))),
  cellByCell('Threshold', (from) => {
    const [threshold, value] = [realOf(from, 'threshold'), realOf(from, 'value')];
    return (x) => (x <= threshold ? value : x);
  }),
];
