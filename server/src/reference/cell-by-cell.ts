// Kernels that make each cell of the output from the cell of the input at the same place.
import type { Arguments } from '../operators/operator.ts';
import type { Kernel } from './kernel.ts';
import { inputAt } from './kernel-call.ts';
import { readsSameCell } from './reads.ts';
import type { TensorData } from './tensor-data.ts';

export type CellFunction = (value: number) => number;

/** The arguments are read once for a use, in `prepare`. */
export function cellByCell(operator: string, prepare: (from: Arguments) => CellFunction): Kernel {
  return { operator, reads: readsSameCell, run: (call) => [mapCells(inputAt(call), prepare(call.arguments))] };
}

function mapCells({ shape, data }: TensorData, change: CellFunction): TensorData {
  return { shape, data: data.map((value) => change(value)) };
}
