// Puts what a line says, whose places count from its first letter, to its place in the document.
import type { Range } from '../../text/range.ts';
import type { Expression, Name, ShapeExpression, ValueStatement } from './tree.ts';
import type { ParsedLine } from './parse-statement.ts';

export function moveRange({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

/** The same piece of a syntax tree at another place: it is plain data, in which ranges alone have a `start`. */
export function moved<Tree>(tree: Tree, by: number): Tree {
  // What is copied is alike but for the numbers of its ranges.
  return copy(tree, by, 0) as Tree;
}

export function moveLine(line: ParsedLine, by: number): ParsedLine {
  if (line.kind !== 'statement' || line.statement.kind !== 'value') return moved(line, by);
  return { kind: 'statement', statement: new MovedValue(line.statement, by) };
}

/** Of a longer expression less is worked out than this, see `evaluate`: no text may exhaust the stack. */
const DEEPEST = 1_500;

function copy(tree: unknown, by: number, depth: number): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((part) => copy(part, by, depth + 1));
  if (isRange(tree)) return moveRange(tree, by);
  if (depth > DEEPEST && 'kind' in tree && 'range' in tree) return { kind: 'error', range: copy(tree.range, by, depth + 1) };
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(tree)) parts[key] = copy(part, by, depth + 1);
  return parts;
}

function isRange(tree: object): tree is Range {
  return 'start' in tree;
}

/** Most lines of a network are values, and of most no more is asked than what the line says: the rest is moved when it is asked for. */
class MovedValue implements ValueStatement {
  readonly kind = 'value';
  readonly targets: readonly Name[];
  readonly append: boolean;
  readonly range: Range;
  readonly line: ValueStatement;
  readonly by: number;
  private movedValue: Expression | undefined;

  constructor(line: ValueStatement, by: number) {
    this.targets = line.targets.length === 0 ? line.targets : moved(line.targets, by);
    this.append = line.append;
    this.range = moveRange(line.range, by);
    this.line = line;
    this.by = by;
    this.movedValue = undefined;
  }

  get value(): Expression {
    return (this.movedValue ??= moved(this.line.value, this.by));
  }

  get claim(): ShapeExpression | undefined {
    return moved(this.line.claim, this.by);
  }
}
