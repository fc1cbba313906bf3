// The options that name other layers by their numbers, and which layer each number means.
import { findOption, readIntegers, type Section } from './parse.ts';
import type { Range } from '../../text/range.ts';

/** A number that means a layer. */
export interface LayerNumber {
  /** The layer whose option it is in, counted from 0 behind [net]. */
  readonly from: number;
  readonly value: number;
  readonly range: Range;
  /** Undefined where there is no such layer before this one. */
  readonly target: number | undefined;
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  route: ['layers'],
  shortcut: ['from'],
  scale_channels: ['from'],
  sam: ['from'],
  shift_channels: ['from'],
  control_channels: ['from'],
  alternate_channels: ['from'],
  convolutional: ['share_index'],
  conv: ['share_index'],
  contrastive: ['yolo_layer'],
  yolo: ['embedding_layer'],
};

/** Negative numbers count back from the layer itself. */
function targetOf(from: number, value: number): number | undefined {
  const target = value < 0 ? from + value : value;
  return target >= 0 && target < from ? target : undefined;
}

/** Every number of a layer in the file; `layers` are the sections behind [net]. */
export function layerNumbers(text: string, layers: readonly Section[]): readonly LayerNumber[] {
  return layers.flatMap((section, from) =>
    (KEYS[section.type] ?? []).flatMap((key) => {
      const option = findOption(section, key);
      const numbers = option === undefined ? [] : readIntegers(option, text);
      return numbers.map(({ value, range }) => ({ from, value, range, target: targetOf(from, value) }));
    }),
  );
}
