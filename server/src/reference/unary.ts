// Functions of torch on one tensor, cell by cell.
import { number } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import { realOf } from './kernel-call.ts';
import { cellByCell } from './cell-by-cell.ts';
import type { Kernel } from './kernel.ts';
import { erf, power, roundHalfToEven } from './special-functions.ts';

export const unaryKernels: readonly Kernel[] = [
  cellByCell('Abs', () => Math.abs),
  cellByCell('Neg', () => (x) => -x),
  cellByCell('Exp', (from) => {
    const [rate, scale, shift] = logarithmic(from);
    return (x) => Math.exp(rate * (shift + scale * x));
  }),
  cellByCell('Log', (from) => {
    const [rate, scale, shift] = logarithmic(from);
    return (x) => Math.log(shift + scale * x) / rate;
  }),
  cellByCell('Sqrt', () => Math.sqrt),
  cellByCell('Rsqrt', () => (x) => 1 / Math.sqrt(x)),
  cellByCell('Square', () => (x) => x * x),
  cellByCell('Reciprocal', () => (x) => 1 / x),
  cellByCell('Sin', () => Math.sin),
  cellByCell('Cos', () => Math.cos),
  cellByCell('Erf', () => erf),
  cellByCell('Sign', () => Math.sign),
  cellByCell('Floor', () => Math.floor),
  cellByCell('Ceil', () => Math.ceil),
  cellByCell('Round', () => roundHalfToEven),
  cellByCell('Clamp', (from) => {
    const [least, most] = [number(from, 'min') ?? -Infinity, number(from, 'max') ?? Infinity];
    return (x) => Math.min(Math.max(x, least), most);
  }),
  cellByCell('Binarize', (from) => {
    const threshold = realOf(from, 'threshold');
    return (x) => (x > threshold ? 1 : 0);
  }),
  cellByCell('Power', (from) => {
    const [exponent, scale, shift] = [realOf(from, 'power'), realOf(from, 'scale'), realOf(from, 'shift')];
    return (x) => power(shift + scale * x, exponent);
  }),
];

/** The logarithm of the base, and what is done to a value before. */
function logarithmic(from: Arguments): readonly [rate: number, scale: number, shift: number] {
  const base = number(from, 'base');
  return [base === undefined ? 1 : Math.log(base), realOf(from, 'scale'), realOf(from, 'shift')];
}
