// Puts what a line says, whose places count from its first letter, to its place in the document.
import type { Range } from '../../text/range.ts';
import type { Head, ParsedLine } from './parse-statement.ts';
import type { Argument, Expression, Name, Parameter, ShapeExpression, Statement, SyntaxFault, ValueStatement } from './tree.ts';

export function moveRange({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

export function moveLine(line: ParsedLine, by: number): ParsedLine {
  switch (line.kind) {
    case 'statement':
      return { kind: 'statement', statement: moveStatement(line.statement, by) };
    case 'head':
      return { kind: 'head', head: moveHead(line.head, by), range: moveRange(line.range, by) };
    case 'nothing':
      return { kind: 'nothing', range: moveRange(line.range, by) };
  }
}

export function moveFault({ range, line, replacement, ...rest }: SyntaxFault, by: number): SyntaxFault {
  return {
    ...rest,
    range: moveRange(range, by),
    ...(line !== undefined && { line: moveRange(line, by) }),
    ...(replacement !== undefined && { replacement: { ...replacement, range: moveRange(replacement.range, by) } }),
  };
}

function moveStatement(statement: Statement, by: number): Statement {
  switch (statement.kind) {
    case 'input': {
      const { shape } = statement;
      return {
        ...statement,
        name: moveName(statement.name, by),
        range: moveRange(statement.range, by),
        ...(shape !== undefined && { shape: moveShape(shape, by) }),
      };
    }
    case 'output': {
      const { claim } = statement;
      return {
        ...statement,
        names: moveNames(statement.names, by),
        range: moveRange(statement.range, by),
        ...(claim !== undefined && { claim: moveShape(claim, by) }),
      };
    }
    case 'require':
      return { kind: 'require', condition: moveExpression(statement.condition, by), range: moveRange(statement.range, by) };
    case 'value':
      return new MovedValue(statement, by);
    // No line has a body.
    case 'repeat':
    case 'for':
    case 'if':
      return statement;
  }
}

/** Most lines of a network are values, and of most no more is asked than what the line says: the rest is moved when it is asked for. */
class MovedValue implements ValueStatement {
  readonly kind = 'value';
  readonly targets: readonly Name[];
  readonly append: boolean;
  readonly range: Range;
  readonly line: ValueStatement;
  readonly by: number;
  private moved: Expression | undefined;

  constructor(line: ValueStatement, by: number) {
    this.targets = moveNames(line.targets, by);
    this.append = line.append;
    this.range = moveRange(line.range, by);
    this.line = line;
    this.by = by;
    this.moved = undefined;
  }

  get value(): Expression {
    return (this.moved ??= moveExpression(this.line.value, this.by));
  }

  get claim(): ShapeExpression | undefined {
    return this.line.claim && moveShape(this.line.claim, this.by);
  }
}

function moveHead(head: Head, by: number): Head {
  switch (head.kind) {
    case 'block':
    case 'net':
      return {
        kind: head.kind,
        name: moveName(head.name, by),
        parameters: head.parameters.map((parameter) => moveParameter(parameter, by)),
      };
    case 'repeat':
      return { kind: 'repeat', count: moveExpression(head.count, by) };
    case 'for':
      return { kind: 'for', targets: moveNames(head.targets, by), items: moveExpression(head.items, by) };
    case 'if':
    case 'elif':
      return { kind: head.kind, condition: moveExpression(head.condition, by) };
    case 'else':
      return head;
  }
}

function moveParameter(parameter: Parameter, by: number): Parameter {
  const { role, default: value } = parameter;
  return {
    ...parameter,
    name: moveName(parameter.name, by),
    ...(role !== undefined && { role: moveName(role, by) }),
    ...(value !== undefined && { default: moveExpression(value, by) }),
  };
}

function moveNames(names: readonly Name[], by: number): readonly Name[] {
  return names.length === 0 ? names : names.map((name) => moveName(name, by));
}

function moveName({ name, range }: Name, by: number): Name {
  return { name, range: moveRange(range, by) };
}

function moveShape({ axes, range }: ShapeExpression, by: number): ShapeExpression {
  const moved = axes.map(({ size, sample, range: place }) => ({
    size: moveExpression(size, by),
    range: moveRange(place, by),
    ...(sample !== undefined && { sample: moveExpression(sample, by) }),
  }));
  return { axes: moved, range: moveRange(range, by) };
}

function moveArgument({ name, nameRange, spread, value, range }: Argument, by: number): Argument {
  return {
    ...(name !== undefined && { name }),
    ...(nameRange !== undefined && { nameRange: moveRange(nameRange, by) }),
    spread,
    value: moveExpression(value, by),
    range: moveRange(range, by),
  };
}

function moveArguments(items: readonly Argument[], by: number): Argument[] {
  return items.map((item) => moveArgument(item, by));
}

export function moveExpression(expression: Expression, by: number): Expression {
  const range = moveRange(expression.range, by);
  switch (expression.kind) {
    case 'list':
      return { kind: 'list', items: moveArguments(expression.items, by), range };
    case 'unary':
      return { kind: 'unary', operator: expression.operator, operand: moveExpression(expression.operand, by), range };
    case 'binary': {
      const { operator, left, right } = expression;
      return { kind: 'binary', operator, left: moveExpression(left, by), right: moveExpression(right, by), range };
    }
    case 'conditional': {
      const { condition, then, otherwise } = expression;
      return {
        kind: 'conditional',
        condition: moveExpression(condition, by),
        then: moveExpression(then, by),
        otherwise: moveExpression(otherwise, by),
        range,
      };
    }
    case 'index':
      return { kind: 'index', base: moveExpression(expression.base, by), index: moveExpression(expression.index, by), range };
    case 'call':
      return { kind: 'call', callee: moveExpression(expression.callee, by), arguments: moveArguments(expression.arguments, by), range };
    default:
      return { ...expression, range };
  }
}
