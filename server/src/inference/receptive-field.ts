// Receptive fields: which cells of the network's input one cell of a tensor sees, on each spatial axis.
import { isConcrete } from '../dims/size.ts';
import type { Network, Node, Tensor } from '../network/network.ts';
import { effectiveKernel } from '../operators/axis-size.ts';
import { axisWindowsOf } from '../operators/of-node.ts';
import type { AxisWindow } from '../operators/operator.ts';

/** One axis, in cells of the input (Araujo et al., Computing Receptive Fields, Distill 2019). */
export interface AxisField {
  /** How many cells are seen. */
  readonly size: number;
  /** How far apart the fields of neighbouring cells are; below 1 behind a transposed convolution. */
  readonly jump: number;
  /** The first cell that cell 0 sees; negative where it begins in the padding. */
  readonly offset: number;
}

/** The fields of every node's output; a node whose cells see all of the input, or of which it is not known, has none. */
export function receptiveFields(network: Network): ReadonlyMap<Node, readonly AxisField[]> {
  const fields = new Map<Node, readonly AxisField[]>();
  const fieldsOf = (tensor: Tensor): readonly AxisField[] | undefined => {
    if (tensor.producer !== undefined) return fields.get(tensor.producer);
    const spatial = (tensor.shape?.length ?? 0) - 2;
    return spatial < 1 ? undefined : Array.from({ length: spatial }, () => ({ size: 1, jump: 1, offset: 0 }));
  };
  for (const node of network.nodes) {
    const inputs = node.inputs.map(fieldsOf);
    const [first] = inputs;
    if (first === undefined || inputs.includes(undefined) || !keepsAxes(node)) continue;
    const joined = first.map((axis, at) => widest(axis, inputs, at));
    const windows = axisWindowsOf(node);
    const seen = windows === undefined ? joined : joined.map((axis, at) => throughWindow(axis, windows[at]));
    const known = seen.filter((axis) => axis !== undefined);
    if (known.length === seen.length) fields.set(node, known);
  }
  return fields;
}

/** Operators that move values between axes, or see an axis whole, have no window that could be followed. */
const MIXES =
  /^(Flatten|Unflatten|Reshape|View|Permute|Transpose|Adaptive\w+|Linear|LazyLinear|Mean|Sum|Max|Min|Softmax|LogSoftmax|MultiheadAttention|LSTM|GRU|RNN|Fold|Unfold|PixelShuffle|PixelUnshuffle|Upsampl\w*|Interpolate|MatMul|Bmm)$/;

function keepsAxes({ operator, inputs, outputs }: Node): boolean {
  if (MIXES.test(operator)) return false;
  const rank = outputs[0]?.shape?.length;
  return rank !== undefined && inputs.every(({ shape }) => shape?.length === rank);
}

function widest(axis: AxisField, inputs: readonly (readonly AxisField[] | undefined)[], at: number): AxisField {
  let { size, offset } = axis;
  for (const fields of inputs) {
    const other = fields?.[at];
    if (other === undefined) continue;
    const end = Math.max(offset + size, other.offset + other.size);
    offset = Math.min(offset, other.offset);
    size = end - offset;
  }
  return { size, jump: axis.jump, offset };
}

function throughWindow({ size, jump, offset }: AxisField, window: AxisWindow | undefined): AxisField | undefined {
  if (window === undefined) return undefined;
  const { stride, paddingStart, kind } = window;
  const reach = effectiveKernel(window.kernel, window.dilation);
  if (!isConcrete(stride) || !isConcrete(paddingStart) || !isConcrete(reach) || stride < 1) return undefined;
  if (kind !== 'transposed') return { size: size + (reach - 1) * jump, jump: jump * stride, offset: offset - paddingStart * jump };
  // An output cell is reached from at most ceil(ke / s) input cells.
  const seen = Math.ceil(reach / stride);
  return { size: size + (seen - 1) * jump, jump: jump / stride, offset: offset + Math.ceil((paddingStart - reach + 1) / stride) * jump };
}
