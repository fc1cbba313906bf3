// Go to definition and find references: from a name to where it is introduced, and to all its uses.
import type { Analysis } from '../analysis/analyse.ts';
import type { Range } from '../text/range.ts';
import { referenceAt } from './locate.ts';

export function definitionAt(analysis: Analysis, offset: number): Range | undefined {
  return referenceAt(analysis, offset)?.definition;
}

export function referencesAt(analysis: Analysis, offset: number): Range[] {
  const definition = referenceAt(analysis, offset)?.definition;
  if (definition === undefined) return [];
  return analysis.document.references.filter((other) => other.definition.start === definition.start).map(({ range }) => range);
}
