// Go to definition and find references: from a name to where it is introduced, and to all its uses.
import type { Analysis } from '../analysis/analyse.ts';
import type { Range } from '../text/range.ts';
import { referenceAt } from './locate.ts';

export interface Definition {
  readonly range: Range;
  /** The file that it is in, where that is another one: as the user's was handed in, or the name of one that ships with us. */
  readonly file?: string;
}

export function definitionAt(analysis: Analysis, offset: number): Definition | undefined {
  const reference = referenceAt(analysis, offset);
  if (reference?.block !== undefined) return reference.block;
  return reference === undefined ? undefined : { range: reference.definition };
}

export function referencesAt(analysis: Analysis, offset: number): Range[] {
  const definition = referenceAt(analysis, offset)?.definition;
  if (definition === undefined) return [];
  return analysis.document.references.filter((other) => other.definition.start === definition.start).map(({ range }) => range);
}
