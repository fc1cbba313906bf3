// The windows of a node in whole numbers, axis by axis, for rules that count cells.
import type { Dimension } from '../dims/size.ts';
import type { Node } from '../network/network.ts';
import { axisWindowsOf, onceForAlike } from '../operators/of-node.ts';
import type { AxisWindow } from '../operators/operator.ts';
import { operators } from '../operators/registry.ts';
import { spatialName } from './words.ts';

/** One axis of a window, with nothing unknown but the sizes that it goes from and to. */
export interface Window {
  readonly kind: AxisWindow['kind'];
  /** Counted from the end: -1 is the last axis. */
  readonly axis: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** The effective kernel d(k - 1) + 1. */
  readonly reach: number;
  readonly paddingStart: number;
  readonly paddingEnd: number;
  readonly outputPadding: number;
  readonly ceilMode: boolean;
  readonly input: Dimension;
  readonly output: Dimension;
}

const NONE: readonly Window[] = [];

/** The axes of the node's window; none where it has no window, where it is at fault, or where a number is not known. */
export function windowsOf(node: Node): readonly Window[] {
  return !hasWindow(node) || node.fault !== undefined ? NONE : readWindows(node);
}

export function hasWindow({ operator }: Node): boolean {
  return operators.get(operator)?.windows !== undefined;
}

const readWindows = onceForAlike((node: Node): readonly Window[] => {
  const axes = axisWindowsOf(node);
  const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
  if (axes === undefined) return NONE;
  const windows = axes.flatMap((window, at): Window[] => {
    const axis = at - axes.length;
    const { kind, kernel, stride, dilation, paddingStart, paddingEnd, outputPadding = 0, ceilMode = false } = window;
    if (typeof kernel !== 'number' || typeof stride !== 'number' || typeof dilation !== 'number') return [];
    if (typeof paddingStart !== 'number' || typeof paddingEnd !== 'number' || typeof outputPadding !== 'number') return [];
    if (kernel < 1 || stride < 1 || dilation < 1 || paddingStart < 0 || paddingEnd < 0) return [];
    const reach = dilation * (kernel - 1) + 1;
    const sizes = { input: before?.[before.length + axis], output: after?.[after.length + axis] };
    return [{ kind, axis, kernel, stride, dilation, reach, paddingStart, paddingEnd, outputPadding, ceilMode, ...sizes }];
  });
  return windows.length === axes.length ? windows : NONE;
});

/** `height`, or `height and width`, for axes of which the same is said. */
export function axesWords({ operator }: Node, windows: readonly Window[]): string {
  return windows.map(({ axis }) => spatialName(operator, axis)).join(' and ');
}

/** One number where all axes agree, else a tuple, as an argument is written. */
export function axesText(values: readonly number[]): string {
  const [first] = values;
  return values.every((value) => value === first) ? String(first) : `(${values.join(', ')})`;
}

/** The axes by what is said of them: each text once, with all axes of which it is true. */
export function groupAxes<Key>(windows: readonly Window[], keyOf: (window: Window) => Key | undefined): Map<Key, Window[]> {
  const groups = new Map<Key, Window[]>();
  for (const window of windows) {
    const key = keyOf(window);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [window]);
    else group.push(window);
  }
  return groups;
}
