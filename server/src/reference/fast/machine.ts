// The WebAssembly module of the fast path: its bytes, whether they can run here, and its memory.
import { encodeModule } from './assembler/module.ts';
import { defineFunction, f32x4, v128, i32, type ModuleFunction } from './assembler/instructions.ts';
import { relaxed, roundedTwice } from './kernels/arithmetic.ts';
import { copyCellsFunction, copyRowsFunction } from './kernels/copy.ts';
import { depthwiseFunctions, type DepthwiseName } from './kernels/depthwise.ts';
import { multiplyFunctions } from './kernels/multiply.ts';
import { combineFunction, subtractFunction } from './kernels/pairs.ts';
import { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';

const PAGE = 65_536;
/** The most that the fast path may take, weights and all: 512 MiB. What needs more is left to the definition. */
export const LARGEST_MEMORY = 8_192 * PAGE;
/** A memory that has grown beyond this is given back once the layer is done: 128 MiB. */
export const KEPT_MEMORY = 2_048 * PAGE;

/** What the machine can do. */
export type SimdSupport = 'none' | 'simd' | 'relaxed-simd';

/** The functions of the module; all parameters are i32: addresses and pitches in bytes, or counts. */
export interface MachineFunctions extends Readonly<Record<DepthwiseName, DepthwiseFunction>> {
  readonly multiply: (
    weights: number,
    taps: number,
    input: number,
    vectors: number,
    vectorsEnd: number,
    start: number,
    startPitch: number,
    startStep: number,
    output: number,
    outputPitch: number,
    channels: number,
  ) => void;
  readonly copyRows: (from: number, fromPitch: number, to: number, toPitch: number, rows: number, cells: number) => void;
  readonly copyCells: (
    from: number,
    fromPitch: number,
    to: number,
    toPitch: number,
    rows: number,
    cells: number,
    fromStep: number,
    toStep: number,
  ) => void;
  readonly subtract: (left: number, right: number, to: number, rows: number, rowPitch: number, vectors: number) => void;
  readonly combine: (from: number, planePitch: number, to: number, rows: number, rowVectors: number) => void;
}

/** As `planeFunction` of kernels/depthwise.ts has them. */
type DepthwiseFunction = (
  source: number,
  sourcePitch: number,
  weights: number,
  weightsEnd: number,
  bias: number,
  output: number,
  outputPitch: number,
  rowTiles: number,
  lastRow: number,
  columnTiles: number,
  lastColumn: number,
) => void;

export interface Machine {
  readonly functions: MachineFunctions;
  readonly memory: WasmMemory;
}

/**
 * Compiles the module, which takes some milliseconds: to be called in a worker, where compiling may block. Undefined where that is not
 * allowed, as a content security policy may have it.
 */
export function compileModule(support: Exclude<SimdSupport, 'none'>): WasmModule | undefined {
  const multiplyAdd = support === 'relaxed-simd' ? relaxed : roundedTwice;
  const functions: ModuleFunction[] = [copyRowsFunction(0), copyCellsFunction(1), subtractFunction(2), combineFunction(3)];
  functions.push(...depthwiseFunctions(functions.length, multiplyAdd));
  functions.push(...multiplyFunctions(functions.length, multiplyAdd));
  const memory = { minimum: 1, maximum: LARGEST_MEMORY / PAGE };
  const bytes = encodeModule({ functions: functions.map(({ declaration }) => declaration), memory });
  try {
    return webAssembly && new webAssembly.Module(bytes);
  } catch {
    return undefined;
  }
}

/** A module with a memory of its own. */
export function startMachine(module: WasmModule): Machine | undefined {
  if (webAssembly === undefined) return undefined;
  const { exports } = new webAssembly.Instance(module);
  // The module exports what `compileModule` wrote, which the type checker cannot see.
  const { memory, ...functions } = exports as unknown as MachineFunctions & { readonly memory: WasmMemory };
  return { functions, memory };
}

/** Grows the memory to at least so many bytes. False where `limit` or the system refuses. */
export function reserve({ memory }: Machine, bytes: number, limit: number): boolean {
  if (bytes > Math.min(limit, LARGEST_MEMORY)) return false;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}

/** Asks the engine, with a function of each kind. No WebAssembly at all, as in some sandboxes, is no SIMD. */
export function detectSimd(): SimdSupport {
  const [ordinary, fused] = [f32x4.add, (left: readonly number[], right: readonly number[]) => f32x4.relaxedMultiplyAdd(left, right, left)];
  if (!validates(ordinary)) return 'none';
  return validates(fused) ? 'relaxed-simd' : 'simd';
}

function validates(operation: (left: readonly number[], right: readonly number[]) => readonly number[]): boolean {
  const probe = defineFunction(0, 'probe', [], () => {
    const value = v128.load(i32.constant(0));
    return [v128.store(i32.constant(0), operation(value, value))];
  });
  return webAssembly?.validate(encodeModule({ functions: [probe.declaration], memory: { minimum: 1, maximum: 1 } })) ?? false;
}
