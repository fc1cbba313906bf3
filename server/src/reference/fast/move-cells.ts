// Moves cells between the order of tensors and the order in which the kernels read and write them.
import type { SourceAxis } from './correlation.ts';
import type { Layer } from './layer.ts';
import type { Plane } from './layout.ts';
import type { Machine } from './machine.ts';

const FLOAT = 4;

/** Which cells of an input axis lie in one part of the padded axis: the first of them, the cell of the part it goes to, and how many. */
function partOf(
  { input, before, stride, cells }: SourceAxis,
  part: number,
): { readonly from: number; readonly to: number; readonly count: number } {
  const to = Math.max(0, Math.ceil((before - part) / stride));
  const from = to * stride + part - before;
  return { from, to, count: Math.max(0, Math.min(cells - to, Math.ceil((input - from) / stride))) };
}

/**
 * Copies channels from where they are as they came to where they are padded with zeros and split by stride: each part into a slot.
 * `rowSlots`: how many slots lie between one part along the height and the next.
 */
export function padChannels(machine: Machine, layer: Layer, count: number, base: number, rowSlots: number): void {
  const { correlation, layout, inputCells } = layer;
  const [depth, height, width] = correlation.source;
  const parts = (axis: SourceAxis) => Array.from({ length: axis.stride }, (_, part) => partOf(axis, part));
  const [depthParts, heightParts, widthParts] = [parts(depth), parts(height), parts(width)];
  for (const [partZ, z] of depthParts.entries()) {
    for (const [partY, y] of heightParts.entries()) {
      for (const [partX, x] of widthParts.entries()) {
        const slot = (partZ * height.stride + partY) * rowSlots + partX;
        const slotAt = base + layout.sourceAt + slot * layout.slotCells * FLOAT;
        for (let channel = 0; channel < count; channel++) {
          for (let plane = 0; plane < z.count; plane++) {
            const from = ((z.from + plane * depth.stride) * height.input + y.from) * width.input + x.from;
            const to = ((z.to + plane) * height.cells + y.to) * width.cells + x.to;
            copy(machine, {
              from: base + layout.rawAt + (channel * inputCells + from) * FLOAT,
              fromPitch: height.stride * width.input,
              fromStep: width.stride,
              to: slotAt + (channel * layout.partCells + to) * FLOAT,
              toPitch: width.cells,
              toStep: 1,
              rows: y.count,
              cells: x.count,
            });
          }
        }
      }
    }
  }
}

/** Copies the finished sums of a pass to the output cells that they belong to. */
export function scatter(machine: Machine, layer: Layer, plane: Plane, outputs: number, base: number): void {
  const { layout, outputAxes, outputCells } = layer;
  const [, height, width] = outputAxes;
  const [stepZ, stepY, stepX] = plane.step;
  const [startZ, startY, startX] = plane.start;
  const { runs } = plane;
  const isDense = plane.step.every((step) => step === 1);
  const [depths, rows] = isDense ? [1, runs.count] : [plane.count[0], plane.count[1]];
  for (let channel = 0; channel < outputs; channel++) {
    for (let depth = 0; depth < depths; depth++) {
      const to = ((startZ + depth * stepZ) * height + startY) * width + startX;
      copy(machine, {
        from: base + plane.at + channel * plane.channelPitch + depth * rows * runs.pitch * FLOAT,
        fromPitch: runs.pitch,
        fromStep: 1,
        to: base + layout.outputAt + (channel * outputCells + to) * FLOAT,
        toPitch: isDense ? runs.cells : stepY * width,
        toStep: stepX,
        rows,
        cells: runs.cells,
      });
    }
  }
}

/** Pitches and steps in cells, addresses in bytes. */
interface Copy {
  readonly from: number;
  readonly fromPitch: number;
  readonly fromStep: number;
  readonly to: number;
  readonly toPitch: number;
  readonly toStep: number;
  readonly rows: number;
  readonly cells: number;
}

function copy({ functions }: Machine, { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells }: Copy): void {
  if (fromStep === 1 && toStep === 1) functions.copyRows(from, fromPitch * FLOAT, to, toPitch * FLOAT, rows, cells);
  else functions.copyCells(from, fromPitch * FLOAT, fromStep * FLOAT, to, toPitch * FLOAT, toStep * FLOAT, rows, cells);
}
