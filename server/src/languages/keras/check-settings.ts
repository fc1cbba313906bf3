// Settings that Keras refuses before it looks at any size: missing ones, numbers that are not positive, words that it does not know.
import type { Problem } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { Config } from './config.ts';
import { itemsOf, rangeOf, type JsonNode } from './json.ts';

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
];

/** Numbers that count something of which there has to be one at least; some have a number for each axis. */
const POSITIVE: readonly Names[] = [
  FILTERS,
  UNITS,
  ['kernel_size', 'filter_length'],
  ['strides', 'subsample', 'subsample_length', 'stride'],
  ['dilation_rate', 'atrous_rate'],
  ['pool_size', 'pool_length'],
  ['depth_multiplier'],
  ['groups'],
];

/** Layers with windows: elsewhere the same names may mean something else. */
const WINDOWED = /(?:Conv(?:olution)?|Pooling|ConvLSTM)[123]D(?:Transpose)?$/;

/** The first fault of a layer's own settings; undefined for a class that is not looked at, and where all is well. */
export function settingFault(className: string, config: Config): SettingFault | undefined {
  const required = REQUIRED.find(([classes]) => classes.test(className))?.[1] ?? [];
  const isWindowed = WINDOWED.test(className);
  if (required.length === 0 && !isWindowed) return undefined;
  const missing = config.node === undefined ? undefined : required.find((names) => config.find(...names) === undefined);
  if (missing !== undefined) return missingFault(className, missing[0]);
  const bad = POSITIVE.flatMap((names) => notPositive(config.find(...names), names[0]))[0];
  if (bad !== undefined) return bad;
  if (!isWindowed) return undefined;
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

function notPositive(node: JsonNode | undefined, name: string): SettingFault[] {
  const parts = node?.type === 'array' ? itemsOf(node) : node === undefined ? [] : [node];
  const wrong = parts.find(({ type, value }) => type === 'number' && !(typeof value === 'number' && value >= 1));
  if (wrong === undefined) return [];
  const message = `${name} has to be at least 1, and is ${String(wrong.value)}.`;
  return [{ fault: { code: 'argument-range', reason: 'expression', message }, range: rangeOf(wrong) }];
}

function unknownWord(config: Config, names: Names, words: readonly string[]): SettingFault | undefined {
  const node = config.find(...names);
  const value: unknown = node?.value;
  if (node === undefined || typeof value !== 'string' || words.includes(value.toLowerCase())) return undefined;
  const near = closest(value, words);
  const [last, ...others] = [...words.filter((word) => !/^(?:tf|th|default)$/.test(word))].reverse();
  const message = `${names[0]} is "${others.reverse().join('", "')}" or "${last ?? ''}", and not "${value}".`;
  const ideas =
    near === undefined ? [] : [{ title: `Change "${value}" to "${near}"`, edits: [{ range: rangeOf(node), newText: `"${near}"` }] }];
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: rangeOf(node), ideas };
}

/** Keras takes a stride or a dilation other than 1, but not both. */
function stridedAndDilated(className: string, config: Config): SettingFault | undefined {
  const isAbove = (numbers: readonly number[] | undefined) => numbers?.some((size) => size > 1) === true;
  const dilation = config.find('dilation_rate', 'atrous_rate');
  if (dilation === undefined || !isAbove(config.numbers('dilation_rate', 'atrous_rate')) || className.includes('Pooling')) return undefined;
  if (!isAbove(config.numbers('strides', 'subsample', 'subsample_length'))) return undefined;
  const message = 'Keras takes strides above 1 or a dilation_rate above 1, but not both in one layer.\nSet one of them to 1.';
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: rangeOf(dilation) };
}
