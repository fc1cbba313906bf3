// Resize of ONNX in the words of our Interpolate: ONNX has more modes, and each that PyTorch lacks is named here.
import type { TensorData } from '../../server/src/reference/tensor-data.ts';
import { apply, attributeNumber, attributeNumbers, attributeString, given, inputNumbers, type OnnxNode } from './onnx-node.ts';

export function resize(node: OnnxNode): TensorData | string {
  const input = given(node);
  const rank = input.shape.length;
  const coordinates = attributeString(node, 'coordinate_transformation_mode', 'half_pixel');
  const mode = attributeString(node, 'mode', 'nearest');
  if (node.attributes['keep_aspect_ratio_policy'] !== undefined) return 'keeping the aspect ratio chooses another size';
  if (attributeNumber(node, 'exclude_outside', 0) === 1) return 'PyTorch never leaves out what lies outside';
  // ONNX's filter has other ends, and its cubic another slope; what PyTorch does here is among the recorded values.
  if (attributeNumber(node, 'antialias', 0) === 1) return 'ONNX smooths with another filter';
  const axes = attributeNumbers(node, 'axes') ?? input.shape.map((_, axis) => axis);
  // Other axes than the spatial ones stay as they are in all tests.
  const spatial = (numbers: readonly number[] | undefined) =>
    numbers === undefined || numbers.length === 0 ? undefined : input.shape.slice(2).map((_, at) => numbers[axes.indexOf(at + 2)] ?? 1);
  const [scales, sizes] = [spatial(inputNumbers(node, 2)), spatial(inputNumbers(node, 3))];
  const source = sizes === undefined ? { scale_factor: (scales ?? []).map((scale) => Number(scale.toPrecision(7))) } : { size: sizes };
  const ratios = input.shape
    .slice(2)
    .map((size, at) => (sizes === undefined ? 1 / (source.scale_factor?.[at] ?? 1) : size / (sizes[at] ?? 1)));
  const outputs = node.outputs[0]?.shape.slice(2) ?? [];
  if (mode === 'nearest') {
    const rounding = attributeString(node, 'nearest_mode', 'round_prefer_floor');
    if (coordinates === 'asymmetric' && rounding === 'floor') return apply('Interpolate', { ...source, mode }, [input]);
    if (coordinates !== 'half_pixel' || !rounding.startsWith('round')) return 'PyTorch has no such rounding';
    const isTie = ratios.some((ratio, at) =>
      Array.from({ length: outputs[at] ?? 0 }).some((_, place) => Number.isInteger(ratio * (place + 0.5))),
    );
    if (isTie && rounding === 'round_prefer_floor') return 'PyTorch takes the later of two cells that are as near';
    return apply('Interpolate', { ...source, mode: 'nearest-exact' }, [input]);
  }
  if (!['half_pixel', 'align_corners', 'pytorch_half_pixel'].includes(coordinates)) return 'PyTorch has no such coordinates';
  if (coordinates === 'pytorch_half_pixel' && outputs.includes(1)) return 'PyTorch takes the middle for a single cell';
  const isWhole = input.shape
    .slice(2)
    .every((size, at) => scales === undefined || Number.isInteger(size * (source.scale_factor?.[at] ?? 1)));
  if (coordinates === 'align_corners' && !isWhole) return 'ONNX does not round the size before it aligns the corners';
  const ours = mode === 'cubic' ? 'bicubic' : rank === 3 ? 'linear' : rank === 4 ? 'bilinear' : 'trilinear';
  return apply('Interpolate', { ...source, mode: ours, align_corners: coordinates === 'align_corners' }, [input]);
}
