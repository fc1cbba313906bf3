// Where everything of one layer lies in the memory of the machine, and the tables that the kernel reads.
import type { WindowLayout } from '../window-layout.ts';
import { isPlain, partCells, type Correlation, type Pass, type PerAxis } from './correlation.ts';
import { START_CELLS, TILE_VECTORS } from './kernels/multiply.ts';
import { planPadding, planScatter, type Copy, type SumRows } from './move-cells.ts';
import { PRODUCTS_OF_PASS, SIGNALS, type Pairs } from './pairs.ts';
import { packedCells, type LayerCounts } from './weights.ts';

const FLOAT = 4;
const VECTOR_CELLS = 4;
/** Each region begins at a cache line, and there is room for a vector that begins in its last cell. */
const LINE = 64;
/**
 * Input channels are taken in blocks of about so many taps: their part of the source, and the weights of one tile, then stay in the caches
 * of a core while all output channels go over them.
 */
const BLOCK_TAPS = 256;

export interface PassLayout extends Pass {
  /** How many taps the passes before it have. */
  readonly tapsBefore: number;
  /** Output cells that lie one behind another in the source: rows, or all of them where rows touch. The pitch is a multiple of four. */
  readonly runs: SumRows;
  /** How many vectors of four cells the sums of a channel are. */
  readonly vectors: number;
  /** Addresses, behind the start of what a layer takes. */
  readonly vectorsAt: number;
  readonly sumsAt: number;
  /** Bytes from one channel of the sums to the next. */
  readonly sumsPitch: number;
}

/** Where the finished sums of a pass lie, and how they get to the output cells that they are. */
interface Plane {
  readonly at: number;
  /** Bytes from one output channel to the next; zero where channels are finished in the same place, one after the other. */
  readonly channelPitch: number;
  readonly scatter: readonly Copy[];
}

export interface Layout {
  readonly passes: readonly PassLayout[];
  /** The passes in the order in which they are run: those that read the same slot one after the other, so that it stays in the caches. */
  readonly executed: readonly PassLayout[];
  /** Of all passes. */
  readonly taps: number;
  /** The passes' own sums, or what pairs of them are combined to. */
  readonly planes: readonly Plane[];
  readonly blockChannels: number;
  /** Tables of all passes, as they lie at the start. */
  readonly tables: Int32Array;
  /** What the sums of each output channel begin with, START_CELLS numbers each, and behind them zeros. */
  readonly startsAt: number;
  /** Input channels as they are, and padded and split; the same place where nothing is to be padded. */
  readonly rawAt: number;
  readonly sourceAt: number;
  /** From the one to the other, of one channel. */
  readonly padding: readonly Copy[];
  /** From channel to channel of a slot, which has room for a vector behind them. */
  readonly channelCells: number;
  readonly slotCells: number;
  /** The output of one group, or where the sums lie if they are in its order. */
  readonly outputAt: number;
  /** True where the sums have to be put into the output's order. */
  readonly isScattered: boolean;
  /** Floats of the packed weights. */
  readonly weightCount: number;
  readonly bytes: number;
}

