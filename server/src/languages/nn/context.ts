// The state while one document is unrolled into networks, and the scope of names of one network or block.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Formula } from '../../network/condition.ts';
import type { Fault } from '../../network/fault.ts';
import type { BlockElsewhere, Frame, Layer, Node, NetworkSymbol, Reference, ReferenceTarget, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { Declaration } from './tree.ts';
import type { ModuleValue, Value } from './value.ts';

/** How many statements may be worked out for one document, unrolled. */
export const MOST_STEPS = 100_000;
/** How many operators one document may unroll to. */
export const MOST_NODES = 50_000;

export interface Context {
  readonly builder: NetworkBuilder;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** The blocks that the body of a declaration may name, where they are not those of the document. */
  readonly namesIn?: (declaration: Declaration) => ReadonlyMap<string, Declaration> | undefined;
  /** What a block that stands elsewhere is unrolled in, so that what is found in it is placed at its use. */
  readonly enterElsewhere?: (context: Context, scope: Scope, use: BlockUse) => Context;
  readonly references: ReferenceTable;
  /** The places where each block is used, as the offsets of its calls. */
  readonly uses: Map<string, Set<number>>;
  readonly steps: Steps;
  /** Unrolls a block on its inputs. Handed in, since statements hold expressions and expressions apply blocks. */
  readonly unrollBlock: (context: Context, scope: Scope, use: BlockUse) => Value;
}

export interface BlockUse {
  readonly module: ModuleValue;
  readonly block: Declaration;
  readonly inputs: readonly Tensor[];
  /** The inputs as they are given: a list is one of them. */
  readonly values: readonly Value[];
  readonly range: Range;
}

export interface Steps {
  taken: number;
  /** Set when a limit is reached: nothing more is unrolled. */
  exhausted: boolean;
}

export interface Binding {
  readonly value: Value;
  readonly definition: Range;
}

/** The names and the current value in the body of one network, or of one use of a block. */
export interface Scope {
  readonly declaration: Declaration;
  readonly variables: Map<string, Binding>;
  readonly frames: readonly Frame[];
  /** The layers that the statement being worked out puts its parts into. */
  layers: Layer[];
  /** The value before; undefined where there is none yet. */
  current: Value | undefined;
  /** The inputs that a block is given; absent for a network. */
  readonly given?: readonly Value[];
  inputsRead: number;
  readonly inputs: Tensor[];
  readonly outputs: Map<string, { readonly value: Value; readonly range: Range }>;
  readonly symbols: NetworkSymbol[];
  readonly requirements: { readonly range: Range; readonly formula?: Formula }[];
}

export function createScope(declaration: Declaration, frames: readonly Frame[], given?: readonly Value[]): Scope {
  return {
    declaration,
    variables: new Map(),
    frames,
    layers: [],
    current: undefined,
    inputsRead: 0,
    inputs: [],
    outputs: new Map(),
    symbols: [],
    requirements: [],
    ...(given !== undefined && { given }),
  };
}

/** So many names a misspelt one may mean: of very many the first, so that many mistakes in a long text stay cheap. */
export const MOST_NAMES = 500;

const namesOf = new WeakMap<Scope['variables'], readonly string[]>();

/** The names that a misspelt one may mean. */
export function knownNames({ variables }: Scope): readonly string[] {
  const before = namesOf.get(variables);
  if (before?.length === Math.min(variables.size, MOST_NAMES)) return before;
  const names = [...variables.keys()].slice(0, MOST_NAMES);
  namesOf.set(variables, names);
  return names;
}

export function report(context: Context, scope: Scope, fault: Fault, range: Range, node?: Node): void {
  context.builder.report({ fault, range, frames: scope.frames, ...(node !== undefined && { node }) });
}

export function reportExpression(context: Context, scope: Scope, message: string, range: Range): void {
  report(context, scope, { code: 'argument-type', reason: 'expression', message }, range);
}

/** Reports that a limit is reached, once; from there on nothing more is unrolled. */
export function reportLimit(context: Context, scope: Scope, message: string, range: Range): void {
  if (!context.steps.exhausted) report(context, scope, { code: 'unroll-limit', reason: 'limit', message }, range);
  context.steps.exhausted = true;
}

/** What each word stands for, once a place: the first use of a block speaks for its body. */
export interface ReferenceTable {
  readonly list: Reference[];
  readonly places: Set<number>;
}

export function refer(context: Context, range: Range, definition: Range, target: () => ReferenceTarget, block?: BlockElsewhere): void {
  const { list, places } = context.references;
  if (places.has(range.start)) return;
  places.add(range.start);
  list.push({ range, definition, target: target(), ...(block !== undefined && { block }) });
}
