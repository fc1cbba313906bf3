// TensorSplit: an axis divided into a number of parts, or at given places, as torch.tensor_split and Caffe's Slice do.
import { floorDivide, maximum, minimum, subtract } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { boolean, dimensions, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, Parameter } from './operator.ts';

const ARGUMENT = 'indices_or_sections';
/** As in Split: no number in a text can take all memory. */
const MOST_PARTS = 1024;

const EXACT: Parameter = {
  name: 'exact',
  type: 'boolean',
  default: false,
  doc: "Whether all parts have to have cells, and equal parts the same number of them, as in Caffe's Slice.",
};

export const tensorSplit: Operator = {
  name: 'TensorSplit',
  summary: 'Divides an axis into a number of parts, or at the given places.',
  parameters: [
    {
      name: ARGUMENT,
      type: 'integers',
      doc: 'How many parts (the first ones may be larger by one cell), or where each part but the first begins.',
      legal: 'at least 1 as a number of parts',
    },
    { name: 'dim', type: 'integer', default: 0, doc: 'The axis that is divided; 1 is the channels.' },
  ],
  meanings: [EXACT],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const written = from.get(ARGUMENT);
    const places = isList(written) ? dimensions(from, ARGUMENT) : undefined;
    const sections = integer(from, ARGUMENT);
    if (places === undefined) checkLeast(checks, from, ARGUMENT, 1, 'non-positive-size');
    const count = places === undefined ? sections : places.length + 1;
    if (count === undefined || count < 1 || count > MOST_PARTS) return checks.answer([]);
    const each = (shape: Shape) => checks.answer(Array.from({ length: count }, () => shape));
    const axis = input === undefined ? undefined : resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (input === undefined || axis === undefined) return each(unknownLike(input));
    const size = input[axis];
    const isExact = boolean(from, EXACT.name) === true;
    const sizes = places === undefined ? equalParts(checks, size, axis, count, isExact) : partsAt(checks, size, axis, places, isExact);
    return checks.answer(sizes.map((part) => input.map((other, at) => (at === axis ? part : other))));
  },
};

function equalParts(checks: Checks, size: Dimension, axis: number, count: number, isExact: boolean): readonly Dimension[] {
  const part = floorDivide(size, count);
  if (!isExact) return Array.from({ length: count }, (_, at) => floorDivide(subtract(size, at - count + 1), count));
  const divides = checks.divisible(size, count, () => ({
    code: 'reshape-mismatch',
    reason: 'not-divisible',
    argument: ARGUMENT,
    input: 0,
    axis,
    actual: size,
    expected: count,
  }));
  return Array.from({ length: count }, () => (divides ? part : undefined));
}

function partsAt(checks: Checks, size: Dimension, axis: number, places: readonly Dimension[], isExact: boolean): readonly Dimension[] {
  const ends = isExact ? places : places.map((place) => clamped(place, size));
  const bounds = [0, ...ends, size];
  return bounds.slice(1).map((end, at) => {
    const part = subtract(end, bounds[at]);
    if (!isExact) return part === undefined ? undefined : maximum(part, 0);
    const hasCells = checks.atLeast(part, 1, () => ({
      code: 'argument-range',
      reason: 'out-of-range',
      argument: ARGUMENT,
      value: places.map((place) => place ?? null),
      legal: `rising numbers${typeof size === 'number' ? ` below ${size}, the size of axis ${axis}` : ''}`,
    }));
    return hasCells ? part : undefined;
  });
}

/** As Python's slices: a negative place counts from the end, and one behind the end is the end. */
function clamped(place: Dimension, size: Dimension): Dimension {
  if (typeof place !== 'number') return undefined;
  return place < 0 ? maximum(subtract(size, -place), 0) : minimum(place, size);
}
