// BatchNorm and InstanceNorm, 1d to 3d, eager and lazy; norms count no multiply-accumulates, only matrix products do.
import { add, multiply } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { float } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, Parameter } from './operator.ts';
import { checkRank } from './same-shape.ts';

interface NormKind {
  readonly name: string;
  readonly summary: string;
  readonly lazy?: boolean;
  /** InstanceNorm: no weights and no running statistics unless asked for, and batchless inputs. */
  readonly instance?: boolean;
  readonly fewest: number;
  readonly most: number;
  readonly expected: string;
}

const numFeatures: Parameter = {
  name: 'num_features',
  type: 'integer',
  inferable: true,
  doc: 'Number of channels of the input; `_` takes it from there.',
  legal: 'at least 0',
};

const PARAMETERS_PER_CHANNEL: Parameter = {
  name: 'parameters_per_channel',
  type: 'integer',
  default: null,
  nullable: true,
  doc: 'How many numbers of each channel count as parameters: 2 in PyTorch, 4 where the running statistics count as well.',
};

const MORE_PARAMETERS: Parameter = {
  name: 'more_parameters',
  type: 'integer',
  default: 0,
  doc: 'How many numbers count besides those of the channels: Caffe keeps one, the weight of its running sums.',
};

function declare({ name, summary, lazy = false, instance = false, fewest, most, expected }: NormKind): Operator {
  // The lazy forms of InstanceNorm have other defaults than InstanceNorm itself.
  const keepsStatistics = !instance || lazy;
  const parameters: Parameter[] = [
    ...(lazy ? [] : [numFeatures]),
    { name: 'eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    {
      name: 'momentum',
      type: 'number',
      default: float(0.1),
      nullable: true,
      doc: 'How fast the running statistics follow; None for a plain average.',
    },
    { name: 'affine', type: 'boolean', default: keepsStatistics, doc: 'Whether a scale and an offset are learnt for each channel.' },
    { name: 'track_running_stats', type: 'boolean', default: keepsStatistics, doc: 'Whether statistics of the training are kept.' },
  ];
  if (name === 'SyncBatchNorm') {
    parameters.push({ name: 'process_group', type: 'any', default: null, nullable: true, doc: 'The processes that share statistics.' });
  }
  return {
    name,
    summary,
    parameters,
    meanings: [PARAMETERS_PER_CHANNEL, MORE_PARAMETERS],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      if (!lazy) checkLeast(checks, from, 'num_features', 0, 'negative-size');
      if (input === undefined || !checkRank(checks, input, fewest, most, expected)) return checks.answer([undefined]);
      const axis = channelAxis(input, instance, most);
      const claimed = lazy ? undefined : dimension(from, 'num_features');
      // Without weights and running statistics PyTorch never looks at num_features.
      if (claimed === undefined || (boolean(from, 'affine') === false && boolean(from, 'track_running_stats') === false)) {
        return checks.answer([input]);
      }
      const actual = input[axis];
      if (claimed === actual) return checks.answer([input]);
      const fits = checks.equal(claimed, actual, () => ({
        code: 'channel-mismatch',
        reason: 'channels-mismatch',
        input: 0,
        axis,
        argument: 'num_features',
        expected: claimed,
        actual,
      }));
      return checks.answer([fits ? input : input.map((size, at) => (at === axis ? undefined : size))]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      const channels: Dimension =
        dimension(from, 'num_features') ?? (input === undefined ? undefined : input[channelAxis(input, instance, most)]);
      const perChannel = integer(from, PARAMETERS_PER_CHANNEL.name) ?? (boolean(from, 'affine') === false ? 0 : 2);
      return { parameters: add(multiply(perChannel, channels), integer(from, MORE_PARAMETERS.name)), macs: 0 };
    },
  };
}

/** The channels come first in a batchless input, which only InstanceNorm takes. */
function channelAxis(input: NonNullable<Shape>, instance: boolean, most: number): 0 | 1 {
  return instance && input.length < most ? 0 : 1;
}

const NOUNS = ['sequence', 'image', 'volume'];

export const batchNorms: readonly Operator[] = [
  ...[1, 2, 3].flatMap((axes) => {
    const noun = NOUNS[axes - 1] ?? '';
    const batch = { fewest: axes === 1 ? 2 : axes + 2, most: axes + 2, expected: axes === 1 ? '2 or 3 axes' : `${axes + 2} axes` };
    const instance = { instance: true, fewest: axes + 1, most: axes + 2, expected: `${axes + 1} axes (unbatched) or ${axes + 2}` };
    const [perBatch, perSample] = [
      `Normalizes each channel of a ${noun} over the batch.`,
      `Normalizes each channel of each ${noun} by itself.`,
    ];
    const later = 'The number of channels is taken from the input.';
    return [
      declare({ name: `BatchNorm${axes}d`, summary: perBatch, ...batch }),
      declare({ name: `LazyBatchNorm${axes}d`, summary: `${perBatch} ${later}`, lazy: true, ...batch }),
      declare({ name: `InstanceNorm${axes}d`, summary: perSample, ...instance }),
      declare({ name: `LazyInstanceNorm${axes}d`, summary: `${perSample} ${later}`, lazy: true, ...instance }),
    ];
  }),
  declare({
    name: 'SyncBatchNorm',
    summary: 'Normalizes each channel over the batches of all processes.',
    fewest: 2,
    most: Infinity,
    expected: 'at least 2 axes',
  }),
];
