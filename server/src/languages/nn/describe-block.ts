// What is told of a block that stands in another file: its signature as written, and the comment above it.
import type { BlockElsewhere } from '../../network/network.ts';
import type { Declaration } from './tree.ts';

export function describeBlock(file: string, text: string, { name, range }: Declaration): BlockElsewhere {
  const summary = commentAbove(text, range.start);
  return { file, range: name.range, signature: signatureAt(text, name.range.start), ...(summary !== '' && { summary }) };
}

/** `C2f(c1: channels, c2: width)`: from the name to the bracket that closes its parameters, on one line. */
function signatureAt(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '(') depth++;
    if (letter === ')' && --depth === 0) return text.slice(start, at + 1).replace(/\s+/g, ' ');
    if (letter === ':' && depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

/** The comment on the lines right above, without its signs. */
function commentAbove(text: string, start: number): string {
  const lines = text.slice(0, start).split(/\r\n|\r|\n/);
  // What stands before the block on its own line.
  lines.pop();
  const comment: string[] = [];
  for (let line = lines.pop()?.trim(); line?.startsWith('#') === true; line = lines.pop()?.trim())
    comment.unshift(line.replace(/^#+\s*/, ''));
  return comment.join(' ').trim();
}
