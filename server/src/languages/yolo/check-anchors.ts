// The anchors of a model, and the rows that its head reads: one level for each.
import type { Fault } from '../../network/fault.ts';
import type { Problem, TextIdea } from '../../network/network.ts';
import type { ModelTree, Row, Value } from './tree.ts';

export function anchorProblems(tree: ModelTree): Problem[] {
  const anchors = tree.keys.get('anchors')?.value;
  if (anchors === undefined) return [];
  if (anchors.kind === 'number' && anchors.isInteger && anchors.value > 0) return [];
  if (anchors.kind !== 'list') {
    const message = '`anchors` has to be a list with a list of widths and heights for each level, or the number of anchors of a level.';
    return [at({ code: 'syntax', reason: 'key-value', message }, anchors)];
  }
  return levelProblems(tree, anchors.items) ?? tree.rows.filter(isHead).flatMap((row) => countProblems(tree, row, anchors.items));
}

/** Undefined where every level is as long as the others, and of pairs. */
function levelProblems({ text }: ModelTree, levels: readonly Value[]): Problem[] | undefined {
  const lengths = levels.map((level) => (level.kind === 'list' ? level.items.length : 0));
  const usual = lengths.find(
    (length) => length > 0 && length % 2 === 0 && lengths.filter((other) => other === length).length * 2 > lengths.length,
  );
  const wrong = levels.findIndex(
    (_, index) => (lengths[index] ?? 0) % 2 === 1 || lengths[index] === 0 || (usual !== undefined && lengths[index] !== usual),
  );
  const level = levels[wrong];
  if (level === undefined) return undefined;
  const length = lengths[wrong] ?? 0;
  const need =
    usual === undefined
      ? 'a width and a height for each anchor'
      : `${usual}, as the other levels have: a width and a height for each anchor`;
  const message = `Level ${wrong} of \`anchors\` has ${length === 1 ? '1 number' : `${length} numbers`}, but it needs ${need}.`;
  const last = level.kind === 'list' ? level.items[length - 1] : undefined;
  const before = level.kind === 'list' ? level.items[length - 2] : undefined;
  const isOneTooMany = usual !== undefined && length === usual + 1 && last !== undefined && before !== undefined && !level.isAlias;
  const ideas: TextIdea[] = isOneTooMany
    ? [
        {
          title: `Remove ${text.slice(last.range.start, last.range.end)}`,
          edits: [{ range: { start: before.range.end, end: last.range.end }, newText: '' }],
        },
      ]
    : [];
  return [at({ code: 'syntax', reason: 'anchors', message }, level, ideas)];
}

function isHead({ args, from }: Row): boolean {
  return from?.isList === true && args?.items.some((item) => item.kind === 'text' && item.value === 'anchors') === true;
}

function countProblems({ text, keys }: ModelTree, { index, module, from }: Row, levels: readonly Value[]): Problem[] {
  const reads = from?.elements.length ?? 0;
  const key = keys.get('anchors');
  // Heads with auxiliary branches read as many rows for these again.
  if (from === undefined || reads % levels.length === 0 || key === undefined) return [];
  const name = module?.value ?? 'the head';
  const why =
    levels.length > reads
      ? 'The head goes through all levels, and finds no row for the last.'
      : 'The head goes through the levels of the anchors, so that the last rows have no effect.';
  const message = `Row ${index}, ${name}, reads ${reads === 1 ? '1 row' : `${reads} rows`}, but \`anchors\` has ${levels.length === 1 ? '1 level' : `${levels.length} levels`}.\n${why}`;
  const related = [{ message: '`anchors` is here', range: key.range }];
  const extra = levels[reads];
  const before = levels[reads - 1];
  const last = levels[levels.length - 1];
  const ideas: TextIdea[] = [];
  if (extra !== undefined && before !== undefined && last !== undefined && key.value.kind === 'list' && !key.value.isAlias) {
    const lineEnd = text.indexOf('\n', before.range.end);
    const isBlock = !key.value.isFlow && lineEnd >= 0 && lineEnd < extra.range.start;
    const start = isBlock ? lineEnd : before.range.end;
    ideas.push({
      title: `Remove the last ${levels.length - reads === 1 ? 'level' : `${levels.length - reads} levels`} of the anchors`,
      edits: [{ range: { start, end: last.range.end }, newText: '' }],
    });
  }
  const [kept, firstExtra, lastElement] = [from.elements[levels.length - 1], from.elements[levels.length], from.elements[reads - 1]];
  if (kept !== undefined && firstExtra !== undefined && lastElement !== undefined && !from.isAlias) {
    const removed = text.slice(firstExtra.range.start, lastElement.range.end);
    ideas.push({ title: `Remove ${removed}`, edits: [{ range: { start: kept.range.end, end: lastElement.range.end }, newText: '' }] });
  }
  const fault: Fault =
    levels.length > reads
      ? { code: 'input-count', reason: 'outputs', message }
      : { code: 'stale-reference', reason: 'unread', message, related };
  return [{ fault, range: from.range, frames: [], ideas, words: { message, related } }];
}

function at(fault: Fault, { range }: Value, ideas: readonly TextIdea[] = []): Problem {
  return { fault, range, frames: [], ideas };
}
