// The planes that are shown of a layer with three axes: of its output, of its kernel, and the one of the input that the two meet on.
import { element, setSlider, slider } from './dom.ts';
import { kernelSize, outputSize, type Geometry } from './geometry.ts';
import { planeTapOf, type PlaneTap } from './plane-tap.ts';
import type { View } from './scene.ts';

export interface Planes {
  readonly show: (geometry: Geometry | undefined, view: View) => void;
}

/** Two sliders, and words for what meets there; nothing where there is one plane. */
export function createPlanes(host: HTMLElement, onPlanes: (planes: Partial<Pick<View, 'plane' | 'kernelPlane'>>) => void): Planes {
  const field = (label: string, set: (value: number) => void) => {
    const value = element('output', { class: 'slider-value' });
    const input = slider({ min: 0, max: 0, value: 0, 'aria-label': label }, set);
    return { input, value, root: element('label', { class: 'source' }, label, input, value) };
  };
  const output = field('output plane', (plane) => onPlanes({ plane }));
  const kernel = field('kernel plane', (kernelPlane) => onPlanes({ kernelPlane }));
  const words = element('span', { class: 'muted', 'data-planes': true });
  host.append(output.root, kernel.root, words);

  return {
    show(geometry, view) {
      host.hidden = geometry === undefined || geometry.window.axes.length < 3;
      if (geometry === undefined) return;
      const tap = planeTapOf(geometry, view);
      const set = ({ input, value }: typeof output, count: number, plane: number) => {
        setSlider(input, 0, Math.max(count - 1, 0), plane);
        value.textContent = String(plane);
      };
      set(output, outputSize(geometry)[0], view.plane);
      set(kernel, kernelSize(geometry)[0], tap.kernel);
      words.textContent = wordsOf(tap);
    },
  };
}

function wordsOf({ kind, source }: PlaneTap): string {
  if (source !== undefined)
    return kind === 'input' ? `meet on input plane ${source}` : `meet in the padding, a copy of input plane ${source}`;
  return kind === 'stuffed' ? 'meet on zeros between the planes of the input' : 'meet in the padding';
}
