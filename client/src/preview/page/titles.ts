// What stands above the grids of a layer with a window.
import { kernelSize, laidOutSize, type Geometry } from './geometry.ts';
import { sizeText } from './numbers.ts';
import type { Role, View } from './scene.ts';

export function stageTitles(geometry: Geometry, { mode }: View): Readonly<Record<Role, string>> {
  const { window } = geometry;
  const count = window.axes.length;
  const sizes = (pick: (axis: (typeof window.axes)[number]) => number) => sizeText(window.axes.map(pick));
  const laidOut = sizeText(laidOutSize(geometry).slice(3 - count));
  const input = sizes((axis) => axis.input);
  const stretched = window.axes.some(({ stride }) => stride > 1) ? 'stretched to' : 'padded to';
  const isScatter = mode === 'scatter' && window.kind === 'transposed';
  const inputTitle =
    isScatter || laidOut === input
      ? `input ${input}`
      : `input ${input}, ${window.kind === 'transposed' ? stretched : 'padded to'} ${laidOut}`;
  const turned = window.kind === 'transposed' && !isScatter ? ', turned' : '';
  return {
    input: inputTitle,
    kernel: `kernel ${sizeText(kernelSize(geometry).slice(3 - count))}${turned}`,
    output: `output ${sizes((axis) => axis.output)}`,
  };
}
