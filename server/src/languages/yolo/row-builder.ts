// A builder that puts what the modules of a row are made of, whose text stands in another file, at the row.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Tensor } from '../../network/network.ts';
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

export function createRowBuilder(builder: NetworkBuilder, row: () => RowPlace): NetworkBuilder {
  return {
    ...builder,
    apply(use) {
      if (use.source.frames.length === 0) return builder.apply(use);
      const { range, blamed, inputs } = row();
      const placeOf = (tensor: Tensor) => inputs.find((input) => isSame(input.tensor, tensor))?.range ?? blamed;
      const source = {
        nameRange: blamed,
        callRange: range,
        range,
        argumentRanges: NO_ARGUMENTS,
        inputRanges: use.inputs.map(placeOf),
        frames: [],
        isInLibrary: true as const,
      };
      return builder.apply({ ...use, source });
    },
    input: (label, shape, range, axisRanges) => builder.input(label, shape, range, axisRanges),
    claim: (tensor, claimed) => builder.claim(tensor, claimed, [], row().blamed, []),
    report(problem) {
      builder.report(problem.frames.length === 0 ? problem : { ...problem, range: row().blamed, frames: [] });
    },
  };
}

function isSame(a: Tensor, b: Tensor): boolean {
  return a.producer === b.producer && a.index === b.index && a.range.start === b.range.start;
}
