// A join that does not fit since a row above it has a wrong argument: the strides, kernels and factors that may be meant instead.
import type { TextIdea } from '../../network/network.ts';
import { setItem, slotsOf, type Slot } from './argument-slots.ts';
import type { Dialect } from './dialect.ts';
import type { Blocks } from './library.ts';
import { targetOf } from './links.ts';
import { readComment } from './row-comment.ts';
import { argumentValue } from './row-values.ts';
import type { StrideOf } from './shift.ts';
import type { ModelTree, Row } from './tree.ts';

/** No more are tried besides the other ideas of a join: each costs an analysis. */
const MOST_IDEAS = 6;

/** No more rows than this are looked at on the way up, and from no more joined ones. */
const MOST_ROWS = 500;
const MOST_JOINED = 8;

/** What modules and operators call these. */
const NAMES = {
  stride: ['s', 'stride'],
  'kernel size': ['k', 'kernel_size'],
  padding: ['p', 'padding'],
  'scale factor': ['scale_factor'],
} as const;
type Role = keyof typeof NAMES;

export interface Model {
  readonly tree: ModelTree;
  readonly dialect: Dialect;
  readonly blocks: Blocks;
  readonly strideOf: StrideOf;
}

interface Guess {
  readonly role: Role;
  readonly value: number;
}

/** A row that one of the joined rows is made of. */
interface Above {
  readonly row: Row;
  /** The joined row. */
  readonly joined: number;
  readonly distance: number;
  /** The stride of the joined row, and the one that it should have; undefined where each joined row is made of this one. */
  readonly strides: { readonly own: number; readonly wanted: number } | undefined;
}

/** A row that contradicts its comment first, then the nearest; `joined` are the numbers of the rows that a row joins. */
export function argumentIdeas(model: Model, joined: readonly number[]): TextIdea[] {
  const above = rowsAbove(model, joined.slice(0, MOST_JOINED));
  const isOdd = (row: Row) => {
    const said = readComment(row).level?.stride;
    const stride = model.strideOf(row.index);
    return said !== undefined && stride !== undefined && said !== stride;
  };
  // Behind the first row that contradicts its comment all do.
  const odd = above.filter(({ row }) => isOdd(row)).sort((a, b) => a.row.index - b.row.index);
  const near = above.filter((row) => !odd.includes(row)).sort((a, b) => a.distance - b.distance);
  const ideas: TextIdea[] = [];
  for (const row of [...odd, ...near]) {
    if (ideas.length >= MOST_IDEAS) break;
    ideas.push(...ideasOf(model, row));
  }
  return ideas.slice(0, MOST_IDEAS);
}

/** A row above with a stride or factor that alone explains why a join does not fit, and what is odd about it. */
export interface Suspect {
  /** Which of the joined rows is made of it. */
  readonly joined: number;
  readonly words: string;
}

/** Undefined where none stands out: what a comment says and what a factor usually is are the only hints. */
export function suspectOf(model: Model, joined: readonly number[]): Suspect | undefined {
  const { tree, strideOf } = model;
  for (const { row, joined: index, strides } of rowsAbove(model, joined.slice(0, MOST_JOINED))) {
    if (strides === undefined) continue;
    const { own, wanted } = strides;
    const stride = strideOf(row.index);
    const said = readComment(row).level?.stride;
    if (said !== undefined && stride !== undefined && said !== stride && own * said === wanted * stride)
      return { joined: index, words: `Row ${row.index} has stride ${stride}, but its comment says ${said}.` };
    const factor = factorOf(tree, row);
    if (index === row.index && factor !== undefined && factor !== 2 && own * factor === wanted * 2)
      return { joined: index, words: `Row ${row.index} makes the map ${factor} times as high and wide; 2 times would fit.` };
  }
  return undefined;
}

function factorOf(tree: ModelTree, { module, args }: Row): number | undefined {
  const item = module?.value === 'nn.Upsample' ? args?.items[1] : undefined;
  const value = item === undefined ? undefined : argumentValue(tree, item);
  return typeof value === 'number' ? value : undefined;
}

