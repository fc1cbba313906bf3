// A builder that puts what a block of another file is made of, whose text is not in the document, at the use of the block.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Range } from '../../text/range.ts';
import type { BlockUse, Context, Scope } from './context.ts';

const NO_ARGUMENTS: ReadonlyMap<string, Range> = new Map();

export function enterElsewhere(context: Context, { frames }: Scope, { module: { nameRange, callRange }, range }: BlockUse): Context {
  const { builder } = context;
  const source = { nameRange, callRange, range, argumentRanges: NO_ARGUMENTS, inputRanges: [], frames, isInLibrary: true as const };
  const placed: NetworkBuilder = {
    ...builder,
    apply: (use) => builder.apply({ ...use, source }),
    input: (label, shape) => builder.input(label, shape, nameRange),
    claim: (tensor, claimed) => builder.claim(tensor, claimed, [], nameRange, frames),
    // Ideas for fixes change the other file's text.
    report: (problem) => builder.report({ ...problem, range: nameRange, frames, ideas: [] }),
  };
  return { ...context, builder: placed, references: { list: [], places: new Set() } };
}
