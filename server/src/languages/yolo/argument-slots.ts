// The places of a row's arguments: what the module calls each, and what it is where the row does not write it.
import { operators } from '../../operators/registry.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Expression } from '../nn/tree.ts';
import { writtenParameters } from './check-arguments.ts';
import type { Dialect } from './dialect.ts';
import type { Blocks } from './library.ts';
import type { Row } from './tree.ts';

export interface Slot {
  readonly name: string;
  /** As it is written in YAML; undefined where there is no default, or one that a row cannot write. */
  readonly fallback: string | undefined;
}

/** In the order of the row; none for a module that is not known. */
export function slotsOf(module: string, dialect: Dialect, blocks: Blocks): Slot[] {
  const bare = module.replace(/^(?:torch\.)?nn\./, '');
  if (bare !== module) {
    const parameters = operators.get(bare)?.parameters ?? [];
    // The parser hands the channels in.
    const own = dialect.scaledOperators.includes(bare) ? parameters.slice(1) : parameters;
    return own.map((parameter) => ({ name: parameter.name, fallback: literalText(parameter.default) }));
  }
  const block = blocks.get(module);
  return (block === undefined ? [] : writtenParameters(block)).map((parameter) => ({
    name: parameter.name.name,
    fallback: parameter.default === undefined ? undefined : expressionText(parameter.default),
  }));
}

/** With the defaults of what stands between, where the row ends before it. */
export function setItem({ args }: Row, slots: readonly Slot[], at: number, value: string): TextEdit[] | undefined {
  if (args === undefined || args.isAlias) return undefined;
  const item = args.items[at];
  if (item !== undefined) return item.isAlias ? undefined : [{ range: item.range, newText: value }];
  const between = slots.slice(args.items.length, at).map(({ fallback }) => fallback);
  if (!args.isFlow || between.includes(undefined)) return undefined;
  const last = args.items[args.items.length - 1];
  const start = last?.range.end ?? args.range.start + 1;
  const items = [...between, value].join(', ');
  return [{ range: { start, end: start }, newText: last === undefined ? items : `, ${items}` }];
}

function literalText(value: unknown): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : undefined;
}

function expressionText(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'integer':
    case 'float':
    case 'constant':
      return literalText(expression.value);
    default:
      return undefined;
  }
}
