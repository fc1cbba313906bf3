// Reads the fields of messages, typed: what a template leaves open is unknown, and what is of another kind is reported.
import { symbol, type Dimension } from '../../dims/size.ts';
import { float, isSize, UNKNOWN, type ArgumentValue } from '../../network/argument.ts';
import type { Fault } from '../../network/fault.ts';
import type { Problem } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { Field, Message, Scalar, Value } from './text-format/tree.ts';

/** A value with the place where it is written. */
export interface Written<Kind = ArgumentValue> {
  readonly value: Kind;
  readonly range: Range;
  /** From the name of the field to the end of its value. */
  readonly place: Range;
}

/** Takes a fault at its place, with what is better said, or mended, in the terms of the format. */
export type Report = (fault: Fault, range: Range, own?: Pick<Problem, 'words' | 'ideas'>) => void;

/** Most layers have none of most fields, and are asked for many: nothing is made for those. */
const NONE: readonly never[] = [];

export function fieldsNamed(message: Message | undefined, name: string): readonly Field[] {
  return lastField(message, name) === undefined ? NONE : (message?.fields.filter((field) => field.name === name) ?? NONE);
}

function lastField(message: Message | undefined, name: string): Field | undefined {
  return message?.fields.findLast((field) => field.name === name);
}

/** The last message of this name: `convolution_param { ... }`. */
export function messageNamed(message: Message | undefined, name: string): Message | undefined {
  const values = lastField(message, name)?.values;
  const found = values?.[values.length - 1];
  return found?.kind === 'message' ? found : undefined;
}

export function messagesNamed(message: Message | undefined, name: string): readonly Message[] {
  return fieldsNamed(message, name).flatMap(({ values }) => values.filter((value) => value.kind === 'message'));
}

/** Every scalar of this name, in the order of the text. */
export function scalarsNamed(message: Message | undefined, name: string): readonly Written<Scalar>[] {
  const fields = fieldsNamed(message, name);
  if (fields.length === 0) return NONE;
  return fields.flatMap((field) => field.values.flatMap((value) => (value.kind === 'scalar' ? [scalarIn(field, value)] : [])));
}

export function scalarNamed(message: Message | undefined, name: string): Written<Scalar> | undefined {
  const field = lastField(message, name);
  const value = field?.values[field.values.length - 1];
  if (field !== undefined && value?.kind === 'scalar') return scalarIn(field, value);
  const scalars = field === undefined ? NONE : scalarsNamed(message, name);
  return scalars[scalars.length - 1];
}

function scalarIn(field: Field, value: Scalar): Written<Scalar> {
  return { value, range: value.range, place: placeOf(field, value) };
}

/** Of a list in square brackets each value has a place of its own. */
function placeOf(field: Field, value: Value): Range {
  return field.values.length === 1 ? field.range : value.range;
}

/** Strings of this name, without their quotes. */
export function stringsNamed(message: Message | undefined, name: string): readonly Written<string>[] {
  return scalarsNamed(message, name).flatMap((found) => (found.value.type === 'string' ? [stringIn(found)] : []));
}

export function stringNamed(message: Message | undefined, name: string): Written<string> | undefined {
  const found = scalarNamed(message, name);
  if (found === undefined || found.value.type === 'string') return found === undefined ? undefined : stringIn(found);
  const strings = stringsNamed(message, name);
  return strings[strings.length - 1];
}

function stringIn({ value, range, place }: Written<Scalar>): Written<string> {
  return { value: value.text, range: insideQuotes(value.text, range), place };
}

/** Where the text of a string stands; the whole of one with escapes or of several parts. */
export function insideQuotes(text: string, range: Range): Range {
  return range.end - range.start === text.length + 2 ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** A word such as `MAX`; a string or a number with the same meaning is taken as well. */
export function wordNamed(message: Message | undefined, name: string): Written<string> | undefined {
  const found = scalarNamed(message, name);
  return found === undefined || found.value.type === 'placeholder' ? undefined : { ...found, value: found.value.text };
}

/** Whole numbers of this name, each of at least `least`. */
export function integersNamed(message: Message | undefined, name: string, report: Report, least = -Infinity): readonly Written[] {
  return scalarsNamed(message, name).map((found) => ({ ...found, value: toInteger(name, found, report, least) }));
}

export function integerNamed(message: Message | undefined, name: string, report: Report, least = -Infinity): Written | undefined {
  const found = scalarNamed(message, name);
  return found === undefined ? undefined : { ...found, value: toInteger(name, found, report, least) };
}

/** Sizes of an input, where a bare word is a free size: a template puts a number for it, and so does the command line. */
export function sizesNamed(message: Message | undefined, name: string, report: Report): readonly Written<Dimension>[] {
  return scalarsNamed(message, name).map((found) => ({ ...found, value: toSize(name, found, report) }));
}

export function sizeNamed(message: Message | undefined, name: string, report: Report): Written<Dimension> | undefined {
  const found = scalarNamed(message, name);
  return found === undefined ? undefined : { ...found, value: toSize(name, found, report) };
}

function toSize(name: string, found: Written<Scalar>, report: Report): Dimension {
  if (found.value.type === 'identifier') return symbol(found.value.text);
  const size = toInteger(name, found, report, 0);
  return isSize(size) ? size : undefined;
}

function toInteger(name: string, { value, range }: Written<Scalar>, report: Report, least: number): ArgumentValue {
  // A bare word may be what a template puts a number for.
  if (value.type === 'placeholder' || value.type === 'identifier') return UNKNOWN;
  const { number } = value;
  if (value.type === 'number' && number !== undefined && Number.isSafeInteger(number)) {
    if (number >= least) return number;
    const message = `${name} must be at least ${least}, but is ${number}.\nCaffe does not take it.`;
    const ideas = [...new Set([least, Math.max(-number, least)])].map((fit) => ({
      title: `Change ${name} to ${fit}`,
      edits: [{ range, newText: String(fit) }],
    }));
    report({ code: 'argument-range', reason: 'expression', message }, range, { ideas });
    return UNKNOWN;
  }
  const shown = value.type === 'string' ? `"${value.text}"` : value.text;
  report({ code: 'argument-type', reason: 'expression', message: `${name} takes a whole number, but gets ${shown}.` }, range);
  return UNKNOWN;
}

/** A number with or without a fraction. */
export function numberNamed(message: Message | undefined, name: string): Written | undefined {
  const found = scalarNamed(message, name);
  return found === undefined ? undefined : { ...found, value: toNumber(found.value) };
}

/** Numbers of this name, in the order of the text. */
export function numbersNamed(message: Message | undefined, name: string): readonly Written[] {
  return scalarsNamed(message, name).map((found) => ({ ...found, value: toNumber(found.value) }));
}

function toNumber({ number }: Scalar): ArgumentValue {
  if (number === undefined || !Number.isFinite(number)) return UNKNOWN;
  return Number.isSafeInteger(number) ? number : float(number);
}

/** `true` or `false`, as protobuf writes them, or 1 or 0. */
export function booleanNamed(message: Message | undefined, name: string): Written<boolean> | undefined {
  const found = scalarNamed(message, name);
  if (found === undefined) return undefined;
  const { text, type } = found.value;
  if (type === 'string' || type === 'placeholder') return undefined;
  if (/^(?:true|True|t|1)$/.test(text)) return { ...found, value: true };
  return /^(?:false|False|f|0)$/.test(text) ? { ...found, value: false } : undefined;
}
