// What the norms have in common: mean and variance of a piece of cells, and a scale and an offset for each channel.
import type { ParameterShape } from './kernel.ts';

export interface Statistics {
  readonly mean: number;
  /** Over all cells, not over one less. */
  readonly variance: number;
}

/** Of the cells of `data` at `count` pieces of `length` cells, which start `stride` apart from each other. */
export function statisticsOf(data: Float32Array, start: number, length: number, count = 1, stride = 0): Statistics {
  const fold = (step: (value: number) => number): number => {
    let sum = 0;
    for (let piece = 0; piece < count; piece++) {
      const first = start + piece * stride;
      for (let at = first; at < first + length; at++) sum += step(data[at] ?? 0);
    }
    return sum / (count * length);
  };
  const mean = fold((value) => value);
  return { mean, variance: fold((value) => (value - mean) ** 2) };
}

/** Writes (x - mean) / sqrt(variance + eps) for `length` cells. */
export function normalizePiece(
  input: Float32Array,
  output: Float32Array,
  start: number,
  length: number,
  { mean, variance }: Statistics,
  eps: number,
): void {
  const scale = 1 / Math.sqrt(variance + eps);
  for (let at = start; at < start + length; at++) output[at] = ((input[at] ?? 0) - mean) * scale;
}

/** Multiplies by the channel's weight and adds its bias, where there are any; a channel is `length` cells, one behind the other. */
export function scaleChannels(data: Float32Array, length: number, channels: number, weight?: Float32Array, bias?: Float32Array): void {
  if (weight === undefined && bias === undefined) return;
  data.forEach((value, at) => {
    const channel = Math.floor(at / length) % channels;
    data[at] = value * (weight?.[channel] ?? 1) + (bias?.[channel] ?? 0);
  });
}

/** The scale and the offset that a norm learns. */
export function affineParameters(shape: readonly number[], hasBias = true): readonly ParameterShape[] {
  const weight: ParameterShape = { name: 'weight', shape, start: 'ones' };
  return hasBias ? [weight, { name: 'bias', shape, start: 'zeros' }] : [weight];
}
