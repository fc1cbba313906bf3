// The arguments of rows as values of our language, as the parsers evaluate them: text may name a key or be a literal.
import { float, UNKNOWN } from '../../network/argument.ts';
import { integerIn } from '../nn/integer.ts';
import type { Value } from '../nn/value.ts';
import { anchorsOf, outputsOf } from './head-outputs.ts';
import type { ModelTree, Value as Written } from './tree.ts';

/** The keys that text in a row may name. */
export const NAMED_KEYS: readonly string[] = ['nc', 'anchors', 'kpt_shape', 'nkpt'];

/** An argument that is text is a key of the file or a literal, and else stays text. */
export function argumentValue(tree: ModelTree, written: Written): Value {
  if (written.kind !== 'text') return keyValue(written);
  const key = NAMED_KEYS.includes(written.value) ? tree.keys.get(written.value)?.value : undefined;
  if (key === undefined) return evaluated(tree, written.value) ?? literal(written.value);
  // What is wrong with a key is told there, and not where it is used.
  return written.value === 'nc' && (key.kind !== 'number' || !key.isInteger) ? UNKNOWN : keyValue(key);
}

/** Only the parsers of files with anchors evaluate more than a name. */
function evaluated(tree: ModelTree, text: string): number | undefined {
  if (!/[-+*/]/.test(text) || !tree.keys.has('anchors')) return undefined;
  return integerIn(text, (name) => {
    if (name === 'na') return anchorsOf(tree);
    if (name === 'no') return outputsOf(tree);
    const key = tree.keys.get(name)?.value;
    return name === 'nc' && key?.kind === 'number' ? key.value : undefined;
  });
}

/** A value of the file as it stands there. */
export function keyValue(written: Written): Value {
  switch (written.kind) {
    case 'number':
      return written.isInteger ? written.value : float(written.value);
    case 'boolean':
    case 'text':
      return written.value;
    case 'list':
      return written.items.map(keyValue);
    default:
      return null;
  }
}

function literal(text: string): Value {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  if (/^[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$/.test(text)) return float(Number(text));
  const list = /^[[(](?<items>(?:\s*-?\d+\s*,?)*)[\])]$/.exec(text)?.groups?.['items'];
  return list === undefined ? text : (list.match(/-?\d+/g) ?? []).map(Number);
}
