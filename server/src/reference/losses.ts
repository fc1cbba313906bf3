// Caffe's losses and its accuracy, by the sums of its layers' documentation; a scalar each.
import { boolean, integer, string } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel, KernelCall } from './kernel.ts';
import { axisOf, inputAt, realOf, wholeOf } from './kernel-call.ts';
import { elementCount } from './tensor-data.ts';

/** What Caffe takes for the logarithm of a probability of 0: the smallest float32, or a number of its own. */
const LEAST_SOFTMAX = 2 ** -126;
const LEAST_PROBABILITY = 1e-20;

export const lossKernels: readonly Kernel[] = [
  scalar('SoftmaxWithLoss', (call) => {
    let sum = 0;
    const counted = forEachLabel(call, (label, scores) => {
      const largest = Math.max(...scores);
      const total = scores.reduce((all, score) => all + Math.exp(score - largest), 0);
      sum -= Math.log(Math.max(Math.exp((scores[label] ?? Number.NaN) - largest) / total, LEAST_SOFTMAX));
    });
    return sum / normalizer(call.arguments, counted);
  }),
  scalar('MultinomialLogisticLoss', (call) => {
    let sum = 0;
    const { shape } = inputAt(call);
    const classes = elementCount(shape.slice(1));
    for (let sample = 0; sample < batchOf(call); sample++) {
      const probability = inputAt(call).data[sample * classes + (inputAt(call, 1).data[sample] ?? Number.NaN)] ?? Number.NaN;
      sum -= Math.log(Math.max(probability, LEAST_PROBABILITY));
    }
    return sum / batchOf(call);
  }),
  scalar('SigmoidCrossEntropyLoss', (call) => {
    const ignored = integer(call.arguments, 'ignore_label');
    const { data } = inputAt(call);
    const targets = inputAt(call, 1).data;
    let [sum, valid] = [0, 0];
    data.forEach((x, at) => {
      const target = targets[at] ?? Number.NaN;
      if (target === ignored) return;
      valid++;
      // The logarithm of the sigmoid, in the form that does not overflow.
      sum -= x * (target - (x >= 0 ? 1 : 0)) - Math.log1p(Math.exp(-Math.abs(x)));
    });
    return sum / normalizer(call.arguments, { all: data.length, valid, batch: batchOf(call) });
  }),
  scalar('EuclideanLoss', (call) => squares(call, 0, inputAt(call).data.length) / (2 * batchOf(call))),
  scalar('HingeLoss', (call) => {
    const { data, shape } = inputAt(call);
    const classes = elementCount(shape.slice(1));
    const isSquared = string(call.arguments, 'norm') === 'L2';
    const labels = inputAt(call, 1).data;
    const sum = data.reduce((all, score, at) => {
      const isRight = labels[Math.floor(at / classes)] === at % classes;
      const short = Math.max(0, 1 + (isRight ? -score : score));
      return all + (isSquared ? short * short : short);
    }, 0);
    return sum / batchOf(call);
  }),
  scalar('ContrastiveLoss', (call) => {
    const length = elementCount(inputAt(call).shape.slice(1));
    const margin = realOf(call.arguments, 'margin');
    const isLegacy = boolean(call.arguments, 'legacy_version') === true;
    let sum = 0;
    for (let sample = 0; sample < batchOf(call); sample++) {
      const squared = squares(call, sample * length, (sample + 1) * length);
      if ((inputAt(call, 2).data[sample] ?? Number.NaN) !== 0) sum += squared;
      else sum += isLegacy ? Math.max(margin - squared, 0) : Math.max(margin - Math.sqrt(squared), 0) ** 2;
    }
    return sum / (2 * batchOf(call));
  }),
  scalar('Accuracy', (call) => {
    const most = wholeOf(call.arguments, 'top_k');
    let right = 0;
    const { valid } = forEachLabel(call, (label, scores) => {
      const own = scores[label] ?? Number.NaN;
      // One of them is the label's own.
      if (scores.filter((score) => score >= own).length - 1 < most && !Number.isNaN(own)) right++;
    });
    return valid === 0 ? 0 : right / valid;
  }),
];

function scalar(operator: string, valueOf: (call: KernelCall) => number): Kernel {
  return { operator, run: (call) => [{ shape: [], data: Float32Array.of(valueOf(call)) }] };
}

function batchOf(call: KernelCall): number {
  return inputAt(call).shape[0] ?? 1;
}

/** The squared differences of the first two inputs, summed. */
function squares(call: KernelCall, start: number, end: number): number {
  const [left, right] = [inputAt(call).data, inputAt(call, 1).data];
  let sum = 0;
  for (let at = start; at < end; at++) sum += ((left[at] ?? 0) - (right[at] ?? Number.NaN)) ** 2;
  return sum;
}

interface Counts {
  readonly all: number;
  /** Without those that are ignored. */
  readonly valid: number;
  readonly batch: number;
}

/** Calls with each label that counts and the scores of its classes. */
function forEachLabel(call: KernelCall, see: (label: number, scores: Float32Array) => void): Counts {
  const { shape, data } = inputAt(call);
  const labels = inputAt(call, 1).data;
  const axis = axisOf(wholeOf(call.arguments, 'axis'), shape.length);
  const ignored = integer(call.arguments, 'ignore_label');
  const [batch, classes, inner] = [elementCount(shape.slice(0, axis)), shape[axis] ?? 1, elementCount(shape.slice(axis + 1))];
  const scores = new Float32Array(classes);
  let valid = 0;
  for (let place = 0; place < batch * inner; place++) {
    const label = labels[place] ?? Number.NaN;
    if (label === ignored) continue;
    valid++;
    const first = Math.floor(place / inner) * classes * inner + (place % inner);
    for (let at = 0; at < classes; at++) scores[at] = data[first + at * inner] ?? 0;
    see(label, scores);
  }
  return { all: batch * inner, valid, batch };
}

/** At least 1, as in Caffe, so that nothing is divided by 0. */
function normalizer(from: Arguments, { all, valid, batch }: Counts): number {
  const divisors: Readonly<Record<string, number>> = { full: all, valid, batch_size: batch, none: 1 };
  return Math.max(1, divisors[string(from, 'normalization') ?? ''] ?? Number.NaN);
}
