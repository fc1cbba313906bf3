// What a layer type means: an operator with its arguments, or tensors whose sizes the layer says itself.
import type { Dimension, Shape } from '../../../dims/size.ts';
import type { ArgumentValue } from '../../../network/argument.ts';
import type { Fault } from '../../../network/fault.ts';
import type { NodeSource, Tensor, TextIdea } from '../../../network/network.ts';
import type { Range } from '../../../text/range.ts';
import type { Report, Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';

/** One layer of a network, as its rule sees it. */
export interface CaffeLayer {
  readonly text: string;
  readonly message: Message;
  /** What it is, and where that is written. */
  readonly type: { readonly name: string; readonly range: Range };
  readonly inputs: readonly Tensor[];
  readonly topCount: number;
  readonly report: Report;
  /** Whether a template may bring fields that cannot be seen. */
  readonly hasHoles: boolean;
}

export type Meaning = OperatorMeaning | TensorsMeaning | UnsaidMeaning;

export interface OperatorMeaning {
  readonly kind: 'operator';
  readonly operator: string;
  readonly arguments: ReadonlyMap<string, ArgumentValue>;
  /** Where those stand that are written. */
  readonly ranges: ReadonlyMap<string, Range>;
  /** What the format calls arguments and values of this layer, where that is not what it calls them elsewhere. */
  readonly words?: Pick<NodeSource, 'argumentNames' | 'valueWords'>;
  /** What the values are where the operator says the sizes alone: `STOCHASTIC pooling`. */
  readonly otherValues?: string;
  /** What the layer would change where the operator finds a fault. */
  readonly ideas?: (fault: Fault) => readonly TextIdea[];
}

/** A layer with weights that no operator says: its sizes and how many numbers it learns are known, and its values are not. */
export interface UnsaidMeaning {
  readonly kind: 'unsaid';
  readonly shapes: readonly Shape[];
  readonly parameters: Dimension;
}

/** Tensors in the order of the tops; what the file does not say is unknown. */
export interface TensorsMeaning {
  readonly kind: 'tensors';
  readonly shapes: readonly Shape[];
  /** Where the sizes of the first one stand. */
  readonly axisRanges?: readonly Range[];
}

export type LayerRule = (layer: CaffeLayer) => Meaning;

/** What an argument is: written in the file, with its place, or what the format means without a word for it; undefined for its default. */
export type Given = Readonly<Record<string, Written | ArgumentValue | undefined>>;

export function operator(name: string, given: Given = {}, ideas?: OperatorMeaning['ideas']): OperatorMeaning {
  const values = new Map<string, ArgumentValue>();
  const ranges = new Map<string, Range>();
  for (const [argument, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!isWritten(value)) values.set(argument, value);
    else {
      values.set(argument, value.value);
      ranges.set(argument, value.range);
    }
  }
  return { kind: 'operator', operator: name, arguments: values, ranges, ...(ideas !== undefined && { ideas }) };
}

function isWritten(value: Written | ArgumentValue): value is Written {
  return typeof value === 'object' && value !== null && 'place' in value;
}

export function tensors(...shapes: readonly Shape[]): Meaning {
  return { kind: 'tensors', shapes };
}

export function rankOf({ inputs: [input] }: CaffeLayer): number | undefined {
  return input?.shape?.length;
}

/** A list of values written one by one, with the place from the first to the last; one alone stands for itself. */
export function joined(parts: readonly Written[]): Written | undefined {
  const list = listed(parts);
  const [first] = parts;
  return list === undefined || first === undefined || parts.length > 1 ? list : { ...list, value: first.value, range: first.range };
}

/** As `joined`, but one value alone is a list as well. */
export function listed(parts: readonly Written[]): Written | undefined {
  const [first] = parts;
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const place = { start: Math.min(first.place.start, last.place.start), end: Math.max(first.place.end, last.place.end) };
  return { value: parts.map(({ value }) => value), range: place, place };
}
