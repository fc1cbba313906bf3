// A block to begin with for a module that is not known: its parameters are what a row gives it, and its size is unknown.
import type { DialectName } from './dialect.ts';
import { NAMED_KEYS } from './row-values.ts';
import type { Row, Value } from './tree.ts';

/** Undefined for a name that no block can have. */
export function stubOf({ from, module, args }: Row, dialect: DialectName): string | undefined {
  const name = module?.value ?? '';
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const isJoin = from?.isList === true && from.elements.length > 1;
  const names = new Set<string>(['c1']);
  const unique = (wanted: string) => {
    let free = wanted;
    for (let count = 2; names.has(free); count++) free = `${wanted}${count}`;
    names.add(free);
    return free;
  };
  const written = (args?.items ?? []).map((value, at) => parameterOf(value, at, unique));
  // In Python and here no parameter without a default follows one with one.
  const parameters = [isJoin ? `${unique('ch')}: channel_list` : 'c1: channels', ...written];
  return [
    `# Written for the rows that name it, for ${dialect}. The roles say what the parser does with an argument: docs/languages/yolo.md.`,
    `block ${name}(${parameters.join(', ')}):`,
    isJoin ? '    input *xs' : '    input x: [n, _, h, w]',
    '    # Its layers, such as Conv(c1, c2, 3, 1); or the size that comes out: Parameter(_) -> [n, c2, h, w].',
    '    Parameter(_)',
    '',
  ].join('\n');
}

/** The words for the small numbers of a convolution, in the order in which they come. */
const NUMBERS = ['k', 's', 'p', 'g'];

/** From this number on a first argument is taken for channels. */
const FEWEST_CHANNELS = 8;

function parameterOf(value: Value, at: number, unique: (name: string) => string): string {
  switch (value.kind) {
    case 'number':
      if (at === 0 && value.isInteger && value.value >= FEWEST_CHANNELS) return `${unique('c2')}: width`;
      return value.isInteger ? `${unique(NUMBERS[at - 1] ?? 'n')}=${value.value}` : `${unique('ratio')}=${value.value}`;
    case 'boolean':
      return `${unique('flag')}=${value.value ? 'True' : 'False'}`;
    case 'text':
      return textParameter(value.value, unique);
    case 'list':
      return `${unique('sizes')}=None`;
    default:
      return `${unique('option')}=None`;
  }
}

/** What no parameter can be called. */
const KEYWORDS = new Set(['block', 'net', 'input', 'output', 'require', 'repeat', 'for', 'if', 'elif', 'else', 'in', 'not', 'and', 'or']);

/** A key of the file is handed in by its name; any other text is a setting of the module. */
function textParameter(text: string, unique: (name: string) => string): string {
  if (text === 'True' || text === 'False') return `${unique('flag')}=${text}`;
  if (text === 'None') return `${unique('option')}=None`;
  if (NAMED_KEYS.includes(text)) return unique(text);
  const name = /^[A-Za-z_]\w*$/.test(text) && !KEYWORDS.has(text) ? text : 'mode';
  return `${unique(name)}=${JSON.stringify(text)}`;
}
