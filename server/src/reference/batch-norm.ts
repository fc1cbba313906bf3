// BatchNorm and InstanceNorm in evaluation: by the running statistics, or by the input's own where none are kept.
import { batchNorms } from '../operators/batch-norm.ts';
import { boolean } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel, KernelCall, KernelShapes } from './kernel.ts';
import { inputAt, realOf } from './kernel-call.ts';
import { affineParameters, normalizePiece, scaleChannels, statisticsOf, type Statistics } from './normalize.ts';
import { readsAlong } from './reads.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export const batchNormKernels: readonly Kernel[] = batchNorms.map(({ name }) => {
  const isInstance = name.includes('Instance');
  const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
  // Without a batch, which only InstanceNorm takes, the channels come first.
  const channelAxis = ({ inputShapes: [shape = []] }: KernelShapes) => (isInstance && shape.length === spatial + 1 ? 0 : 1);
  return {
    operator: name,
    parameters: (call) => {
      const channels = [call.inputShapes[0]?.[channelAxis(call)] ?? 0];
      return [
        ...(boolean(call.arguments, 'affine') === true ? affineParameters(channels) : []),
        ...(isTracking(call.arguments)
          ? ([
              { name: 'running_mean', shape: channels, start: 'zeros' },
              { name: 'running_var', shape: channels, start: 'ones' },
            ] as const)
          : []),
      ];
    },
    // The statistics are kept, or else those of the batch or of the image.
    reads: readsAlong((call) => {
      if (isTracking(call.arguments)) return [];
      const others = (call.inputShapes[0] ?? []).map((_, axis) => axis).filter((axis) => axis !== channelAxis(call));
      return isInstance ? others.filter((axis) => axis > channelAxis(call)) : others;
    }),
    run: (call) => [normalize(call, channelAxis(call), isInstance)],
  };
});

function isTracking(from: Arguments): boolean {
  return boolean(from, 'track_running_stats') === true;
}

function normalize(call: KernelCall, channelAxis: number, isInstance: boolean): TensorData {
  const { arguments: from, parameters } = call;
  const { shape, data } = inputAt(call);
  const channels = shape[channelAxis] ?? 1;
  const batch = channelAxis === 0 ? 1 : (shape[0] ?? 1);
  const length = elementCount(shape.slice(channelAxis + 1));
  const eps = realOf(from, 'eps');
  const [means, variances] = [parameters.get('running_mean')?.data, parameters.get('running_var')?.data];
  const output = new Float32Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    const whole: Statistics | undefined =
      means !== undefined && variances !== undefined
        ? { mean: means[channel] ?? 0, variance: variances[channel] ?? 1 }
        : isInstance
          ? undefined
          : statisticsOf(data, channel * length, length, batch, channels * length);
    for (let sample = 0; sample < batch; sample++) {
      const start = (sample * channels + channel) * length;
      normalizePiece(data, output, start, length, whole ?? statisticsOf(data, start, length), eps);
    }
  }
  scaleChannels(output, length, channels, parameters.get('weight')?.data, parameters.get('bias')?.data);
  return { shape, data: output };
}
