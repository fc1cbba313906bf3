// The two-tap algorithm for transposed convolutions whose kernel is twice their stride: 36 multiplications in place of 64.
import type { Correlation, Pass, Tap } from './correlation.ts';

/**
 * Where the kernel is twice the stride, each pass has two taps on each axis: y[j] = g0 x[j] + g1 x[j + 1]. Two outputs together take three
 * multiplications and not four (Winograd's F(2, 2)): with d = x[j], x[j + 1], x[j + 2],
 *
 *     m0 = g0 (d0 - d1)    m1 = (g0 + g1) d1    m2 = -g1 (d1 - d2)    y[j] = m0 + m1    y[j + 1] = m1 + m2
 *
 * What is multiplied does not depend on the pass but for where it begins: with the padded input split by parity, x[2t] and x[2t + 1], it is
 * one of four signals of each axis. All factors are 1 and -1, so that the rounding is that of a few more sums.
 */
export const SIGNALS = 4;
/** So many input channels are taken at a time: what a pass reads of them stays in the cache that is nearest but one. */
const BLOCK_CHANNELS = 128;
/** What an axis is made of: cells of even and of odd index, and the differences to the next cell of either. */
const [EVEN, ODD, EVEN_LESS_ODD, ODD_LESS_EVEN] = [0, 1, 2, 3];
/** The slots of the padded input itself, cells of even and odd rows and columns; the others are differences of these. */
export const PARTS_OF_PAIRS = [EVEN, ODD].flatMap((row) => [EVEN, ODD].map((column) => row * SIGNALS + column));

/** Nine of the correlation's passes together give one pass of the layer. */
export interface Pairs {
  readonly correlation: Correlation;
  readonly blockChannels: number;
  /** The passes that come out, in the order of the products: as many as a ninth of the correlation's passes. */
  readonly combined: readonly Pass[];
}

/** What a product multiplies: a signal, how far behind its first cell, and a sum of taps by their places along the axis. */
interface Product {
  readonly signal: number;
  readonly shift: number;
  readonly terms: readonly { readonly tap: 0 | 1; readonly factor: 1 | -1 }[];
}

/** Undefined where the passes are not of this kind. */
export function planPairs({ source, passes }: Correlation, inputChannels: number): Pairs | undefined {
  const [depth, height, width] = source;
  const isFlat = depth.cells === 1;
  const fits = passes.every(({ taps, step }) => taps.length === 4 && step[0] === 1 && step[1] > 1 && step[2] > 1);
  if (!isFlat || !fits) return undefined;
  // Rows of whole vectors: most loads are then within one line of the cache.
  const halves = { height: Math.ceil(height.cells / 2) + 1, width: Math.ceil((Math.ceil(width.cells / 2) + 1) / 4) * 4 };
  // The same row of all channels lies in one piece, which a tile of pixels reads from its begin to its end: that is what caches foresee.
  const blockChannels = Math.min(inputChannels, BLOCK_CHANNELS);
  const rowCells = blockChannels * halves.width;
  const products = passes.map((pass) => productsOf(pass, width.cells, rowCells));
  if (products.includes(undefined)) return undefined;
  return {
    correlation: {
      source: [depth, { ...height, stride: 2, cells: halves.height }, { ...width, stride: 2, cells: halves.width }],
      slots: SIGNALS ** 2,
      rowCells,
      channelCells: halves.width,
      passes: products.flatMap((own) => own ?? []),
    },
    blockChannels,
    combined: passes,
  };
}

function productsOf(pass: Pass, sourceWidth: number, rowCells: number): readonly Pass[] | undefined {
  const { taps, origin, count } = pass;
  const at = (offset: number) => taps.find((tap) => tap.offset === offset)?.terms;
  // By where they read: [0][0], [0][1], [1][0], [1][1].
  const square = [at(0), at(1), at(sourceWidth), at(sourceWidth + 1)];
  if (square.includes(undefined)) return undefined;
  const [rows, columns] = [productsAt(Math.floor(origin / sourceWidth)), productsAt(origin % sourceWidth)];
  return rows.flatMap((row, rowIndex) =>
    columns.map((column, columnIndex): Pass => {
      const terms = row.terms.flatMap((vertical) =>
        column.terms.flatMap((horizontal) =>
          (square[2 * vertical.tap + horizontal.tap] ?? []).map(({ index, factor }) => ({
            index,
            factor: factor * vertical.factor * horizontal.factor,
          })),
        ),
      );
      const slot = row.signal * SIGNALS + column.signal;
      const tap: Tap = { terms, offset: row.shift * rowCells + column.shift, slot };
      return {
        taps: [tap],
        origin: 0,
        count: [1, Math.ceil(count[1] / 2), Math.ceil(count[2] / 2)],
        start: [0, 0, 0],
        step: [1, 1, 1],
        // Each output has exactly one share of the product in the middle.
        hasBias: rowIndex === 1 && columnIndex === 1,
      };
    }),
  );
}

/** The products of an axis whose first output reads padded cells `origin` and `origin + 1`. */
function productsAt(origin: number): readonly [Product, Product, Product] {
  const shift = Math.floor(origin / 2);
  const isEven = origin % 2 === 0;
  const [first, last] = [[{ tap: 0, factor: 1 }] as const, [{ tap: 1, factor: -1 }] as const];
  const both = [
    { tap: 0, factor: 1 },
    { tap: 1, factor: 1 },
  ] as const;
  return isEven
    ? [
        { signal: EVEN_LESS_ODD, shift, terms: first },
        { signal: ODD, shift, terms: both },
        { signal: ODD_LESS_EVEN, shift, terms: last },
      ]
    : [
        { signal: ODD_LESS_EVEN, shift, terms: first },
        { signal: EVEN, shift: shift + 1, terms: both },
        { signal: EVEN_LESS_ODD, shift: shift + 1, terms: last },
      ];
}

/** How many passes of the correlation give one: three products on each axis. */
export const PRODUCTS_OF_PASS = 9;

/** A signal that is the difference of two others. `behind`: how many cells of the half axis further the second one is read. */
export const DIFFERENCES = [
  { signal: EVEN_LESS_ODD, left: EVEN, right: ODD, behind: 0 },
  { signal: ODD_LESS_EVEN, left: ODD, right: EVEN, behind: 1 },
] as const;
