// The known word that is nearest to a misspelt one.

/** The nearest of `known` by edits of single letters, or undefined where none is near enough to be meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  // Any two names of one letter are one edit apart, which says nothing: only `h` for `H` is near.
  const limit = word.length === 1 ? 0 : Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const edits = distance(lower, candidate.toLowerCase(), limit);
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** Damerau-Levenshtein distance of neighbouring letters (optimal string alignment); may stop above `limit`. */
function distance(a: string, b: string, limit: number): number {
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (previous[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [previous, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
