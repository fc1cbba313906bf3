// Layers of forks that resize maps: Interp, Upsample, Reorg.
import { floorDivide, multiply, subtract } from '../../../dims/arithmetic.ts';
import type { Dimension } from '../../../dims/size.ts';
import { isList, isSize } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed } from '../fields.ts';
import { joined, operator, tensors, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

const interp: LayerRule = (layer) => {
  const { message, inputs, report } = layer;
  const parameters = messageNamed(message, 'interp_param');
  const size = joined(['height', 'width'].flatMap((name) => integerNamed(parameters, name, report, 1) ?? []));
  if (isList(size?.value) && inputs.length === 1) return operator('Interpolate', { size, mode: 'bilinear', align_corners: true });
  const [height, width] = ['height', 'width'].map((name) => integerNamed(parameters, name, () => undefined));
  if ((height === undefined) !== (width === undefined) && inputs.length === 1)
    reportMissing(
      layer,
      'interp_param',
      height === undefined ? 'height' : 'width',
      'Of height and width one is given, and both are wanted.',
      ...[height ?? width].flatMap((given) => (typeof given?.value === 'number' ? [String(given.value)] : [])),
    );
  return operator('Interp', {
    zoom_factor: integerNamed(parameters, 'zoom_factor', report, 1),
    shrink_factor: integerNamed(parameters, 'shrink_factor', report, 1),
    pad_beg: integerNamed(parameters, 'pad_beg', report),
    pad_end: integerNamed(parameters, 'pad_end', report),
  });
};

/** With the places of a pool beside it, as SegNet has it, values go back to where they came from; alone they are repeated. */
const upsample: LayerRule = ({ message, inputs: [input, places], report }) => {
  const parameters = messageNamed(message, 'upsample_param');
  const size = joined(['upsample_h', 'upsample_w'].flatMap((name) => integerNamed(parameters, name, report, 1) ?? []));
  const scale = numberNamed(parameters, 'scale');
  if (places === undefined)
    return operator('Upsample', isList(size?.value) ? { mode: 'nearest', size } : { mode: 'nearest', scale_factor: scale ?? 2 });
  const shape = input?.shape;
  if (shape?.length !== 4) return tensors(undefined);
  const axis = (at: 2 | 3, letter: 'h' | 'w'): Dimension => {
    const whole = integerNamed(parameters, `upsample_${letter}`, report, 1)?.value;
    if (whole !== undefined) return isSize(whole) ? whole : undefined;
    const factor = integerNamed(parameters, `scale_${letter}`, report, 1)?.value ?? scale?.value ?? 2;
    const less = booleanNamed(parameters, `pad_out_${letter}`)?.value === true ? 1 : 0;
    return isSize(factor) ? subtract(multiply(shape[at], factor), less) : undefined;
  };
  return tensors([shape[0], shape[1], axis(2, 'h'), axis(3, 'w')]);
};

/** Squares of cells become channels, as in YOLOv2's passthrough; `reverse` the other way. */
const reorg: LayerRule = ({ message, inputs: [input], report }) => {
  const parameters = messageNamed(message, 'reorg_param');
  const stride = integerNamed(parameters, 'stride', report, 1)?.value ?? 2;
  const shape = input?.shape;
  if (shape?.length !== 4 || !isSize(stride)) return tensors(undefined);
  const [batch, channels, height, width] = shape;
  const cells = multiply(stride, stride);
  return booleanNamed(parameters, 'reverse')?.value === true
    ? tensors([batch, floorDivide(channels, cells), multiply(height, stride), multiply(width, stride)])
    : tensors([batch, multiply(channels, cells), floorDivide(height, stride), floorDivide(width, stride)]);
};

export const resizes: Readonly<Record<string, LayerRule>> = {
  Interp: interp,
  Upsample: upsample,
  Reorg: reorg,
};
