// Free sizes: symbols that stand in a shape as words, and, where they are asked for, symbols for the numbers of images.
import { symbolsOf } from '../../dims/arithmetic.ts';
import { isConcrete, symbol, type Shape } from '../../dims/size.ts';
import type { NetworkSymbol, Tensor } from '../../network/network.ts';

export interface FreeSizes {
  /** The shape with symbols for its sizes behind the channels, where these are asked for. */
  readonly shape: (shape: Shape) => Shape;
  readonly symbolsOf: (inputs: readonly Tensor[]) => readonly NetworkSymbol[];
}

const NAMES: Readonly<Record<number, readonly string[]>> = { 1: ['L'], 2: ['H', 'W'], 3: ['D', 'H', 'W'] };

/** The same number on the same axis is the same size: images and their labels go together. */
export function createFreeSizes(isFree: boolean): FreeSizes {
  const numbers = new Map<string, number>();

  function nameOf(letter: string, size: number): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? letter : `${letter}${count}`;
      const known = numbers.get(name);
      if (known !== undefined && known !== size) continue;
      numbers.set(name, size);
      return name;
    }
  }

  return {
    shape: (shape) => {
      const names = NAMES[(shape?.length ?? 0) - 2];
      if (!isFree || shape === undefined || names === undefined) return shape;
      // A single cell is no image.
      return shape.map((size, axis) => (axis < 2 || !isConcrete(size) || size < 2 ? size : symbol(nameOf(names[axis - 2] ?? 'S', size))));
    },
    symbolsOf: (inputs) => {
      const found = new Map<string, NetworkSymbol>();
      for (const { shape, axisRanges, range } of inputs) {
        shape?.forEach((size, axis) => {
          for (const name of symbolsOf(size)) {
            const sample = numbers.get(name);
            const place = axisRanges?.[axis];
            const written = sample === undefined ? {} : { sample, ...(place !== undefined && { sampleRange: place }) };
            if (!found.has(name)) found.set(name, { name, range: place ?? range, ...written });
          }
        });
      }
      return [...found.values()];
    },
  };
}
