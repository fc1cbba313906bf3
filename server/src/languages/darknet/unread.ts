// Lines and sections that Darknet cannot read, with what was most likely meant.
import type { Problem } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import { isReadAnywhere } from './options.ts';
import type { Section, UnreadLine } from './parse.ts';

export function unreadProblem(text: string, { reason, range }: UnreadLine): Problem {
  const line = text.slice(range.start, range.end);
  const replace = (newText: string) => ({ title: `Change \`${line}\` to \`${newText}\``, range, newText });
  const header = /^\[\s*(\w+)\s*$/.exec(line)?.[1];
  const [, key = '', value] = /^(\w+)\s*[: \t]\s*(\S.*)$/.exec(line) ?? [];
  const isOption = value !== undefined && isReadAnywhere(key);
  const replacement =
    reason === 'header' && header !== undefined
      ? replace(`[${header}]`)
      : reason === 'no-value' && isOption
        ? replace(`${key}=${value}`)
        : undefined;
  const message =
    reason === 'header'
      ? 'A section stands in brackets, alone on its line.\nDarknet takes the whole line for its name, and knows none such; comments have lines of their own.'
      : reason === 'no-section'
        ? 'This line stands before the first section.\nThe first section has to be [net].'
        : 'This line says nothing to Darknet.\nAn option is written as key=value; a comment begins with #.';
  return { fault: { code: 'syntax', reason, message, ...(replacement !== undefined && { replacement }) }, range, frames: [] };
}

/** Layers without the section that says what their input is. */
export function withoutNet({ type, headerRange }: Section): Problem {
  const message = `The first section has to be [net] or [network], with width, height and channels, and not [${type}].\nDarknet stops without it, and the sizes are not known.`;
  return { fault: { code: 'syntax', reason: 'no-net', message }, range: headerRange, frames: [] };
}

export function unknownSection({ type, headerRange }: Section, known: readonly string[]): Problem {
  const near = closest(type, known);
  const found = `Darknet knows no section [${type}]: it makes a layer of nothing of it, and the next one stops.`;
  const why = near === undefined ? 'Take it out, or see how the program that reads it calls it.' : `Did you mean [${near}]?`;
  return {
    fault: { code: 'unknown-operator', reason: 'section', name: type, known },
    range: { start: headerRange.start + 1, end: headerRange.end - 1 },
    frames: [],
    words: { message: `${found}\n${why}`, related: [] },
  };
}
