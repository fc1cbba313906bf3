// A builder that puts what the modules of a row are made of, whose text stands in another file, at the row.
import type { NetworkBuilder, OperatorUse } from '../../network/builder.ts';
import type { Frame, NodeSource, PlaceElsewhere, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';

/** Where the row that is being worked out stands. */
export interface RowPlace {
  readonly range: Range;
  /** What is blamed for what goes wrong inside of the module. */
  readonly blamed: Range;
  /** The inputs of the row with the places of their numbers. */
  readonly inputs: readonly { readonly tensor: Tensor; readonly range: Range }[];
}

const NO_ARGUMENTS: ReadonlyMap<string, Range> = new Map();
const NO_FRAMES: readonly Frame[] = [];

/** Where a part of a module stands, if that is a block of the user's. */
export type FindBlock = (frames: readonly Frame[], range: Range) => PlaceElsewhere | undefined;

export function createRowBuilder(builder: NetworkBuilder, row: () => RowPlace, findBlock: FindBlock): NetworkBuilder {
  return {
    ...builder,
    apply(use, known) {
      if (use.source.frames.length === 0) return builder.apply(use, known);
      return builder.apply(placedUse(use, row(), findBlock), known);
    },
    input: (label, shape, range, axisRanges) => builder.input(label, shape, range, axisRanges),
    claim: (tensor, claimed) => builder.claim(tensor, claimed, [], row().blamed, []),
    report(problem) {
      const within = findBlock(problem.frames, problem.range);
      const placed = { ...problem, range: row().blamed, frames: [], ...(within !== undefined && { within }) };
      builder.report(problem.frames.length === 0 ? problem : placed);
    },
  };
}

/** The inputs of the row are where their numbers are; what comes from within the module is not written. */
function placedUse(use: OperatorUse, row: RowPlace, findBlock: FindBlock): OperatorUse {
  const { operator, arguments: written, inputs, sharesParameters, parameters } = use;
  const { range, blamed } = row;
  const within = findBlock(use.source.frames, use.source.callRange);
  const placeOf = (tensor: Tensor) => row.inputs.find((input) => isSame(input.tensor, tensor))?.range;
  const inputRanges = inputs.some((tensor) => placeOf(tensor) !== undefined) ? inputs.map((tensor) => placeOf(tensor) ?? blamed) : [];
  const source: NodeSource = {
    nameRange: blamed,
    callRange: range,
    range,
    argumentRanges: NO_ARGUMENTS,
    inputRanges,
    frames: NO_FRAMES,
    isInLibrary: true,
    ...(within !== undefined && { within }),
  };
  return { operator, arguments: written, inputs, sharesParameters, parameters, source };
}

function isSame(a: Tensor, b: Tensor): boolean {
  return a.producer === b.producer && a.index === b.index && a.range.start === b.range.start;
}
