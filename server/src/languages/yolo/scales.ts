// The sizes that one model file stands for: each scale is a network of its own.
import type { ModelTree, Value } from './tree.ts';

export interface Scale {
  /** Absent for a file without scales. */
  readonly name?: string;
  readonly depth: number;
  readonly width: number;
  /** Infinity where nothing limits the channels. */
  readonly maxChannels: number;
}

/** More scales than this are not looked at. */
const MOST_SCALES = 20;

/** The scales of a file, the one that is built where none is asked for first: named by the path, else the first of the file. */
export function scalesOf({ keys }: ModelTree, path: string): Scale[] {
  const scales = keys.get('scales')?.value;
  if (scales?.kind !== 'map' || scales.entries.length === 0) {
    return [
      {
        depth: multipleOf(keys.get('depth_multiple')?.value),
        width: multipleOf(keys.get('width_multiple')?.value),
        maxChannels: Infinity,
      },
    ];
  }
  const found = scales.entries.slice(0, MOST_SCALES).flatMap(({ name, value }): Scale[] => {
    const [depth, width, most] = value.kind === 'list' ? value.items.map(numberOf) : [];
    // What is no scale is told by its key, and not by what comes of it.
    return depth === undefined || width === undefined || depth <= 0 || width <= 0
      ? []
      : [{ name, depth, width, maxChannels: most ?? Infinity }];
  });
  const wanted = textOf(keys.get('scale')?.value) ?? guessed(path);
  return [...found.filter(({ name }) => name === wanted), ...found.filter(({ name }) => name !== wanted)];
}

/** As Ultralytics guesses it: `yolov8s-seg.yaml` is the scale s. */
function guessed(path: string): string | undefined {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return /yolo(?:e-)?v?\d+(?<scale>[nslmx])/.exec(stem)?.groups?.['scale'];
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}

function multipleOf(value: Value | undefined): number {
  const number = numberOf(value);
  return number === undefined || number <= 0 ? 1 : number;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.value : undefined;
}

/** The channels that a row asks for at a scale: rounded up to a multiple of 8. */
export function scaledChannels({ width, maxChannels }: Scale, channels: number): number {
  return Math.ceil((Math.min(channels, maxChannels) * width) / 8) * 8;
}

/** The repeats at a scale, with Python's rounding, which takes a half to the even neighbour. */
export function scaledRepeats({ depth }: Scale, repeats: number): number {
  if (repeats <= 1) return repeats;
  const product = repeats * depth;
  const below = Math.floor(product);
  const rest = product - below;
  const rounded = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
  return Math.max(rounded, 1);
}
