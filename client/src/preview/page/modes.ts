// Choices of how a layer is looked at: the two ways of a transposed convolution, and the planes of a 3-d layer.
import { button, element, replace, slider } from './dom.ts';
import { kernelSize, outputSize, type Geometry } from './geometry.ts';
import type { View } from './scene.ts';

export function showModes(
  host: HTMLElement,
  geometry: Geometry | undefined,
  chosen: View['mode'],
  onMode: (mode: View['mode']) => void,
): void {
  if (geometry?.window.kind !== 'transposed') return replace(host);
  const mode = (name: View['mode'], label: string, title: string) =>
    button(label, () => onMode(name), { 'aria-pressed': String(chosen === name), title, 'data-mode': name });
  replace(
    host,
    mode('gather', 'As a direct convolution', 'The same kernel, turned around, over the input with zeros around it and between its cells'),
    mode('scatter', 'As stamps of the kernel', 'Each input cell stamps the kernel, times its value, onto the output'),
  );
}

/** Sliders for the planes that are shown; none where there is one plane. */
export function showPlanes(
  host: HTMLElement,
  geometry: Geometry | undefined,
  view: View,
  onPlanes: (planes: Partial<Pick<View, 'plane' | 'kernelPlane'>>) => void,
): void {
  if (geometry === undefined || geometry.window.axes.length < 3) return replace(host);
  // A slider under the hand stays.
  if (host.contains(document.activeElement)) return;
  const field = (label: string, count: number, value: number, set: (value: number) => void) =>
    element('label', { class: 'source' }, label, slider({ min: 0, max: Math.max(count - 1, 0), value }, set));
  replace(
    host,
    field('output plane', outputSize(geometry)[0], view.plane, (plane) => onPlanes({ plane })),
    field('kernel plane', kernelSize(geometry)[0], view.kernelPlane, (kernelPlane) => onPlanes({ kernelPlane })),
  );
}
