// Options that Darknet does not read, reads in part, or reads as something else than is written.
import type { Problem, TextIdea } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { Range } from '../../text/range.ts';
import { ACTIVATIONS, isReadAnywhere, optionsOf, STRICT_WORDS, WORDS, type OptionKind } from './options.ts';
import { listItems, readInteger, type Configuration, type Dialect, type Option, type Section } from './parse.ts';

export function optionProblems(text: string, { sections, dialect }: Configuration): Problem[] {
  return sections.flatMap((section) => {
    const known = optionsOf(section.type);
    if (known === undefined) return [];
    const seen = new Map<string, Option>();
    const written = new Set(section.options.map(({ key }) => key));
    const unwritten = [...known.keys()].filter((name) => !written.has(name));
    return section.options.flatMap((option): Problem[] => {
      const first = seen.get(option.key);
      if (first !== undefined) return [repeated(text, option, first)];
      seen.set(option.key, option);
      const use = known.get(option.key);
      if (use === undefined || isOther(use.dialect, dialect)) return [unused(section, option, unwritten)];
      return misread(text, option, use.kind);
    });
  });
}

/** Where the file says which program is meant, what only the other one reads is unused. */
function isOther(reader: Dialect | 'both', meant: Dialect | undefined): boolean {
  return meant !== undefined && reader !== 'both' && reader !== meant;
}

/** `others` are the options that the section could have and has not. */
function unused({ type }: Section, { key, keyRange }: Option, others: readonly string[]): Problem {
  const near = closest(key, others);
  // An option of another section is no slip of the pen.
  const isMisspelt = near !== undefined && !isReadAnywhere(key);
  const found = `[${type}] has no option \`${key}\`, so that Darknet passes this line over ("Unused field").`;
  if (!isMisspelt) return problem('unused-option', 'unused', `${found}\nTake it out, or see in which section it belongs.`, keyRange);
  const message = `${found}\nDid you mean \`${near}\`? Until then it has its default.`;
  return problem('ignored-key', 'misspelt', message, keyRange, [
    { title: `Change \`${key}\` to \`${near}\``, edits: [{ range: keyRange, newText: near }] },
  ]);
}

function repeated(text: string, { key, keyRange, valueRange }: Option, first: Option): Problem {
  const message = `\`${key}\` is written twice in this section. Darknet reads the first, ${first.value}, and passes this one over.\nTake one of them out.`;
  const start = text.lastIndexOf('\n', keyRange.start - 1) + 1;
  const newline = text.indexOf('\n', valueRange.end);
  const line = { start, end: newline < 0 ? text.length : newline + 1 };
  return {
    ...problem('unused-option', 'twice', message, keyRange, [{ title: 'Take this line out', edits: [{ range: line, newText: '' }] }]),
    words: { message, related: [{ message: `The first \`${key}\``, range: first.keyRange }] },
  };
}

function misread(text: string, option: Option, kind: OptionKind): Problem[] {
  const { key, value, valueRange } = option;
  if (kind === 'text') return misspeltWord(option);
  const isList = kind === 'integers' || kind === 'numbers';
  const items = isList ? listItems(option, text) : [{ text: value, range: valueRange }];
  const isWhole = kind === 'integer' || kind === 'integers';
  const wrong = items.find(({ text: item }) => !(isWhole ? WHOLE : NUMBER).test(withoutComment(item)));
  // A name in place of a size stands for any.
  if (wrong === undefined || (SIZES.has(key) && /^[A-Za-z_]\w*$/.test(value))) return [];
  // A comma at the end of a list is no item.
  if (isList && wrong.text === '' && wrong === items[items.length - 1] && items.length > 1) return [];
  const what = isWhole ? 'whole number' : 'number';
  const read = isWhole ? String(readInteger(wrong.text)) : (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(wrong.text)?.[0] ?? '0');
  const hasDigits = /^[-+]?\.?\d/.test(wrong.text);
  if (hasDigits) {
    const message = `\`${wrong.text}\` is no ${what}: Darknet reads ${read}, since a number ends where its digits do.\nWrite ${read}, or what is meant.`;
    return [
      problem('ignored-key', 'number', message, wrong.range, [{ title: `Write ${read}`, edits: [{ range: wrong.range, newText: read }] }]),
    ];
  }
  const message = `\`${key}\` takes a ${what}, and Darknet reads ${wrong.text === '' ? 'nothing' : `\`${wrong.text}\``} as 0.\nWrite a number.`;
  return [
    {
      fault: { code: 'argument-type', reason: 'expression', message },
      range: wrong.text === '' ? option.keyRange : wrong.range,
      frames: [],
    },
  ];
}

const WHOLE = /^[-+]?\d+(?:\.0*)?$/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const SIZES = new Set(['width', 'height', 'channels', 'inputs']);

/** What stands behind a number on its line is passed over, and mostly a comment. */
function withoutComment(value: string): string {
  return value.replace(/[#;].*$/, '');
}

/** A word that Darknet does not know: it goes on with another one, or it stops. */
function misspeltWord({ key, value, valueRange }: Option): Problem[] {
  const strict = STRICT_WORDS[key];
  const { words, otherwise } = key === 'activation' ? { words: [...ACTIVATIONS.keys()], otherwise: 'relu' } : (WORDS[key] ?? {});
  const known = strict ?? words;
  const name = withoutComment(value);
  if (known === undefined || known.includes(name)) return [];
  const near = closest(name, known);
  const what = key === 'activation' ? 'activation' : `\`${key}\``;
  const found = `Darknet knows no ${what} \`${name}\` and ${otherwise === undefined ? 'stops' : `goes on with ${otherwise}`}.`;
  const listed = `It knows ${known.slice(0, 14).join(', ')}${known.length > 14 ? ' and some more' : ''}.`;
  const message = `${found}\n${near === undefined ? listed : `Did you mean \`${near}\`?`}`;
  const ideas = near === undefined ? [] : [{ title: `Change \`${name}\` to \`${near}\``, edits: [{ range: valueRange, newText: near }] }];
  if (strict === undefined) return [problem('ignored-key', 'word', message, valueRange, ideas)];
  return [{ fault: { code: 'argument-type', reason: 'expression', message }, range: valueRange, frames: [], ideas }];
}

function problem(
  code: 'ignored-key' | 'unused-option',
  reason: string,
  message: string,
  range: Range,
  ideas: readonly TextIdea[] = [],
): Problem {
  return { fault: { code, reason, message, related: [] }, range, frames: [], ideas };
}
