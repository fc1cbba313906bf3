// How much memory a run takes, worked out from sizes before anything is allocated.
import type { Program } from './program.ts';
import { programParameters } from './run-program.ts';
import { elementCount } from './tensor-data.ts';

/** Bytes of all parameters, and of the values that are there at once; those that are kept stay until the end. */
export function memoryNeeded(program: Program, kept: ReadonlySet<number>): number {
  const { inputs, steps, outputs } = program;
  const lastUses = new Map<number, number>();
  steps.forEach((step, index) => step.inputs.forEach((value) => lastUses.set(value, index)));
  for (const value of [...kept, ...outputs.map(({ value }) => value)]) lastUses.set(value, Infinity);
  const sizes = [...inputs.map(({ shape }) => elementCount(shape)), ...steps.flatMap((step) => step.outputs.map(elementCount))];
  const made = inputs.map((_, value) => value);
  let now = made.reduce((sum, value) => sum + (sizes[value] ?? 0), 0);
  let most = now;
  let next = inputs.length;
  for (const [index, step] of steps.entries()) {
    const own = step.outputs.map((_, at) => next + at);
    next += own.length;
    for (const value of own) now += sizes[value] ?? 0;
    most = Math.max(most, now);
    for (const value of new Set([...step.inputs, ...own])) if ((lastUses.get(value) ?? index) <= index) now -= sizes[value] ?? 0;
  }
  const parameters = programParameters(program).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return (parameters + most) * Float32Array.BYTES_PER_ELEMENT;
}

/** `3.2 GB`, `640 MB`, `12 kB`: in powers of 1,000. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : Number(value.toPrecision(2))} ${units[power] ?? ''}`;
}
