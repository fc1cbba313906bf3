// A module that cannot take what its row reads: the rows that it reads with their channels, and what its block says of them.
import { formatSize } from '../../dims/format.ts';
import type { Network, Problem, TextIdea } from '../../network/network.ts';
import type { Blocks } from './library.ts';
import { targetOf } from './links.ts';
import type { ModelTree, Row } from './tree.ts';

/** The problem in the words of rows where it lies within a module that reads several; as it was where it does not. */
export function explainModule(problem: Problem, tree: ModelTree, network: Network, library: Blocks): Problem {
  const { fault, node, range } = problem;
  if (fault.code !== 'channel-mismatch' || !('expected' in fault) || node?.source.isInLibrary !== true) return problem;
  const row = tree.rows.find(({ module }) => module?.range.start === range.start);
  if (row?.module === undefined || row.from === undefined || row.from.elements.length < 2) return problem;
  const name = row.module.value;
  const read = row.from.elements.flatMap(({ value }) => {
    const index = targetOf(row.index, value);
    const channels = typeof index === 'number' ? network.layers[index]?.outputs[0]?.shape?.[1] : undefined;
    return typeof index === 'number' && channels !== undefined ? [{ index, channels: formatSize(channels) }] : [];
  });
  const rows = read.map(({ index, channels }, at) => `row ${index} has ${channels}${at === 0 ? ' channels' : ''}`).join(', ');
  const summary = library.get(name)?.elsewhere?.summary;
  const message =
    `${name} cannot take the channels of its inputs: ${rows}.\n` +
    `Its ${node.operator} is made for ${formatSize(fault.expected)} channels, but gets ${formatSize(fault.actual)}.` +
    (summary === undefined ? '' : `\n${summary}`);
  return { ...problem, words: { message, related: relatedRows(tree, read) }, ideas: limitIdeas(tree, network.name) };
}

function relatedRows(
  { rows }: ModelTree,
  read: readonly { index: number; channels: string }[],
): { message: string; range: Row['range'] }[] {
  return read.flatMap(({ index, channels }) => {
    const row = rows[index];
    return row === undefined ? [] : [{ message: `Row ${index} has ${channels} channels`, range: row.module?.range ?? row.range }];
  });
}

/** What the other scales limit the channels to: a limit that makes rows alike is a likely reason. */
function limitIdeas({ keys }: ModelTree, scale: string): TextIdea[] {
  const scales = keys.get('scales')?.value;
  if (scales?.kind !== 'map') return [];
  const limits = scales.entries.flatMap(({ name, value }) => {
    const limit = value.kind === 'list' ? value.items[2] : undefined;
    return limit?.kind === 'number' ? [{ name, limit }] : [];
  });
  const own = limits.find(({ name }) => name === scale)?.limit;
  if (own === undefined) return [];
  const others = new Set(limits.map(({ limit }) => limit.value).filter((value) => value !== own.value));
  return [...others].map((value) => ({
    title: `Change the most channels at scale ${scale} from ${own.value} to ${value}`,
    edits: [{ range: own.range, newText: String(value) }],
    larger: true,
  }));
}