function ideasOf({ tree, dialect, blocks }: Model, { row, strides }: Above): TextIdea[] {
  if (row.module === undefined || row.args === undefined) return [];
  const slots = slotsOf(row.module.value, dialect, blocks);
  const places = (role: Role) => slots.findIndex(({ name }) => NAMES[role].some((known) => known === name));
  const valueOf = (role: Role) => wholeAt(tree, row, slots, places(role));
  return guesses(valueOf, places('padding') >= 0, strides).flatMap(({ role, value }): TextIdea[] => {
    const edits = setItem(row, slots, places(role), String(value));
    const from = valueOf(role);
    const title = `Change the ${role} of row ${row.index}${from === undefined ? '' : ` from ${from}`} to ${value}`;
    return edits === undefined ? [] : [{ title, edits }];
  });
}

/** The whole number that stands at a place, or its default; undefined where there is another value. */
function wholeAt(tree: ModelTree, { args }: Row, slots: readonly Slot[], at: number): number | undefined {
  const item = args?.items[at];
  const value = item === undefined ? Number(slots[at]?.fallback ?? NaN) : argumentValue(tree, item);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function guesses(valueOf: (role: Role) => number | undefined, hasPadding: boolean, strides: Above['strides']): Guess[] {
  const [stride, kernel, padding, factor] = [valueOf('stride'), valueOf('kernel size'), valueOf('padding'), valueOf('scale factor')];
  const found: Guess[] = [];
  const guess = (role: Role, value: number, present: number) => {
    if (Number.isInteger(value) && value !== present && !found.some((other) => other.role === role && other.value === value))
      found.push({ role, value });
  };
  if (factor !== undefined) {
    const fitting = strides === undefined ? factor : (factor * strides.own) / strides.wanted;
    if (fitting > 1) guess('scale factor', fitting, factor);
    if (factor !== 2) guess('scale factor', 2, factor);
  }
  if (stride !== undefined && strides !== undefined) {
    // A kernel of 1 with a longer stride leaves cells out, which nobody means.
    const fitting = (stride * strides.wanted) / strides.own;
    if (fitting >= 1 && (kernel !== 1 || fitting < stride)) guess('stride', fitting, stride);
  }
  if (stride !== undefined && stride > 2) guess('stride', 2, stride);
  // At equal strides sizes differ by a few cells: what a kernel adds to them or takes.
  if (kernel !== undefined && strides === undefined && kernel > 1) {
    if (kernel % 2 === 0) {
      guess('kernel size', kernel + 1, kernel);
      if (kernel > 2) guess('kernel size', kernel - 1, kernel);
    }
    if (hasPadding && (kernel % 2 === 0 || padding !== undefined))
      guess('padding', Math.floor((kernel - 1) / 2), padding ?? Math.floor(kernel / 2));
  }
  return found;
}

/** Where the joined rows have unlike strides, only those that not all of them are made of: the others change all alike. */
function rowsAbove({ tree, strideOf }: Model, joined: readonly number[]): Above[] {
  const branches = joined.map((index) => distancesFrom(tree, index));
  const strides = joined.map(strideOf);
  const isAlike = new Set(strides).size === 1;
  return tree.rows.flatMap((row): Above[] => {
    const distances = branches.map((branch) => branch.get(row.index));
    const at = distances.findIndex((distance) => distance !== undefined);
    if (at < 0 || (!isAlike && distances.every((distance) => distance !== undefined))) return [];
    const own = strides[at];
    const wanted = strides.find((stride, other) => stride !== own && distances[other] === undefined);
    const distance = Math.min(...distances.filter((known) => known !== undefined));
    return [
      { row, joined: joined[at] ?? row.index, distance, strides: own === undefined || wanted === undefined ? undefined : { own, wanted } },
    ];
  });
}

/** How many rows away each row is that a row is made of, itself at 0. */
function distancesFrom({ rows }: ModelTree, start: number): ReadonlyMap<number, number> {
  const distances = new Map([[start, 0]]);
  // What is added while this runs is visited too, nearest first.
  for (const [index, distance] of distances) {
    if (distances.size > MOST_ROWS) break;
    for (const { value } of rows[index]?.from?.elements ?? []) {
      const target = targetOf(index, value);
      if (typeof target === 'number' && !distances.has(target)) distances.set(target, distance + 1);
    }
  }
  return distances;
}
