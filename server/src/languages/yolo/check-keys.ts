// Keys of the file: those that its framework does not read, those that it needs, and values that are not what they have to be.
import type { Problem, TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { anchorProblems } from './check-anchors.ts';
import { newKey } from './check-arguments.ts';
import type { ModelKey, ModelTree, Value } from './tree.ts';

/** A parser with modules of its own may take more of a scale than Ultralytics does. */
export function keyProblems(tree: ModelTree, isUltralytics: boolean, hasOwnModules: boolean): Problem[] {
  return [
    ...duplicateProblems(tree),
    ...(isUltralytics ? ignoredProblems(tree) : []),
    ...classProblems(tree, isUltralytics),
    ...multipleProblems(tree, isUltralytics),
    ...scaleProblems(tree, hasOwnModules),
    ...anchorProblems(tree),
  ];
}

function ignoredProblems({ text, keys }: ModelTree): Problem[] {
  const key = keys.get('ch');
  if (key === undefined) return [];
  const message =
    '`ch` has no effect in Ultralytics 8.4: it takes the number of channels from the data set, `channels` in data.yaml, and not from the model.\n' +
    'YOLOv5, YOLOv7 and Ultralytics up to 8.3 read `ch`. Take the key out, and set `channels` in the data set.';
  return [ignored('ch', message, key, [removal(text, key, 'Remove `ch`')])];
}

/** PyYAML takes the last one without a word. */
function duplicateProblems({ text, keys, repeated }: ModelTree): Problem[] {
  return repeated.map((key) => {
    const last = keys.get(key.name);
    const message = `\`${key.name}\` is in this file twice; the last one counts, and this one has no effect.`;
    const related = last === undefined ? [] : [{ message: 'The last one is here', range: last.range }];
    const isShort = key.value.kind !== 'list' && key.value.kind !== 'map';
    return ignored('duplicate', message, key, isShort ? [removal(text, key, `Remove this \`${key.name}\``)] : [], related);
  });
}

function ignored(
  reason: string,
  message: string,
  { range }: ModelKey,
  ideas: readonly TextIdea[],
  related: readonly { readonly message: string; readonly range: Range }[] = [],
): Problem {
  return { fault: { code: 'ignored-key', reason, message, related }, range, frames: [], ideas };
}

/** The whole line of a key. */
function removal(text: string, { range, value }: ModelKey, title: string): TextIdea {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const newline = text.indexOf('\n', Math.max(value.range.end, range.end));
  return { title, edits: [{ range: { start, end: newline < 0 ? text.length : newline + 1 }, newText: '' }] };
}

/** YOLOv5, v7 and v9 look `nc` up in every file; Ultralytics where a row names it, which is told there. */
function classProblems({ text, keys, rows }: ModelTree, isUltralytics: boolean): Problem[] {
  const key = keys.get('nc');
  if (key === undefined) {
    const isNamed = rows.some(({ args }) => args?.items.some((item) => item.kind === 'text' && item.value === 'nc') === true);
    const [first] = keys.values();
    if (isUltralytics || isNamed || first === undefined) return [];
    return [missingKey('nc', 'the number of classes', first.range, newKey(text, keys, 'nc', '80'))];
  }
  const { value } = key;
  if (value.kind === 'number' && value.isInteger && value.value > 0) return [];
  const whole = value.kind === 'number' && Number.isInteger(value.value) && value.value > 0 ? String(value.value) : undefined;
  const digits = value.kind === 'text' && /^\d+$/.test(value.value.trim()) ? value.value.trim() : whole;
  return [wrongValue(text, 'nc', 'a whole number of at least 1', value, digits)];
}

function multipleProblems({ text, keys }: ModelTree, isUltralytics: boolean): Problem[] {
  const [first] = keys.values();
  return ['depth_multiple', 'width_multiple'].flatMap((name): Problem[] => {
    const key = keys.get(name);
    if (key === undefined) {
      if (isUltralytics || first === undefined) return [];
      const what = name === 'depth_multiple' ? 'what the repeats are multiplied with' : 'what the channels are multiplied with';
      return [missingKey(name, what, first.range, newKey(text, keys, name, '1.0'))];
    }
    return positive(text, name, key.value);
  });
}

function positive(text: string, name: string, value: Value): Problem[] {
  if (value.kind === 'number' && value.value > 0) return [];
  const number = value.kind === 'text' && Number(value.value) > 0 ? value.value.trim() : undefined;
  return [wrongValue(text, name, 'a number above 0', value, number)];
}

function scaleProblems(tree: ModelTree, hasOwnModules: boolean): Problem[] {
  const { text, keys } = tree;
  const scales = keys.get('scales')?.value;
  if (scales === undefined) return [];
  if (scales.kind === 'nothing') return emptyScales(tree);
  if (scales.kind !== 'map') return [wrongValue(text, 'scales', 'a map from names to [depth, width, max_channels]', scales, undefined)];
  return scales.entries.flatMap(({ name, range, value }): Problem[] => {
    const path = `scales.${name}`;
    if (value.kind !== 'list') return [wrongValue(text, path, 'a list, [depth, width, max_channels]', value, undefined, range)];
    const { items, isFlow, isAlias } = value;
    if (items.length < 3 || (items.length > 3 && !hasOwnModules)) {
      const message = `\`${path}\` has ${items.length === 1 ? '1 number' : `${items.length} numbers`}, but a scale has 3: [depth, width, max_channels].\nThe parser unpacks three, and stops at any other count.`;
      const last = items[items.length - 1];
      const ideas =
        items.length === 2 && last !== undefined && isFlow && !isAlias
          ? [{ title: 'Add max_channels, 1024', edits: [{ range: { start: last.range.end, end: last.range.end }, newText: ', 1024' }] }]
          : [];
      return [syntax('scale', message, value.range, ideas)];
    }
    const parts = ['depth', 'width', 'max_channels'];
    const wrong = items.findIndex((item) => item.kind !== 'number' || item.value <= 0);
    const item = items[wrong];
    return item === undefined ? [] : positive(text, `${parts[wrong] ?? ''} of ${path}`, item);
  });
}

/** Scales that are not indented are keys of the file, which no parser reads. */
function emptyScales({ text, keys }: ModelTree): Problem[] {
  const key = keys.get('scales');
  const all = [...keys.values()].sort((a, b) => a.range.start - b.range.start);
  const behind = all.slice(all.findIndex((other) => other === key) + 1);
  const isScale = ({ value }: ModelKey) =>
    value.kind === 'list' && value.isFlow && value.items.length === 3 && value.items.every(({ kind }) => kind === 'number');
  const end = behind.findIndex((other) => !isScale(other));
  const scales = end < 0 ? behind : behind.slice(0, end);
  if (key === undefined || scales.length === 0) return [];
  const names = scales.map(({ name }) => name).join(', ');
  const message =
    `\`scales\` is empty, since ${names} below are not indented: they are keys of the file, and no parser reads them.\n` +
    'The model is built at depth 1.0 and width 1.0, whatever its name asks for.';
  const edits = scales.map(({ range }) => ({ range: { start: range.start, end: range.start }, newText: '  ' }));
  const isOnLines = scales.every(({ range }) => range.start === 0 || text[range.start - 1] === '\n');
  const related = scales.slice(0, 1).map(({ name, range }) => ({ message: `\`${name}\` is here`, range }));
  return [ignored('scales', message, key, isOnLines ? [{ title: `Indent ${names}`, edits }] : [], related)];
}

function missingKey(name: string, what: string, range: Range, idea: TextIdea): Problem {
  const message = `This model has no \`${name}\`, ${what}.\nYOLOv5, YOLOv7 and YOLOv9 look it up in every model file.`;
  return syntax('missing-key', message, range, [{ ...idea, larger: false }]);
}

function wrongValue(text: string, name: string, needed: string, value: Value, better: string | undefined, place = value.range): Problem {
  const written = text.slice(value.range.start, value.range.end);
  const shown = value.kind === 'nothing' ? 'empty' : written.length > 40 || written.includes('\n') ? `a ${value.kind}` : `\`${written}\``;
  const range = value.kind === 'nothing' ? { start: Math.max(place.start - 1, 0), end: place.end } : place;
  const ideas =
    better === undefined || value.isAlias
      ? []
      : [{ title: `Change ${written} to ${better}`, edits: [{ range: value.range, newText: better }] }];
  return syntax('key-value', `${name.includes(' ') ? name : `\`${name}\``} is ${shown}, but it has to be ${needed}.`, range, ideas);
}

function syntax(reason: string, message: string, range: Range, ideas: readonly TextIdea[]): Problem {
  return { fault: { code: 'syntax', reason, message }, range, frames: [], ideas };
}