export function layOutMemory(
  correlation: Correlation,
  pairs: Pairs | undefined,
  axes: WindowLayout['axes'],
  { channels, inputCells, outputCells }: LayerCounts,
): Layout {
  const { source, slots, rowCells, channelCells } = correlation;
  const outputAxes: PerAxis<number> = [axes[0].output, axes[1].output, axes[2].output];
  const mostTaps = Math.max(1, ...correlation.passes.map(({ taps }) => taps.length));
  const blockChannels = pairs?.blockChannels ?? Math.min(channels.inputs, Math.max(1, Math.floor(BLOCK_TAPS / mostTaps)));
  let next = 0;
  const place = (cells: number) => {
    const at = next;
    next += Math.ceil((cells * FLOAT) / LINE + 1) * LINE;
    return at;
  };
  const slotCells = Math.ceil((blockChannels * partCells(source)) / VECTOR_CELLS + 1) * VECTOR_CELLS;
  const tables: (readonly [at: number, table: Int32Array])[] = [];
  const tabled = correlation.passes.map((pass) => {
    const runs = runsOf(pass, correlation);
    const vectors = vectorTable(pass, runs, correlation);
    const vectorsAt = place(vectors.length);
    tables.push([vectorsAt, vectors]);
    return { ...pass, runs, vectors: vectors.length, vectorsAt };
  });
  const image = new Int32Array(next / FLOAT);
  for (const [at, table] of tables) image.set(table, at / FLOAT);
  const startsAt = place((channels.outputs + 1) * START_CELLS);
  const sourceAt = place(slots * slotCells);
  const rawAt = isPlain(source) ? sourceAt : place(blockChannels * inputCells);
  let tapsBefore = 0;
  const passes = tabled.map((pass): PassLayout => {
    const before = tapsBefore;
    tapsBefore += pass.taps.length;
    const cells = pass.vectors * VECTOR_CELLS;
    return { ...pass, tapsBefore: before, sumsAt: place(cells * channels.outputs), sumsPitch: cells * FLOAT };
  });
  const planes =
    pairs?.combined.map((pass, at) => {
      const { runs } = passes[PRODUCTS_OF_PASS * at] ?? { runs: { count: 0, pitch: 0 } };
      const cells = 4 * runs.count * runs.pitch;
      const rows = { count: 2 * runs.count, cells: pass.count[2], pitch: 2 * runs.pitch };
      return { scatter: planScatter(pass, rows, outputAxes), at: place(cells), channelPitch: 0 };
    }) ?? passes.map((pass) => ({ scatter: planScatter(pass, pass.runs, outputAxes), at: pass.sumsAt, channelPitch: pass.sumsPitch }));
  const [first] = passes;
  const isInOrder = passes.length === 1 && first?.sumsPitch === outputCells * FLOAT && first.runs.pitch === first.runs.cells;
  const outputAt = isInOrder ? first.sumsAt : place(outputCells * channels.outputs);
  return {
    passes,
    executed: passes.toSorted((left, right) => (left.taps[0]?.slot ?? 0) - (right.taps[0]?.slot ?? 0)),
    taps: tapsBefore,
    planes,
    blockChannels,
    tables: image,
    startsAt,
    rawAt,
    padding:
      rawAt === sourceAt ? [] : planPadding(source, { rowCells, slotCells, rowSlots: pairs === undefined ? source[2].stride : SIGNALS }),
    sourceAt,
    channelCells,
    slotCells,
    outputAt,
    isScattered: !isInOrder,
    weightCount: channels.groups * channels.inputs * tapsBefore * packedCells(channels.outputs),
    bytes: next + LINE,
  };
}

/** Rows of the output, or longer runs where a row of the source has no cell more than one of the output. */
function runsOf({ count: [depth, height, width], step }: Pass, { source: [, sourceHeight], rowCells }: Correlation): SumRows {
  const isDense = step.every((size) => size === 1);
  let [count, cells] = [depth * height, width];
  if (isDense && width === rowCells) [count, cells] = height === sourceHeight.cells ? [1, width * height * depth] : [depth, width * height];
  return { count, cells, pitch: Math.ceil(cells / VECTOR_CELLS) * VECTOR_CELLS };
}

/** Where each vector of output cells reads, in bytes behind the source; the last may stand there twice, to fill a tile. */
function vectorTable({ origin, count: [depth, height] }: Pass, runs: SumRows, { source, rowCells }: Correlation): Int32Array {
  const [, { cells: sourceHeight }] = source;
  const runVectors = runs.pitch / VECTOR_CELLS;
  const used = runs.count * runVectors;
  const table = new Int32Array(Math.ceil(used / TILE_VECTORS) * TILE_VECTORS);
  const rowsOfRun = (depth * height) / runs.count;
  for (let run = 0, at = 0; run < runs.count; run++) {
    const row = run * rowsOfRun;
    const start = origin + (Math.floor(row / height) * sourceHeight + (row % height)) * rowCells;
    for (let vector = 0; vector < runVectors; vector++) table[at++] = (start + vector * VECTOR_CELLS) * FLOAT;
  }
  table.fill(table[used - 1] ?? 0, used);
  return table;
}
