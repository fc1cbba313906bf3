// Values for parameters that are not given: He's random start, or weights with which one sees what a window does.
import type { ProgramParameter } from './run-program.ts';
import type { Program } from './program.ts';
import { fillNormal, randomNumbers } from './random.ts';
import { elementCount, type TensorData } from './tensor-data.ts';
import { fillWindows, WINDOW_KINDS } from './window-weights.ts';

export const INITIAL_KINDS = ['he', ...WINDOW_KINDS] as const;
export type InitialKind = (typeof INITIAL_KINDS)[number];

export interface InitialValues {
  readonly kind: InitialKind;
  /** For `he`: each parameter has a stream of random numbers of its own, made from the seed and its name. */
  readonly seed: number;
}

/**
 * The start value of a parameter. `he` is He's normal distribution, with a deviation of sqrt(2 / fan_in) (He et al., 2015, arXiv
 * 1502.01852); biases start at 0, the weights and variances of norms at 1. The other kinds are for the weights of convolutions
 * (window-weights.ts), `ones` and `identity` for those of `Linear` as well; all else starts as with `he`.
 */
export function initialValue(parameter: ProgramParameter, program: Program, { kind, seed }: InitialValues): TensorData {
  const { shape, start, name } = parameter;
  const data = new Float32Array(elementCount(shape));
  if (start === 'ones') data.fill(1);
  if (typeof start === 'string') return { shape, data };
  if ('constant' in start) return { shape, data: data.fill(start.constant) };
  if (!fillShown(data, kind, parameter, program)) fillNormal(data, Math.sqrt(2 / Math.max(start.fanIn, 1)), randomNumbers(seed, name));
  return { shape, data };
}

function fillShown(data: Float32Array, kind: InitialKind, { shape, step: at }: ProgramParameter, program: Program): boolean {
  const step = program.steps[at];
  if (kind === 'he' || step === undefined) return false;
  const isConvolution = /Conv(Transpose)?\dd$/.test(step.operator);
  if (!isConvolution && !(step.operator.endsWith('Linear') && (kind === 'ones' || kind === 'identity'))) return false;
  const groups = step.arguments.get('groups');
  fillWindows(data, shape, kind, {
    isTransposed: step.operator.includes('Transpose'),
    groups: isConvolution && typeof groups === 'number' ? groups : 1,
  });
  return true;
}
