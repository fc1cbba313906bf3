// Compares the values of a field with its schema: a text in quotes, a word of a list, true or false, or a number.
import type { Problem } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { FieldSchema } from './schema/field.ts';
import type { Field, Scalar, Value } from './text-format/tree.ts';

/** The values as they are meant; the same list where nothing is wrong. A bare word in place of a number may be a template's. */
export function correctValues(field: Field, schema: FieldSchema, problems: Problem[]): readonly Value[] {
  const values = field.values.map((value) => (value.kind === 'scalar' ? correctValue(field.name, value, schema, problems) : value));
  return values.every((value, at) => value === field.values[at]) ? field.values : values;
}

function correctValue(name: string, value: Scalar, schema: FieldSchema, problems: Problem[]): Scalar {
  if (value.type === 'placeholder') return value;
  switch (schema.type) {
    case 'string': {
      const text = quoted(name, value, problems);
      return schema.words === undefined ? text : nameOf(name, text, schema.words, problems);
    }
    case 'word':
      return wordOf(name, value, schema.words ?? [], problems);
    case 'boolean':
      return truthOf(name, value, problems);
    case 'integer':
    case 'number':
      return value.type === 'string' ? unquoted(name, value, schema.type === 'integer' ? 'a whole number' : 'a number', problems) : value;
    case 'message':
      return value;
  }
}

/** A text without quotes is no text, but what is meant is plain. */
function quoted(name: string, value: Scalar, problems: Problem[]): Scalar {
  if (value.type === 'string') return value;
  const message = `${name} takes a text in quotes, but gets ${value.text}.\nCaffe cannot read it without them: write "${value.text}".`;
  problems.push(typeProblem(message, value, `Put quotes around ${value.text}`, `"${value.text}"`));
  return { ...value, type: 'string' };
}

/** A text that is one of some names, to which forks add their own. */
function nameOf(name: string, value: Scalar, names: readonly string[], problems: Problem[]): Scalar {
  const near = names.includes(value.text) ? undefined : closest(value.text, names);
  if (near === undefined) return value;
  const message = `${name} is "${names.slice(0, -1).join('", "')}" or "${names[names.length - 1] ?? ''}", and not "${value.text}". Did you mean "${near}"?\nCaffe stops at a name that it does not know.`;
  problems.push({
    fault: { code: 'argument-range', reason: 'expression', message },
    range: value.range,
    frames: [],
    ideas: [{ title: `Change "${value.text}" to "${near}"`, edits: [{ range: value.range, newText: `"${near}"` }] }],
  });
  return { ...value, text: near };
}

/** A number in quotes. */
function unquoted(name: string, value: Scalar, kind: string, problems: Problem[]): Scalar {
  const number = Number(value.text);
  const isNumber = value.text.trim() !== '' && Number.isFinite(number);
  // What a template puts between quotes is a number once it is there.
  if (!isNumber && /[{}$%<>@]/.test(value.text)) return { ...value, type: 'placeholder' };
  const message = `${name} takes ${kind}, but gets the text "${value.text}".\nCaffe does not read a number in quotes.`;
  problems.push(typeProblem(message, value, isNumber ? `Change it to ${value.text}` : undefined, value.text));
  return isNumber ? { ...value, type: 'number', number } : { ...value, type: 'placeholder' };
}

function wordOf(name: string, value: Scalar, words: readonly string[], problems: Problem[]): Scalar {
  if (value.type === 'number' || (value.type === 'identifier' && words.includes(value.text))) return value;
  const list = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1] ?? ''}`;
  if (value.type === 'string') {
    const near = words.find((word) => word.toLowerCase() === value.text.toLowerCase()) ?? closest(value.text, words);
    const message = `${name} takes the word ${list} without quotes, but gets the text "${value.text}".\nCaffe does not read it in quotes.`;
    problems.push(typeProblem(message, value, near === undefined ? undefined : `Change it to ${near}`, near ?? ''));
    return near === undefined ? { ...value, type: 'placeholder' } : { ...value, type: 'identifier', text: near };
  }
  const near = closest(value.text, words);
  if (near === undefined) {
    const words = {
      message: `${name} is ${list} in Caffe, and not ${value.text}.\nIt may be a word of a fork; what it means is not known here.`,
      related: [],
    };
    // A fork's word stands in many layers, and is told of once.
    const isTold = problems.some(({ fault }) => fault.code === 'unknown-field' && fault.reason === 'word' && fault.name === value.text);
    if (isTold) return { ...value, type: 'placeholder' };
    problems.push({ fault: { code: 'unknown-field', reason: 'word', name: value.text }, range: value.range, frames: [], words });
    return { ...value, type: 'placeholder' };
  }
  const message = `${name} is ${list}, and not ${value.text}. Did you mean ${near}?\nCaffe does not read a word that it does not know.`;
  problems.push({
    fault: { code: 'argument-range', reason: 'expression', message },
    range: value.range,
    frames: [],
    ideas: [{ title: `Change ${value.text} to ${near}`, edits: [{ range: value.range, newText: near }] }],
  });
  return { ...value, text: near };
}

const TRUTHS = new Set(['true', 'True', 't', '1', 'false', 'False', 'f', '0']);
const MEANT: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

function truthOf(name: string, value: Scalar, problems: Problem[]): Scalar {
  if (value.type !== 'string' && TRUTHS.has(value.text)) return value;
  const lower = value.text.toLowerCase();
  const near = MEANT[lower] ?? closest(lower, ['true', 'false']);
  // A word that is neither may be a template's.
  if (near === undefined && value.type === 'identifier') return { ...value, type: 'placeholder' };
  const shown = value.type === 'string' ? `the text "${value.text}"` : value.text;
  const message = `${name} takes true or false, but gets ${shown}.\nCaffe does not read anything else.`;
  problems.push(typeProblem(message, value, near === undefined ? undefined : `Change it to ${near}`, near ?? ''));
  return near === undefined ? { ...value, type: 'placeholder' } : { ...value, type: 'identifier', text: near };
}

function typeProblem(message: string, { range }: Scalar, title: string | undefined, newText: string): Problem {
  const ideas = title === undefined ? [] : [{ title, edits: [{ range, newText }] }];
  return { fault: { code: 'argument-type', reason: 'expression', message }, range, frames: [], ideas };
}
