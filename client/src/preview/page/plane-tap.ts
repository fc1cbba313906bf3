// Which plane of the kernel is shown of a layer with three axes, and the plane of the input that it lies on.
import type { CellKind, Tap } from './axis.ts';
import type { Geometry } from './geometry.ts';
import type { View } from './scene.ts';

/** Where a plane of the kernel lies for a plane of the output: at which plane of the laid-out input, and which input plane stands there. */
export interface PlaneTap extends Tap {
  readonly kind: CellKind;
  /** Undefined for a plane of zeros. */
  readonly source: number | undefined;
}

/** The chosen plane of the kernel, else the first one that lies on a plane of the input: no other one makes a stamp. With one plane, the only one there is. */
export function planeTapOf(
  { axes: [planes] }: Geometry,
  { plane, kernelPlane, mode }: Pick<View, 'plane' | 'kernelPlane' | 'mode'>,
): PlaneTap {
  const taps = (planes.windows[plane] ?? []).map(({ kernel, position }): PlaneTap => {
    const source = planes.sources[position] ?? -1;
    return { kernel, position, kind: planes.kinds[position] ?? 'beyond', source: source < 0 ? undefined : source };
  });
  const [first = { kernel: 0, position: 0, kind: 'input', source: 0 }] = taps;
  const onInput = taps.filter(({ source }) => source !== undefined);
  return (mode === 'scatter' ? onInput : taps).find(({ kernel }) => kernel === kernelPlane) ?? onInput[0] ?? first;
}
