// Which nodes leave every cell at its place: what comes before and behind them lies on the same grid.
import type { Node } from '../network/network.ts';
import { argumentOf, isActivation } from './activation-kinds.ts';

const KEEPS =
  /^((Lazy)?(Batch|Instance)Norm[123]d|SyncBatchNorm|GroupNorm|LayerNorm|LocalResponseNorm|MVN|Binarize|(Alpha|FeatureAlpha)?Dropout[123]?d?|Identity|Contiguous|Detach|Abs|Neg|Exp|Log|Sqrt|Square|Clamp|ChannelShuffle)$/;
const JOIN = /^(Add|Sub|Mul|Div|Maximum|Minimum)$/;
/** Operators that bring a tensor to a size by hand. */
const RESIZE = /Pad|Crop|^Slice$|^Narrow$|Upsampl|^Interpolate$/;

type Kind = 'keeps' | 'join' | 'cat' | 'other';

/** Operators are told apart by their names once, not once for each node. */
const kinds = new Map<string, Kind>();

function kindOf(node: Node): Kind {
  const known = kinds.get(node.operator);
  if (known !== undefined) return known;
  const kind = JOIN.test(node.operator)
    ? 'join'
    : node.operator === 'Cat'
      ? 'cat'
      : KEEPS.test(node.operator) || isActivation(node)
        ? 'keeps'
        : 'other';
  kinds.set(node.operator, kind);
  return kind;
}

/** One input, and each cell of the output comes of the same cell of it. */
export function keepsCells(node: Node): boolean {
  return kindOf(node) === 'keeps';
}

/** Several inputs, laid over each other cell by cell or side by side along the channels. */
export function isJoin(node: Node): boolean {
  const kind = kindOf(node);
  return kind === 'join' || (kind === 'cat' && argumentOf(node, 'dim') === 1);
}

export function isResize({ operator }: Node): boolean {
  return RESIZE.test(operator);
}
