// What stands above the grids of the stage.
import type { LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { kernelSize, laidOutSize, type Geometry } from './geometry.ts';
import { sizeText } from './numbers.ts';
import type { Role, View } from './scene.ts';

export function stageTitles(
  { inputs, outputs }: LayerDescription,
  geometry: Geometry | undefined,
  { mode }: View,
): Readonly<Record<Role, string>> {
  if (geometry === undefined) return { input: `input ${inputs[0]?.text ?? ''}`, kernel: '', output: `output ${outputs[0]?.text ?? ''}` };
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
