// What a layer type means: an operator with its arguments, or tensors whose sizes the layer says itself.
import type { Shape } from '../../../dims/size.ts';
import type { ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import type { Range } from '../../../text/range.ts';
import type { Report, Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';

/** One layer of a network, as its rule sees it. */
export interface CaffeLayer {
  readonly message: Message;
  readonly inputs: readonly Tensor[];
  readonly topCount: number;
  readonly report: Report;
}

export type Meaning =
  | { readonly kind: 'operator'; readonly operator: string; readonly arguments: LayerArguments }
  /** Tensors in the order of the tops; what the file does not say is unknown. */
  | { readonly kind: 'tensors'; readonly shapes: readonly Shape[]; readonly axisRanges?: readonly Range[] };

export type LayerRule = (layer: CaffeLayer) => Meaning;

/** Arguments of an operator with the places of those that are written. */
export class LayerArguments {
  readonly values = new Map<string, ArgumentValue>();
  readonly ranges = new Map<string, Range>();

  /** Takes over what is written, where it is. */
  put(name: string, written: Written | undefined): this {
    if (written === undefined) return this;
    this.values.set(name, written.value);
    this.ranges.set(name, written.range);
    return this;
  }

  /** Says what the format means without a word of its own for it. */
  mean(name: string, value: ArgumentValue): this {
    this.values.set(name, value);
    return this;
  }
}

export function operator(name: string, given: LayerArguments = new LayerArguments()): Meaning {
  return { kind: 'operator', operator: name, arguments: given };
}

export function tensors(...shapes: readonly Shape[]): Meaning {
  return { kind: 'tensors', shapes };
}

export function rankOf({ inputs: [input] }: CaffeLayer): number | undefined {
  return input?.shape?.length;
}

/** A list of values written one by one, with the place from the first to the last. */
export function joined(parts: readonly Written[]): Written | undefined {
  const [first] = parts;
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const whole = (a: Range, b: Range): Range => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
  return {
    value: parts.length === 1 ? first.value : parts.map(({ value }) => value),
    range: parts.length === 1 ? first.range : whole(first.place, last.place),
    place: whole(first.place, last.place),
  };
}
