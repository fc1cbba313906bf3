// The stage of an operator without a window: what goes in and what comes out.
import type { LayerValues } from '../../../../server/src/protocol/preview.ts';
import type { Role, Scene, SceneGrid, View } from './scene.ts';
import { at, decodeTensor, largest } from './tensor.ts';
import { longNumber } from './numbers.ts';

export function plainScene(values: LayerValues | undefined, { inputChannel, outputChannel, plane }: View): Scene | undefined {
  const [input] = values?.inputs ?? [];
  const [output] = values?.outputs ?? [];
  if (output === undefined) return undefined;
  const grid = (role: Role, from: typeof output, channel: number): SceneGrid => {
    const tensor = decodeTensor(from.maps);
    const [, , rows = 0, columns = 0] = tensor.shape;
    const index = Math.min(Math.max(channel - from.first, 0), (tensor.shape[0] ?? 1) - 1);
    const value = (row: number, column: number) => at(tensor, index, plane, row, column);
    return {
      role,
      content: { rows, columns, scale: largest(tensor.data), style: () => 'value', value },
      label: (row, column) => `${role === 'input' ? 'x' : 'y'}[${row}, ${column}] = ${longNumber(value(row, column))}`,
    };
  };
  const grids = [...(input === undefined ? [] : [grid('input', input, inputChannel)]), grid('output', output, outputChannel)];
  const isCellWise =
    grids.length === 2 && grids[0]?.content.rows === grids[1]?.content.rows && grids[0]?.content.columns === grids[1]?.content.columns;
  const columns = grids[grids.length - 1]?.content.columns ?? 1;
  return {
    grids,
    steps: columns * (grids[grids.length - 1]?.content.rows ?? 0),
    focusOf: (step) => ({ role: 'output', row: Math.floor(step / columns), column: step % columns }),
    stepOf: ({ role, row, column }) => (role === 'output' ? row * columns + column : undefined),
    placeOf: () => undefined,
    // Which cells an operator without a window connects is only plain where the two have one size.
    marksOf: ({ role, row, column }) => ({
      input: role === 'input' || isCellWise ? [{ row, column }] : [],
      kernel: [],
      output: role === 'output' || isCellWise ? [{ row, column }] : [],
    }),
  };
}
