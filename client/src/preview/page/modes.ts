// The two ways to look at a transposed convolution.
import { button, replace } from './dom.ts';
import type { Geometry } from './geometry.ts';
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
