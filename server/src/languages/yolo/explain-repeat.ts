// Copies of a module, stacked since the module takes no number of repeats, that do not fit one behind the other.
import type { Problem, TextIdea } from '../../network/network.ts';
import { formatSize } from '../../dims/format.ts';
import { renumberEdits } from './renumber.ts';
import { insertedAbove } from './row-refactorings.ts';
import type { ModelTree, Row } from './tree.ts';

/** The problem in the words of rows where it is that of a further copy; as it was where it is none. */
export function explainRepeat(problem: Problem, tree: ModelTree): Problem {
  const { fault, range } = problem;
  const row = tree.rows.find(({ repeats }) => repeats?.range.start === range.start && repeats.range.end === range.end);
  if (row?.repeats === undefined || row.module === undefined || fault.code !== 'channel-mismatch' || !('expected' in fault)) return problem;
  const name = row.module.value;
  const { expected, actual } = fault;
  const sizes = `${formatSize(expected)} to ${formatSize(actual)} channels`;
  const message =
    `The copies of ${name} (${sizes}) do not fit one behind the other: copy 2 gets ${formatSize(actual)} channels, but is made for ${formatSize(expected)}.\n` +
    `${name} takes no number of repeats, so that ${row.repeats.value} repeats in row ${row.index} are copies in a row. Keep one that changes the channels, and repeat a second row that keeps them.`;
  return {
    ...problem,
    fault: { code: 'repeat-mismatch', reason: 'channels', message, related: [] },
    ideas: ideasOf(tree, row),
  };
}

function ideasOf(tree: ModelTree, row: Row): TextIdea[] {
  const { repeats, from } = row;
  if (repeats === undefined || repeats.isAlias) return [];
  const one = { title: 'Change repeats to 1', edits: [{ range: repeats.range, newText: '1' }] };
  const { text } = tree;
  if (from === undefined || from.isAlias || row.list?.isFlow !== true || repeats.value < 2) return [one];
  const written = text.slice(row.range.start, row.range.end);
  if (written.includes('\n')) return [one];
  const [start, end] = [repeats.range.start - row.range.start, repeats.range.end - row.range.start];
  const first = `${written.slice(0, start)}1${written.slice(end)}`;
  const moved = (index: number) => (index < row.index ? index : index + 1);
  const edits = renumberEdits(tree, { moved, meaning: (target) => target, stays: ({ index }) => index === row.index });
  if (edits === undefined) return [one];
  const split = [
    ...edits,
    ...insertedAbove(tree, row, first),
    { range: from.range, newText: '-1' },
    { range: repeats.range, newText: String(repeats.value - 1) },
  ];
  return [one, { title: `Split into 1 that changes the channels and ${repeats.value - 1} that keep them`, edits: split, larger: true }];
}
