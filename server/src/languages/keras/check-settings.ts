// Settings that Keras refuses before it looks at any size: missing ones, what is no whole number or too small, words that it does not know.
import type { Problem, TextIdea } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { Config } from './config.ts';
import { itemsOf, rangeOf, untupled, valueOf, type JsonNode } from './json.ts';

/** Without a range it is told of the layer as a whole. */
type SettingFault = Pick<Problem, 'fault' | 'words' | 'ideas'> & Partial<Pick<Problem, 'range'>>;

/** A setting by the names that it has had, the newest first. */
type Names = readonly [string, ...string[]];

const FILTERS: Names = ['filters', 'nb_filter'];
const UNITS: Names = ['units', 'output_dim'];
const KERNEL: Names = ['kernel_size', 'filter_length', 'nb_row', 'kernel_dim1'];

/** What a layer cannot be without, by its class. */
const REQUIRED: readonly (readonly [RegExp, readonly Names[]])[] = [
  [/^(?:Separable|Atrous)?Conv(?:olution)?[123]D(?:Transpose)?$|^Deconvolution[23]D$/, [FILTERS, KERNEL]],
  [/^DepthwiseConv[12]D$/, [KERNEL]],
  [/^ConvLSTM[123]D$/, [FILTERS, KERNEL]],
  [/^(?:Dense|LSTM|GRU|SimpleRNN)$/, [UNITS]],
  [/^Embedding$/, [['input_dim'], ['output_dim']]],
  [/^RepeatVector$/, [['n']]],
  [/^Reshape$/, [['target_shape', 'dims']]],
  [/^Permute$/, [['dims']]],
  [/^MultiHeadAttention$/, [['num_heads'], ['key_dim']]],
];

/** Whole numbers, or lists with one for each axis, with the least that is taken. */
const NUMBERS: readonly (readonly [name: string, least: number])[] = [
  ...[
    ...FILTERS,
    ...UNITS,
    ...['kernel_size', 'filter_length', 'nb_row', 'nb_col', 'kernel_dim1', 'kernel_dim2', 'kernel_dim3'],
    ...['strides', 'subsample', 'subsample_length', 'stride', 'dilation_rate', 'atrous_rate', 'pool_size', 'pool_length'],
    ...['depth_multiplier', 'groups', 'size', 'length', 'n', 'num_heads', 'key_dim', 'value_dim', 'height', 'width', 'input_dim'],
  ].map((name) => [name, 1] as const),
  ['output_padding', 0],
];
const LEAST: ReadonlyMap<string, number> = new Map(NUMBERS);

/** Layers with windows: elsewhere the same words may mean something else. */
const WINDOWED = /(?:Conv(?:olution)?|Pooling|ConvLSTM)[123]D(?:Transpose)?$/;

/** The first fault of the settings of a layer whose class is known. */
export function settingFault(className: string, config: Config): SettingFault | undefined {
  const required = REQUIRED.find(([classes]) => classes.test(className))?.[1] ?? [];
  const isWindowed = WINDOWED.test(className);
  const missing = config.node === undefined ? undefined : required.find((names) => config.find(...names) === undefined);
  if (missing !== undefined) return missingFault(className, missing[0]);
  const bad = numberFault(className, config.node);
  if (bad !== undefined) return bad;
  if (className === 'Bidirectional') return unknownWord(config, ['merge_mode'], ['sum', 'mul', 'concat', 'ave']);
  if (className === 'Merge' && config.text('mode_type') !== 'lambda' && config.text('mode_type') !== 'function')
    return unknownWord(config, ['mode'], ['sum', 'mul', 'concat', 'ave', 'max', 'dot', 'cos']);
  if (!isWindowed) return undefined;
  const spatial = Number(/([123])D/.exec(className)?.[1] ?? 0);
  const long = EACH_AXIS.flatMap((name) => wrongLength(name, spatial, className, valueOf(config.node, name)))[0];
  if (long !== undefined) return long;
  const paddings = className.includes('Pooling') ? ['valid', 'same'] : ['valid', 'same', ...(className.endsWith('1D') ? ['causal'] : [])];
  return (
    unknownWord(config, ['padding', 'border_mode'], paddings) ??
    unknownWord(config, ['data_format', 'dim_ordering'], ['channels_last', 'channels_first', 'tf', 'th', 'default']) ??
    stridedAndDilated(className, config)
  );
}

function missingFault(className: string, name: string): SettingFault {
  const message = `${className} needs \`${name}\` in its config.\nKeras cannot make the layer without it.`;
  return { fault: { code: 'missing-argument', reason: 'missing', argument: name }, words: { message, related: [] } };
}

