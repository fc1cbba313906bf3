// What is wrong with a row before its module is looked into: how many arguments it has, what they name, and how many rows it reads.
import type { Fault } from '../../network/fault.ts';
import type { Problem, TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { Declaration, Parameter } from '../nn/tree.ts';
import { givesChannels } from './fill-arguments.ts';
import { argumentValue, NAMED_KEYS } from './row-values.ts';
import { unreadRows } from './shift.ts';
import type { ListValue, ModelTree, Row, Value } from './tree.ts';

/** A row that is wrong as it is written is not worked out: nothing more is said of it. */
export interface RowProblem {
  readonly row: Row;
  readonly problem: Problem;
}

/** One for a row at most. */
export function argumentProblems(tree: ModelTree, library: ReadonlyMap<string, Declaration>): RowProblem[] {
  return tree.rows.flatMap((row): RowProblem[] => {
    const block = row.module === undefined ? undefined : library.get(row.module.value);
    if (row.module === undefined || row.args === undefined || row.from === undefined) return [];
    const problem =
      repeatsProblem(tree, row) ??
      upsampleProblem(row) ??
      (block === undefined ? undefined : moduleProblem(tree, row, { block, args: row.args, name: row.module.value }));
    return problem === undefined ? [] : [{ row, problem }];
  });
}

interface Use {
  readonly block: Declaration;
  readonly args: ListValue;
  readonly name: string;
}

function moduleProblem(tree: ModelTree, row: Row, use: Use): Problem | undefined {
  return inputProblem(tree, row, use) ?? valueProblem(tree, row, use) ?? countProblem(tree, row, use) ?? axisProblem(row, use);
}

/** The parameters that a row writes, in their order: the parser gives the others itself. */
export function writtenParameters({ parameters }: Declaration): Parameter[] {
  const given: readonly (string | undefined)[] = ['channels', 'channel_list', 'repeats', 'setting'];
  return parameters.filter(({ role }) => !given.includes(role?.name));
}

function repeatsProblem({ text }: ModelTree, { repeats, index }: Row): Problem | undefined {
  if (repeats === undefined || repeats.value >= 0) return undefined;
  const written = text.slice(repeats.range.start, repeats.range.end);
  const message = `Row ${index} repeats its module ${written} times, but the number is at least 1.`;
  const ideas = [-repeats.value, 1].filter(Number.isInteger).map((value) => ({
    title: `Change ${written} to ${value}`,
    edits: [{ range: repeats.range, newText: String(value) }],
    larger: value === 1 && repeats.value !== -1,
  }));
  return problemAt({ code: 'argument-range', reason: 'expression', message }, repeats.range, ideas.slice(0, repeats.value === -1 ? 1 : 2));
}

/** The first argument of nn.Upsample is a size: without it the mode stands where the scale is. */
function upsampleProblem({ index, module, args }: Row): Problem | undefined {
  const [size, scale] = args?.items ?? [];
  if (module?.value !== 'nn.Upsample' || size?.kind !== 'number' || scale?.kind !== 'text' || !/^[a-z-]+$/.test(scale.value))
    return undefined;
  const message = `nn.Upsample in row ${index} takes [size, scale_factor, mode], but has the mode \`${scale.value}\` second.\n${size.value} is the size of the map then, and not a factor.`;
  const ideas = size.isAlias
    ? []
    : [{ title: 'Put None in front', edits: [{ range: { start: size.range.start, end: size.range.start }, newText: 'None, ' }] }];
  return problemAt({ code: 'argument-type', reason: 'expression', message }, scale.range, ideas);
}

/** A module that joins reads a list; one with a single input reads a number. */
function inputProblem(tree: ModelTree, { from, index }: Row, { block, name }: Use): Problem | undefined {
  if (from === undefined || from.isAlias) return undefined;
  const { text } = tree;
  const inputs = block.body.filter((statement) => statement.kind === 'input');
  const has = (wanted: string) => block.parameters.some(({ role }) => role?.name === wanted);
  // Where the channels that come out are written, a single row may give the list itself.
  const takesList = (inputs.some(({ spread }) => spread === true) && !has('output')) || has('channel_list');
  const written = text.slice(from.range.start, from.range.end);
  if (takesList && !from.isList) {
    const message = `${name} reads a list of rows, but \`from\` of row ${index} is the number ${written}.\nThe parser goes through the list, and stops at a number.`;
    // A join that reads one row leaves another one unread, mostly.
    const others = unreadRows(tree).filter((other) => other.index < index - 1);
    const lists = [`[${written}]`, ...others.slice(-2).map((other) => `[${written}, ${other.index}]`)];
    const ideas = lists.map((newText) => ({ title: `Change ${written} to ${newText}`, edits: [{ range: from.range, newText }] }));
    return problemAt({ code: 'input-count', reason: 'outputs', message }, from.range, ideas);
  }
  const takesOne = inputs.length <= 1 && has('channels');
  if (takesList || !takesOne || !from.isList) return undefined;
  const { elements } = from;
  const found = elements.length === 1 ? 'a list' : `a list of ${elements.length} rows`;
  const message = `${name} reads one row, but \`from\` of row ${index} is ${found}.\nSeveral rows are joined by a Concat in a row of its own; without one the number stands alone.`;
  const ideas = elements.slice(0, 4).map(({ value }): TextIdea => ({
    title: `Change ${written} to ${value}`,
    edits: [{ range: from.range, newText: String(value) }],
  }));
  return problemAt({ code: 'input-count', reason: 'outputs', message }, from.range, ideas);
}

function countProblem(tree: ModelTree, { index, from }: Row, { block, args, name }: Use): Problem | undefined {
  const { text } = tree;
  const parameters = writtenParameters(block);
  const isOpen = parameters.some(({ spread }) => spread === true);
  const names = parameters.map((parameter) => (parameter.default === undefined ? parameter.name.name : `${parameter.name.name}?`));
  const takes = names.length === 0 ? 'none' : `[${names.join(', ')}]`;
  const has = args.items.length === 1 ? '1 argument' : `${args.items.length} arguments`;
  const next = args.items[parameters.length];
  const isChannels = next !== undefined && givesChannels(argumentValue(tree, next), from?.elements.length ?? 0);
  const givesOwn = isChannels && block.parameters.some(({ role }) => role?.name === 'channel_list');
  const extra = isOpen ? undefined : args.items[parameters.length + (givesOwn ? 1 : 0)];
  const last = args.items[args.items.length - 1];
  if (extra !== undefined && last !== undefined) {
    const most = parameters.length === 0 ? 'no arguments' : `at most ${parameters.length}`;
    const message = `Row ${index} gives ${name} ${has}, but it takes ${most}: ${takes}.\nThe channels that come in and the number of repeats are the parser's to give.`;
    const before = args.items[parameters.length - 1];
    const start = before?.range.end ?? extra.range.start;
    const removed = text.slice(extra.range.start, last.range.end);
    const canRemove = args.isFlow && !args.isAlias && !args.items.some(({ isAlias }) => isAlias) && !removed.includes('\n');
    const ideas = canRemove ? [{ title: `Remove ${removed}`, edits: [{ range: { start, end: last.range.end }, newText: '' }] }] : [];
    const fault: Fault = { code: 'unknown-argument', reason: 'too-many', argument: String(args.items.length), known: [] };
    return { ...problemAt(fault, { start: extra.range.start, end: last.range.end }, ideas), words: { message, related: [] } };
  }
  const missing = parameters.slice(args.items.length).filter((parameter) => parameter.default === undefined && parameter.spread !== true);
  const [first] = missing;
  if (first === undefined) return undefined;
  const lacks = missing.map((parameter) => parameter.name.name).join(' and ');
  const message = `Row ${index} gives ${name} ${args.items.length === 0 ? 'no arguments' : has}, and lacks ${lacks}: it takes ${takes}.`;
  const at = last?.range.end ?? args.range.end - 1;
  const isClasses = first.name.name === 'nc' && missing.length === 1 && args.isFlow && !args.isAlias;
  const ideas = isClasses
    ? [{ title: 'Add nc', edits: [{ range: { start: at, end: at }, newText: last === undefined ? 'nc' : ', nc' }] }]
    : [];
  const fault: Fault = { code: 'missing-argument', reason: 'missing', argument: first.name.name };
  return { ...problemAt(fault, args.range, ideas), words: { message, related: [] } };
}

/** The parser counts the channels of all, whatever the axis is. */
function axisProblem({ index }: Row, { args, name }: Use): Problem | undefined {
  const [axis] = args.items;
  if (name !== 'Concat' || axis?.kind !== 'number' || axis.value === 1 || axis.value === -3) return undefined;
  const axes = new Map([
    [0, 'the batch'],
    [2, 'the height'],
    [-2, 'the height'],
    [3, 'the width'],
    [-1, 'the width'],
  ]);
  const message = `Concat in row ${index} joins along axis ${axis.value}, ${axes.get(axis.value) ?? 'which a feature map does not have'}; rows are joined along their channels, axis 1.\nThe parser counts the sum of the channels in any case.`;
  const ideas = axis.isAlias ? [] : [{ title: `Change ${axis.value} to 1`, edits: [{ range: axis.range, newText: '1' }] }];
  return problemAt({ code: 'argument-range', reason: 'expression', message }, axis.range, ideas);
}

/** Arguments that the parser looks up by name, and channels. */
function valueProblem(tree: ModelTree, { index }: Row, { block, args, name }: Use): Problem | undefined {
  const parameters = writtenParameters(block);
  for (const [at, item] of args.items.entries()) {
    const parameter = parameters[at];
    const value = argumentValue(tree, item);
    const isChannels = parameter?.role?.name === 'width' || parameter?.role?.name === 'scaled';
    const isCount = isChannels || parameter?.name.name === 'nc';
    if (typeof value === 'string' && item.kind === 'text' && !tree.keys.has(item.value) && (isCount || NAMED_KEYS.includes(item.value)))
      return unknownKey(tree, item, { index, name, parameter: parameter?.name.name ?? '', isCount, before: args.items[at - 1] });
    if (parameter?.default?.kind === 'list' && typeof value === 'number') {
      const example = parameter.default.items.map((part) => (part.value.kind === 'integer' ? part.value.value : '…')).join(', ');
      const message = `${parameter.name.name} of ${name} in row ${index} is a list, as in [${example}], and not ${value}.`;
      const ideas = item.isAlias ? [] : [{ title: `Change ${value} to [${value}]`, edits: [{ range: item.range, newText: `[${value}]` }] }];
      return problemAt({ code: 'argument-type', reason: 'expression', message }, item.range, ideas);
    }
    if (isChannels && typeof value === 'number' && value < 1) {
      const message = `Row ${index} asks ${name} for ${value} channels, but ${parameter.name.name} is at least 1.`;
      return problemAt({ code: 'argument-range', reason: 'expression', message }, item.range, []);
    }
  }
  return undefined;
}

function unknownKey(
  { keys, text }: ModelTree,
  item: Extract<Value, { kind: 'text' }>,
  {
    index,
    name,
    parameter,
    isCount,
    before,
  }: {
    readonly index: number;
    readonly name: string;
    readonly parameter: string;
    readonly isCount: boolean;
    readonly before: Value | undefined;
  },
): Problem {
  const what = parameter === 'nc' ? ', the number of classes' : '';
  const need = isCount ? ` ${name} needs a number there: ${parameter}${what}.` : '';
  const message = `\`${item.value}\` in row ${index} is no key of this file.${need}\nThe parser puts in the value of a key, and else leaves the word as it is.`;
  const ideas: TextIdea[] = [];
  if (parameter === 'nc' && keys.has('nc') && item.value !== 'nc' && !item.isAlias)
    ideas.push({ title: `Change ${item.value} to nc`, edits: [{ range: item.range, newText: 'nc' }] });
  // YAML takes words without a comma for one text.
  if (/^-?[\w.]+(?:\s+-?[\w.]+)+$/.test(item.value) && !item.isAlias) {
    const newText = item.value.replace(/\s+/g, ', ');
    ideas.push({ title: `Change ${item.value} to ${newText}`, edits: [{ range: item.range, newText }] });
  }
  // Ultralytics has no anchors.
  if (parameter === '' && before !== undefined && !item.isAlias)
    ideas.push({ title: `Remove ${item.value}`, edits: [{ range: { start: before.range.end, end: item.range.end }, newText: '' }] });
  const usual = USUAL_VALUES.get(item.value);
  if (usual !== undefined) ideas.push(newKey(text, keys, item.value, usual));
  return problemAt({ code: 'unknown-name', reason: 'name', name: item.value, known: [] }, item.range, ideas, message);
}

const USUAL_VALUES: ReadonlyMap<string, string> = new Map([
  ['nc', '80'],
  ['kpt_shape', '[17, 3]'],
]);

/** A key in front of the first one of the file. */
export function newKey(text: string, keys: ModelTree['keys'], name: string, value: string): TextIdea {
  const start = [...keys.values()].reduce((least, { range }) => Math.min(least, range.start), text.length);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: `Add \`${name}: ${value}\``,
    edits: [{ range: { start, end: start }, newText: `${name}: ${value}${newline}` }],
    larger: true,
  };
}

function problemAt(fault: Fault, range: Range, ideas: readonly TextIdea[], message?: string): Problem {
  return { fault, range, frames: [], ideas, ...(message !== undefined && { words: { message, related: [] } }) };
}
