// A backbone or head that is no list of rows: what is said of it, and what could stand there.
import type { TextIdea } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { ModelKey, ModelTree, TreeFault, Value } from './tree.ts';

export const SECTIONS = ['backbone', 'head'] as const;
type Section = (typeof SECTIONS)[number];

export function sectionFault(tree: ModelTree, section: Section): TreeFault | undefined {
  const key = tree.keys.get(section);
  if (key?.value.kind === 'list') return undefined;
  const other = tree.keys.get(section === 'backbone' ? 'head' : 'backbone');
  // Without either it is no model.
  if (key === undefined && other === undefined) return undefined;
  const misnamed = key === undefined ? [...tree.keys.values()].find((each) => each !== other && isRows(each.value)) : undefined;
  const rows = 'a list of [from, repeats, module, args] rows';
  const instead = misnamed === undefined ? '' : `, and \`${misnamed.name}\` is no key that a parser reads`;
  const found = key === undefined ? `This model has no \`${section}\`${instead}` : `\`${section}\` is ${nameOf(key.value)}`;
  const need = key === undefined ? `${section} must be ${rows}` : `it must be ${rows}`;
  const why = `Rows are numbered through the backbone and then the head, so that no row has a number until this is mended.`;
  return {
    reason: key === undefined ? 'missing-section' : 'section-no-list',
    message: `${found}; ${need}.\n${why}`,
    range: (key ?? misnamed ?? other)?.range ?? { start: 0, end: 0 },
    ideas: [...(misnamed === undefined ? [] : [renaming(misnamed, section)]), ...(section === 'backbone' ? backboneIdeas(tree, key) : [])],
  };
}

/** A list of rows. */
function isRows(value: Value): boolean {
  return value.kind === 'list' && value.items.some((row) => row.kind === 'list' && row.items.length === 4 && row.items[3]?.kind === 'list');
}

function renaming({ name, range }: ModelKey, section: Section): TextIdea {
  return { title: `Rename \`${name}\` to \`${section}\``, edits: [{ range, newText: section }] };
}

function nameOf(value: Value): string {
  switch (value.kind) {
    case 'map':
      return 'a map';
    case 'text':
      return `the text \`${value.value.slice(0, 40)}\``;
    case 'nothing':
      return 'empty';
    case 'number':
      return `the number ${value.value}`;
    case 'boolean':
      return `the word \`${value.value}\``;
    case 'list':
      return 'a list';
  }
}

/** The channels that torchvision's classification networks have before they pool, for those that are backbones of YOLO models. */
const TORCHVISION_CHANNELS: readonly (readonly [RegExp, number])[] = [
  [/^resnet(?:18|34)$/, 512],
  [/^(?:wide_)?resne(?:t|xt)\d+\w*$/, 2048],
  [/^convnext_(?:tiny|small)$/, 768],
  [/^efficientnet_b[0-1]$/, 1280],
  [/^mobilenet_v2$/, 1280],
];

/** A network of torchvision in one row, named as the value names it, where it does. */
function backboneIdeas({ text, keys, comments }: ModelTree, key: ModelKey | undefined): TextIdea[] {
  const named = key === undefined ? undefined : torchvisionName(key.value);
  const { name, channels } = named ?? { name: 'resnet18', channels: 512 };
  const row = `- [-1, 1, TorchVision, [${channels}, ${name}, ${isUntrained(key?.value) ? 'None' : 'DEFAULT'}, True, 2]]`;
  const title = `Make the backbone \`${row.slice(2)}\``;
  const shifted = shiftedHead(keys.get('head')?.value);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (key === undefined) {
    const head = keys.get('head')?.range.start ?? 0;
    return [
      { title, edits: [{ range: { start: head, end: head }, newText: `backbone:${newline}  ${row}${newline}` }, ...shifted], larger: true },
    ];
  }
  const end = Math.max(key.value.range.end, text.indexOf(':', key.range.end) + 1);
  const kept = comments.filter(({ range }) => key.range.end <= range.start && range.end <= end);
  const lines = [...kept.map((comment) => comment.text), row].map((line) => `${newline}  ${line}`);
  return [{ title, edits: [{ range: { start: key.range.end, end }, newText: `:${lines.join('')}` }, ...shifted], larger: true }];
}

/** Where the head was counted from 0, its rows and what they read are one further on behind a backbone of one row. */
function shiftedHead(head: Value | undefined): TextEdit[] {
  const rows = head?.kind === 'list' ? head.items : [];
  const numbers = rows.flatMap((row, index) => {
    const [from] = row.kind === 'list' ? row.items : [];
    const elements = from === undefined ? [] : from.kind === 'list' ? from.items : [from];
    return elements.flatMap((item) => (item.kind === 'number' && item.value >= 0 ? [{ item, value: item.value, index }] : []));
  });
  const isOwnCount = numbers.every(({ item, value, index }) => value < index && !item.isAlias);
  return isOwnCount ? numbers.map(({ item, value }) => ({ range: item.range, newText: String(value + 1) })) : [];
}

/** The first word of a map or a text that is a network of torchvision. */
function torchvisionName(value: Value): { name: string; channels: number } | undefined {
  const words = value.kind === 'map' ? value.entries.map((entry) => entry.value) : [value];
  for (const word of words) {
    if (word.kind !== 'text') continue;
    const name = word.value.toLowerCase();
    const channels = TORCHVISION_CHANNELS.find(([pattern]) => pattern.test(name))?.[1];
    if (channels !== undefined) return { name, channels };
  }
  return undefined;
}

function isUntrained(value: Value | undefined): boolean {
  return (
    value?.kind === 'map' && value.entries.some(({ name, value: set }) => name === 'pretrained' && set.kind === 'boolean' && !set.value)
  );
}
