// Writes an argument of an operator back into its row: at its own place, or where the row's module passes it on.
import { operators } from '../../operators/registry.ts';
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Argument, Call, Declaration, Expression } from '../nn/tree.ts';
import { setItem, slotsOf, type Slot } from './argument-slots.ts';
import { dialectOf } from './dialect.ts';
import { shippedBlocks, type Blocks } from './library.ts';
import { parseModel } from './parse.ts';

/** Calls within calls deeper than this are not followed. */
const DEEPEST = 4;

/** Undefined where the row does not write the argument, or where it stands for more than the operator: channels are scaled. */
export function setRowArgument(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const written = yamlValue(value);
  const tree = parseModel(text);
  const row = tree.rows.find(({ range }) => range.start === node.source.range.start);
  if (written === undefined || row?.args === undefined || row.module === undefined || name.endsWith('_channels')) return undefined;
  const dialect = dialectOf(tree, '');
  const blocks = shippedBlocks(dialect.name);
  const slots = slotsOf(row.module.value, dialect, blocks);
  const at = passedNames(row.module.value, node, slots, blocks).indexOf(name);
  return at < 0 ? undefined : setItem(row, slots, at, written);
}

/** The operator's argument that stands at each place of the row's; undefined at the place of one that is none of its. */
function passedNames(module: string, node: Node, slots: readonly Slot[], blocks: Blocks): (string | undefined)[] {
  const operator = operators.get(node.operator);
  if (operator === undefined) return [];
  const bare = module.replace(/^(?:torch\.)?nn\./, '');
  if (bare !== module) return bare === node.operator ? slots.map(({ name }) => name) : [];
  const block = blocks.get(module);
  if (block === undefined) return [];
  const passed = new Map(
    operator.parameters.flatMap((parameter) => {
      const from = passedFrom(blocks, block, node.operator, parameter.name);
      return from === undefined ? [] : [[from, parameter.name] as const];
    }),
  );
  return slots.map(({ name }) => passed.get(name));
}

/** The parameter of a block that is the operator's argument; undefined where the block has several such operators, or works it out. */
function passedFrom(blocks: Blocks, block: Declaration, operator: string, argument: string, depth = 0): string | undefined {
  const found = callsOf(block).flatMap((call): (string | undefined)[] => {
    const name = call.callee.kind === 'name' ? call.callee.name : '';
    const inner = blocks.get(name);
    if (name === operator) {
      const position = operators.get(operator)?.parameters.findIndex((parameter) => parameter.name === argument) ?? -1;
      return [parameterOf(block, argumentOf(call.arguments, argument, position))];
    }
    if (inner === undefined || depth > DEEPEST || !uses(blocks, inner, operator)) return [];
    const passed = passedFrom(blocks, inner, operator, argument, depth + 1);
    const position = inner.parameters.findIndex((parameter) => parameter.name.name === passed);
    return [passed === undefined ? undefined : parameterOf(block, argumentOf(call.arguments, passed, position))];
  });
  return found.length === 1 ? found[0] : undefined;
}

function uses(blocks: Blocks, block: Declaration, operator: string, depth = 0): boolean {
  return callsOf(block).some(({ callee }) => {
    if (callee.kind !== 'name') return false;
    const inner = blocks.get(callee.name);
    return callee.name === operator || (inner !== undefined && depth < DEEPEST && uses(blocks, inner, operator, depth + 1));
  });
}

/** The calls that its statements are; what is done several times or under a condition counts twice, as it is not one operator. */
function callsOf({ body }: Declaration): Call[] {
  return body.flatMap((statement): Call[] => {
    if (statement.kind === 'value') return innermost(statement.value);
    if (statement.kind === 'repeat' || statement.kind === 'for') {
      const calls = statement.body.flatMap((inner) => (inner.kind === 'value' ? innermost(inner.value) : []));
      return [...calls, ...calls];
    }
    if (statement.kind !== 'if') return [];
    return statement.branches.flatMap((branch) => branch.body.flatMap((inner) => (inner.kind === 'value' ? innermost(inner.value) : [])));
  });
}

/** `Conv(c1, c2)(x)` is a call of `Conv`, and so are those that stand in its brackets. */
function innermost(expression: Expression): Call[] {
  if (expression.kind !== 'call') return [];
  const inner = expression.arguments.flatMap(({ value }) => innermost(value));
  return expression.callee.kind === 'call' ? [...innermost(expression.callee), ...inner] : [expression, ...inner];
}

function argumentOf(written: readonly Argument[], name: string, position: number): Expression | undefined {
  const named = written.find((argument) => argument.name === name);
  const positional = written[position];
  return named?.value ?? (positional?.name === undefined && positional?.spread === false ? positional.value : undefined);
}

/** `k`, or `"half" if p == None else p`. */
function parameterOf(block: Declaration, expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'conditional') return parameterOf(block, expression.otherwise);
  const name = expression?.kind === 'name' ? expression.name : undefined;
  return block.parameters.some((parameter) => parameter.name.name === name) ? name : undefined;
}

/** `(3, 1)` is `[3, 1]`; a word such as "same" is none that these parsers know. */
function yamlValue(value: string): string | undefined {
  if (/^(?:-?\d+(?:\.\d+)?|True|False|None)$/.test(value)) return value;
  const items = /^[([](?<items>\s*-?\d+(?:\s*,\s*-?\d+)*\s*),?\s*[)\]]$/.exec(value)?.groups?.['items'];
  return items === undefined ? undefined : `[${items.trim()}]`;
}
