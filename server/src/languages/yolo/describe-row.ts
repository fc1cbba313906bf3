// Hovers of the numbers of a row: what its module calls an argument, and what the parser makes of it or of the repeats at each scale.
import { operators } from '../../operators/registry.ts';
import { contains } from '../../text/range.ts';
import type { TextPlace, WordHelp } from '../language.ts';
import { slotsOf } from './argument-slots.ts';
import { writtenParameters } from './check-arguments.ts';
import { dialectOf, type Dialect } from './dialect.ts';
import { scaledArgument } from './fill-arguments.ts';
import { blocksOf, type Blocks } from './library.ts';
import { parseModel } from './parse.ts';
import { argumentValue } from './row-values.ts';
import { scaledChannels, scaledRepeats, scalesOf, type Scale } from './scales.ts';
import type { ModelTree, Row } from './tree.ts';

/** No more scales than this are listed. */
const MOST_SCALES = 12;

export function describeRow(text: string, offset: number, { path, modules }: TextPlace): WordHelp | undefined {
  const tree = parseModel(text);
  const row = tree.rows.find(({ range }) => contains(range, offset));
  if (row?.module === undefined) return undefined;
  const dialect = dialectOf(tree, path);
  const state = { tree, dialect, blocks: blocksOf(dialect.name, modules), scales: scalesOf(tree, path).slice(0, MOST_SCALES) };
  if (row.repeats !== undefined && contains(row.repeats.range, offset))
    return { range: row.repeats.range, text: repeatsText(state, row, row.repeats.value) };
  const at = row.args?.items.findIndex(({ range }) => contains(range, offset)) ?? -1;
  const item = row.args?.items[at];
  const words = item === undefined ? undefined : argumentText(state, row.module.value, at, row);
  return item === undefined || words === undefined ? undefined : { range: item.range, text: words };
}

interface State {
  readonly tree: ModelTree;
  readonly dialect: Dialect;
  readonly blocks: Blocks;
  readonly scales: readonly Scale[];
}

function repeatsText({ blocks, scales }: State, { module }: Row, repeats: number): string {
  const name = module?.value ?? '';
  const block = blocks.get(name);
  const taken = block?.parameters.find(({ role }) => role?.name === 'repeats');
  const use =
    taken === undefined
      ? `How many \`${name}\` stand one behind the other.`
      : `\`${name}\` takes them as its argument \`${taken.name.name}\`.`;
  const values = atScales(scales, repeats, (scale) => Math.round(scaledRepeats(scale, repeats)));
  return [`\`repeats = ${repeats}\``, use, values].filter((part) => part !== '').join('\n\n');
}

function argumentText({ tree, dialect, blocks, scales }: State, module: string, at: number, row: Row): string | undefined {
  const slots = slotsOf(module, dialect, blocks);
  const [slot, item] = [slots[at], row.args?.items[at]];
  if (slot === undefined || item === undefined) return undefined;
  const bare = module.replace(/^(?:torch\.)?nn\./, '');
  const block = bare === module ? blocks.get(module) : undefined;
  const role = (block === undefined ? undefined : writtenParameters(block)[at])?.role?.name;
  const isChannels = block === undefined && at === 0 && dialect.scaledOperators.includes(bare);
  const value = argumentValue(tree, item);
  const scaled = (scale: Scale) => {
    if (typeof value !== 'number') return undefined;
    if (isChannels) return scaledChannels(scale, value);
    if (role !== 'width' && role !== 'scaled') return undefined;
    const given = scaledArgument({ tree, dialect, scale }, value, role === 'width');
    return typeof given === 'number' ? given : undefined;
  };
  const written = tree.text.slice(item.range.start, item.range.end);
  const doc = block === undefined ? operators.get(bare)?.parameters.find(({ name }) => name === slot.name)?.doc : undefined;
  return [
    `\`${slot.name} = ${written}\` · ${module}`,
    doc ?? '',
    `Arguments: \`[${slots.map(({ name, fallback }) => (fallback === undefined ? name : `${name}=${fallback}`)).join(', ')}]\``,
    typeof value === 'number' ? atScales(scales, value, scaled) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Empty where the value is the written one at every scale. */
function atScales(scales: readonly Scale[], written: number, valueOf: (scale: Scale) => number | undefined): string {
  const values = scales.flatMap((scale) => {
    const value = valueOf(scale);
    return value === undefined ? [] : [{ name: scale.name, value }];
  });
  if (values.every(({ value }) => value === written)) return '';
  return `The parser makes ${values.map(({ name, value }) => (name === undefined ? `${value}` : `${value} at ${name}`)).join(', ')} of ${written}.`;
}
