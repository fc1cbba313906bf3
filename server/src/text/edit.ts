// Text edits by offset, and how they change a text.
import type { Range } from './range.ts';

/** Replaces the text in `range` by `newText`. Edits of one change never overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Returns `text` with all `edits` made, in whatever order they are listed. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start);
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    result += text.slice(from, edit.range.start) + edit.newText;
    from = edit.range.end;
  }
  return result + text.slice(from);
}
