// What the lowering of one section works with: its options, the layers before it, and the builder.
import { UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { NetworkBuilder } from '../../../network/builder.ts';
import type { Fault } from '../../../network/fault.ts';
import type { Layer, Reference, Tensor, TextIdea } from '../../../network/network.ts';
import type { Range } from '../../../text/range.ts';
import { argumentNames } from '../argument-names.ts';
import { findOption, readInteger, readIntegers, type Dialect, type Section } from '../parse.ts';

/** A layer that is lowered. */
export interface Lowered {
  /** What references take. */
  readonly output: Tensor;
  /** What the next section takes; another tensor behind a layer with antialiasing. */
  readonly following: Tensor;
}

export type Written = readonly [value: ArgumentValue, key?: string | undefined];

/** A layer as another section names it. */
export interface LayerUse {
  readonly tensor: Tensor;
  readonly range: Range;
  /** The number as it is written, and the layer that it means. */
  readonly written: number;
  readonly at: number;
}

export interface LayerReader {
  readonly section: Section;
  readonly index: number;
  readonly dialect: Dialect;
  readonly input: Tensor;
  readonly layers: readonly (Lowered & { readonly section: Section })[];
  readonly children: Layer[];
  integer(key: string, otherwise: number): number;
  /** As `integer`, but unknown where Darknet would read 0 for want of a digit: what comes of that has been told. */
  count(key: string, otherwise: number): ArgumentValue;
  text(key: string, otherwise: string): string;
  /** Where the first of the options that is written has its value, else the header. */
  place(...keys: readonly string[]): Range;
  apply(
    operator: string,
    written: Readonly<Record<string, Written>>,
    inputs?: readonly Tensor[],
    inputRanges?: readonly Range[],
    ideas?: (fault: Fault) => readonly TextIdea[],
  ): Tensor;
  /** Tells a fault of the section. */
  report(fault: Fault, range: Range, ideas?: readonly TextIdea[], message?: string): void;
  /** Notes a place that the two Darknets read unlike. */
  readonly differ: (range: Range, words: string) => void;
  /** Ideas for `[net]` sizes with which all joins fit. */
  readonly sizeIdeas: () => readonly TextIdea[];
  /** The numbers of a list, each at its place; none where it is not written. */
  numbers(key: string): readonly { readonly value: number; readonly range: Range }[];
  /** The layers that a list of numbers names, each at its place; what is out of range is told and unknown. */
  references(key: string): LayerUse[];
}

export function createReader(
  text: string,
  builder: NetworkBuilder,
  parts: Pick<LayerReader, 'section' | 'index' | 'dialect' | 'input' | 'layers' | 'sizeIdeas' | 'differ'>,
  found: Reference[],
): LayerReader {
  const { section, index, layers } = parts;
  const children: Layer[] = [];
  const find = (key: string) => findOption(section, key);
  const apply: LayerReader['apply'] = (
    operator,
    written,
    inputs = [parts.input],
    inputRanges = inputs.map(() => section.headerRange),
    ideas,
  ) => {
    const ranges = Object.entries(written).flatMap(([name, [, key]]) => {
      const range = key === undefined ? undefined : find(key)?.valueRange;
      return range === undefined ? [] : [[name, range] as const];
    });
    const node = builder.apply({
      operator,
      arguments: new Map(Object.entries(written).map(([name, [value]]) => [name, value])),
      inputs,
      ...(ideas !== undefined && { ideas }),
      source: {
        label: `[${section.type}]`,
        name: `layer ${parts.index}`,
        argumentNames,
        nameRange: section.headerRange,
        callRange: section.range,
        range: section.range,
        argumentRanges: new Map(ranges),
        inputRanges,
        frames: [],
      },
    });
    children.push({
      label: operator,
      kind: 'operator',
      range: section.range,
      node,
      inputs: node.inputs,
      outputs: node.outputs,
      children: [],
    });
    return node.outputs[0] ?? builder.input('?', undefined, section.headerRange);
  };
  const numbersOf = (key: string) => {
    const option = find(key);
    return option === undefined ? [] : readIntegers(option, text);
  };
  return {
    ...parts,
    children,
    integer: (key, otherwise) => {
      const option = find(key);
      return option === undefined ? otherwise : readInteger(option.value);
    },
    count: (key, otherwise) => {
      const option = find(key);
      return option === undefined ? otherwise : /^[-+]?\d/.test(option.value) ? readInteger(option.value) : UNKNOWN;
    },
    text: (key, otherwise) => find(key)?.value ?? otherwise,
    place: (...keys) => keys.flatMap((key) => find(key)?.valueRange ?? [])[0] ?? section.headerRange,
    apply,
    report: (fault, range, ideas = [], message = '') =>
      builder.report({ fault, range, frames: [], ideas, ...(message !== '' && { words: { message, related: [] } }) }),
    numbers: numbersOf,
    references: (key) => {
      const numbers = numbersOf(key);
      if (numbers.length === 0) {
        const message = `[${section.type}] needs \`${key}\`: the numbers of the layers that it takes.\nDarknet stops without it.`;
        builder.report({
          fault: { code: 'missing-argument', reason: 'missing', argument: key },
          range: section.headerRange,
          frames: [],
          words: { message, related: [] },
        });
      }
      return numbers.map(({ value, range }) => {
        const at = value < 0 ? index + value : value;
        const layer = layers[at];
        if (layer === undefined) {
          const possible = index === 0 ? 'no layer stands before it' : `0 to ${index - 1} or -1 to -${index} are possible`;
          const what = at >= index ? `Layer ${at} does not stand before this one, which is layer ${index}` : `There is no layer ${at}`;
          const ideas = index === 0 ? [] : [{ title: `Change ${value} to -1`, edits: [{ range, newText: '-1' }], larger: true }];
          const message = `${what}.\nCounted from 0, ${possible}.`;
          const fault = { code: 'reference-range', reason: 'layer', message, related: [] } as const;
          builder.report({ fault, range, frames: [], ideas });
          return { tensor: builder.input('?', undefined, range), range, written: value, at };
        }
        found.push({
          range,
          definition: layer.section.headerRange,
          target: { kind: 'tensor', name: layer.output.label, tensor: layer.output },
        });
        return { tensor: layer.output, range, written: value, at };
      });
    },
  };
}
