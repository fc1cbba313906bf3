// JSON without a mistake, with the place of every value: several times as quick as the parser that survives mistakes.
import type { Node as JsonNode } from 'jsonc-parser';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = [
  ['true', 'boolean', true],
  ['false', 'boolean', false],
  ['null', 'null', null],
] as const;

const QUOTE = 34;
const BACKSLASH = 92;

/** Undefined where the text is not well formed, and where it is nested deeper than `deepest`: what is wrong is another's to say. */
export function readWellFormed(text: string, deepest: number): JsonNode | undefined {
  let at = 0;

  function skipSpace(): void {
    for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; code = text.charCodeAt(++at));
  }

  /** Whether the letter is next; it is passed by then. */
  function take(letter: string): boolean {
    skipSpace();
    if (text[at] !== letter) return false;
    at++;
    return true;
  }

  function readValue(depth: number): JsonNode | undefined {
    skipSpace();
    const letter = text[at];
    if (letter === '"') return readString();
    if (letter === '{') return depth < deepest ? readItems('object', '}', () => readProperty(depth + 1)) : undefined;
    if (letter === '[') return depth < deepest ? readItems('array', ']', () => readValue(depth + 1)) : undefined;
    return readNumber() ?? readLiteral();
  }

  function readItems(type: 'object' | 'array', end: string, read: () => JsonNode | undefined): JsonNode | undefined {
    const offset = at++;
    const children: JsonNode[] = [];
    if (!take(end)) {
      do {
        const child = read();
        if (child === undefined) return undefined;
        children.push(child);
      } while (take(','));
      if (!take(end)) return undefined;
    }
    return { type, offset, length: at - offset, children };
  }

  function readProperty(depth: number): JsonNode | undefined {
    skipSpace();
    const offset = at;
    const key = text[at] === '"' ? readString() : undefined;
    if (key === undefined || !take(':')) return undefined;
    const value = readValue(depth);
    return value && { type: 'property', offset, length: at - offset, children: [key, value] };
  }

  function readString(): JsonNode | undefined {
    const offset = at;
    let isPlain = true;
    let code = text.charCodeAt(++at);
    for (; code !== QUOTE; code = text.charCodeAt(++at)) {
      // A letter that must be escaped, or the end of the text.
      if (!(code >= 32)) return undefined;
      if (code !== BACKSLASH) continue;
      isPlain = false;
      at++;
    }
    at++;
    const value = isPlain ? text.slice(offset + 1, at - 1) : unescaped(text.slice(offset, at));
    return value === undefined ? undefined : { type: 'string', offset, length: at - offset, value };
  }

  function readNumber(): JsonNode | undefined {
    const offset = at;
    NUMBER.lastIndex = at;
    const [digits] = NUMBER.exec(text) ?? [];
    if (digits === undefined) return undefined;
    at += digits.length;
    return { type: 'number', offset, length: digits.length, value: Number(digits) };
  }

  function readLiteral(): JsonNode | undefined {
    const offset = at;
    const found = LITERALS.find(([word]) => text.startsWith(word, offset));
    if (found === undefined) return undefined;
    const [{ length }, type, value] = found;
    at += length;
    return { type, offset, length, value };
  }

  const root = readValue(0);
  skipSpace();
  return at === text.length ? root : undefined;
}

function unescaped(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