function numberFault(className: string, node: JsonNode | undefined): SettingFault | undefined {
  for (const { children = [] } of node?.children ?? []) {
    const name: unknown = children[0]?.value;
    const least = typeof name === 'string' ? LEAST.get(name) : undefined;
    if (typeof name !== 'string' || least === undefined) continue;
    // -1 groups of a norm are one for each channel.
    const fault = notWhole(className === 'GroupNormalization' ? -1 : least, name, children[1]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function notWhole(least: number, name: string, node: JsonNode | undefined): SettingFault | undefined {
  const parts = node?.type === 'array' ? itemsOf(node) : node === undefined ? [] : [node];
  for (const part of parts) {
    const value: unknown = part.value;
    const range = rangeOf(part);
    if (typeof value === 'string') {
      const isNumber = isQuotedNumber(part);
      const message = isNumber
        ? `${name} is the text "${value}", and has to be a number.\nKeras takes no quotes around numbers.`
        : `${name} has to be a whole number, and is "${value}".`;
      const edits = parts.filter(isQuotedNumber).map((quoted) => ({ range: rangeOf(quoted), newText: String(quoted.value).trim() }));
      const ideas: TextIdea[] = isNumber ? [{ title: `Change "${value}" to ${value.trim()}`, edits }] : [];
      return { fault: { code: 'argument-range', reason: 'expression', message }, range, ideas };
    }
    if (typeof value !== 'number' || (value >= least && Number.isInteger(value))) continue;
    const message =
      value < least ? `${name} has to be at least ${least}, and is ${value}.` : `${name} has to be a whole number, and is ${value}.`;
    return { fault: { code: 'argument-range', reason: 'expression', message }, range };
  }
  return undefined;
}

/** What has one number for each axis where it is a list. */
const EACH_AXIS = ['kernel_size', 'strides', 'subsample', 'pool_size', 'dilation_rate', 'atrous_rate', 'output_padding'];

function wrongLength(name: string, spatial: number, className: string, node: JsonNode | undefined): SettingFault[] {
  const parts = itemsOf(untupled(node));
  if (node === undefined || parts.length === 0 || parts.length === spatial) return [];
  const count = parts.length === 1 ? '1 number' : `${parts.length} numbers`;
  const message = `${name} has ${count}, but ${className} works on ${spatial === 1 ? 'one axis' : `${spatial} axes`}.\nWrite one number for each axis, or one alone for all.`;
  const values = parts.map(({ value }): unknown => value);
  // Of too many the first ones are meant, and of too few the last one goes on.
  const meant = Array.from({ length: spatial }, (_, at) => values[at] ?? values.at(-1));
  const text = JSON.stringify(meant).replaceAll(',', ', ');
  const range = rangeOf(node);
  const ideas = [{ title: `Change ${name} to ${text}`, edits: [{ range, newText: text }] }];
  return [{ fault: { code: 'argument-range', reason: 'expression', message }, range, ideas }];
}

function isQuotedNumber({ value }: JsonNode): boolean {
  return typeof value === 'string' && /^\s*\d+\s*$/.test(value);
}

function unknownWord(config: Config, names: Names, words: readonly string[]): SettingFault | undefined {
  const node = config.find(...names);
  const value: unknown = node?.value;
  if (node === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  if (typeof value === 'string' && words.includes(value.toLowerCase())) return undefined;
  const name = names.find((key) => valueOf(config.node, key) !== undefined) ?? names[0];
  const near = typeof value === 'number' ? undefined : closest(value, words);
  const [last, ...others] = [...words.filter((word) => !/^(?:tf|th|default)$/.test(word))].reverse();
  const message = `${name} is "${others.reverse().join('", "')}" or "${last ?? ''}", and not ${typeof value === 'string' ? `"${value}"` : value}.`;
  const wanted = near === undefined ? (value === 0 ? ['valid'] : typeof value === 'number' ? ['same'] : []) : [near];
  const shown = JSON.stringify(value);
  const ideas = wanted.map((word) => ({ title: `Change ${shown} to "${word}"`, edits: [{ range: rangeOf(node), newText: `"${word}"` }] }));
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: rangeOf(node), ideas };
}

/** Keras takes a stride or a dilation other than 1, but not both. */
function stridedAndDilated(className: string, config: Config): SettingFault | undefined {
  // What goes channel by channel takes both.
  if (/^(?:Depthwise|Separable)|Pooling/.test(className)) return undefined;
  const isAbove = (numbers: readonly number[] | undefined) => numbers?.some((size) => size > 1) === true;
  const dilation = config.find('dilation_rate', 'atrous_rate');
  if (dilation === undefined || !isAbove(config.numbers('dilation_rate', 'atrous_rate'))) return undefined;
  if (!isAbove(config.numbers('strides', 'subsample', 'subsample_length'))) return undefined;
  const message = 'Keras takes strides above 1 or a dilation_rate above 1, but not both in one layer.\nSet one of them to 1.';
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: rangeOf(dilation) };
}
