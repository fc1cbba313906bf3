// Circular padding where one end is cropped: PyTorch copies slices of the result onto each other, and refuses some of them.
import { isConcrete, type Dimension } from '../dims/size.ts';

/** The padding of one axis, all in numbers. */
interface Wrap {
  readonly axis: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
  readonly padded: number;
}

/** From `start` up to `end`, both within the axis. */
interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * The first axis, the last ones first, where the copies do not work out: the slices differ in length, or overlap in a way
 * that PyTorch notices. `shape` is the padded shape. Where sizes are not known nothing is said.
 */
export function refusedWrap(shape: readonly Dimension[], axes: readonly { readonly [Key in keyof Wrap]: Dimension }[]): number | undefined {
  const known = axes.filter(isKnown).reverse();
  if (known.length < axes.length || known.every(({ before, after }) => before >= 0 && after >= 0)) return undefined;
  const misfit = known.find(({ size, before, after, padded }) => {
    const target = slice(padded, Math.max(before, 0), padded - Math.max(after, 0));
    return !isCopied(lengthOf(target), lengthOf(slice(size, Math.max(-before, 0), size - Math.max(-after, 0))));
  });
  return (misfit ?? known.find((wrap) => !wraps(shape, wrap)))?.axis;
}

function isKnown(wrap: { readonly [Key in keyof Wrap]: Dimension }): wrap is Wrap {
  return [wrap.axis, wrap.size, wrap.before, wrap.after, wrap.padded].every(isConcrete);
}

function wraps(shape: readonly Dimension[], { axis, before, after, padded }: Wrap): boolean {
  const [left, right] = [Math.max(before, 0), Math.max(after, 0)];
  const copies = [
    ...(left > 0 ? [[slice(padded, 0, left), slice(padded, padded - left - right, padded - right)] as const] : []),
    ...(right > 0 ? [[slice(padded, padded - right, padded), slice(padded, left, left + right)] as const] : []),
  ];
  return copies.every(
    ([target, source]) => isCopied(lengthOf(target), lengthOf(source)) && !isOverlapSeen(shape, axis, padded, target, source),
  );
}

/** Overlap is noticed between stretches of memory without gaps: the whole axis, or a part of it with nothing outside. */
function isOverlapSeen(shape: readonly Dimension[], axis: number, padded: number, target: Slice, source: Slice): boolean {
  const isAlone = shape.slice(0, axis).every((size) => size === 1);
  const isStretch = (part: Slice) => isAlone || lengthOf(part) === padded;
  if (shape.includes(0) || lengthOf(target) === 0 || lengthOf(source) === 0 || !isStretch(target) || !isStretch(source)) return false;
  const isSame = target.start === source.start && target.end === source.end;
  return !isSame && target.start < source.end && source.start < target.end;
}

/** A source of length 1 is repeated. */
function isCopied(target: number, source: number): boolean {
  return source === target || source === 1;
}

/** As Python slices: a negative number counts from the end. */
function slice(size: number, start: number, end: number): Slice {
  const from = Math.min(Math.max(start < 0 ? start + size : start, 0), size);
  return { start: from, end: Math.min(Math.max(end < 0 ? end + size : end, from), size) };
}

function lengthOf({ start, end }: Slice): number {
  return end - start;
}
