// Layers on images and sounds before a network: those that change sizes, and the many that change values alone.
import { float, UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { add, floorDivide } from '../../../dims/arithmetic.ts';
import { apply, applyUnsaid, asWritten, input, unknown, type LayerRule } from '../layer-use.ts';
import { onImage } from '../on-image.ts';
import { cellwise, kept } from './activation.ts';

/** Resizing and the crops write the height and the width apart. */
const resize =
  (operator: 'Upsample' | 'CenterCrop'): LayerRule =>
  (use) =>
    onImage(use, 2, (tensor) => {
      const size = [use.config.number('height') ?? UNKNOWN, use.config.number('width') ?? UNKNOWN];
      return apply(use, operator, { size }, tensor);
    });

/** Another height or width in each batch. */
const randomSize =
  (axis: 2 | 3): LayerRule =>
  (use) =>
    onImage(use, 2, (tensor): Tensor => {
      const output = apply(use, 'Identity', {}, tensor);
      return { ...output, shape: output.shape?.map((size, at) => (at === axis ? undefined : size)) };
    });

/** [N, mel bins, frames] of [N, samples]: the frames are centred, so that there is one more than strides. */
const melSpectrogram: LayerRule = (use) => {
  const { config } = use;
  const { shape } = asWritten(use, input(use));
  if (shape === undefined) return [unknown(use)];
  const stride = config.number('sequence_stride') ?? 512;
  const frames = floorDivide(add(shape.at(-1), stride + 1), stride);
  return [applyUnsaid(use, [...shape.slice(0, -1), config.number('num_mel_bins') ?? 128, frames], 0)];
};

/** x * scale + offset; a number for each channel is not worked out. */
const rescaling: LayerRule = (use) => {
  const [scale, offset] = [use.config.number('scale') ?? 1, use.config.number('offset') ?? 0];
  const isList = [use.config.find('scale'), use.config.find('offset')].some((node) => node?.type === 'array');
  if (isList) return [kept(input(use), applyUnsaid(use, input(use).shape, 0))];
  return cellwise('Power', () => ({ scale: float(scale), shift: float(offset) }))(use);
};

const SAME_SIZE = [
  'AugMix',
  'AutoContrast',
  'ContrastLimitedAdaptiveHistogramEqualization',
  'CutMix',
  'Equalization',
  'MixUp',
  'RandAugment',
  'RandomApply',
  'RandomBrightness',
  'RandomChoice',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomZoom',
  'Solarization',
];

export const preprocessing: Readonly<Record<string, LayerRule>> = {
  Rescaling: rescaling,
  Resizing: resize('Upsample'),
  CenterCrop: resize('CenterCrop'),
  RandomCrop: resize('CenterCrop'),
  RandomResizedCrop: resize('CenterCrop'),
  RandomHeight: randomSize(2),
  RandomWidth: randomSize(3),
  MelSpectrogram: melSpectrogram,
  ...Object.fromEntries(SAME_SIZE.map((name) => [name, cellwise('Identity')])),
};
