// The stage of an operator without a window: what goes in and what comes out.
import type { LayerValues, MapTensor } from '../../../../server/src/protocol/preview.ts';
import { stepsThrough, type Role, type Scene, type SceneGrid, type View } from './scene.ts';
import { at, decodeTensor, largestAt, type Tensor } from './tensor.ts';

/** Channels of a tensor from `first` on, of `channels` that there are. */
export interface SentChannels {
  readonly tensor: Tensor;
  readonly first: number;
  readonly channels: number;
}

/** The tensors of an operator without a window. */
export interface PlainNumbers {
  readonly input: SentChannels | undefined;
  readonly output: SentChannels;
}

export function plainNumbersOf({ input, output }: LayerValues): PlainNumbers {
  const decoded = ({ maps, first, channels }: MapTensor) => ({ tensor: decodeTensor(maps), first, channels });
  return { input: input === null ? undefined : decoded(input), output: decoded(output) };
}

export function plainScene({ input, output }: PlainNumbers, { inputChannel, outputChannel, plane }: View): Scene {
  const grid = (role: Role, { tensor, first }: SentChannels, channel: number): SceneGrid => {
    const [, , rows = 0, columns = 0] = tensor.shape;
    const value = (row: number, column: number) => at(tensor, channel - first, plane, row, column);
    return {
      role,
      content: { rows, columns, scale: largestAt(tensor, channel - first), style: () => 'value', value },
      label: (row, column) => `${role === 'input' ? 'x' : 'y'}[${row}, ${column}]`,
      placeOf: () => undefined,
    };
  };
  const below = grid('output', output, outputChannel);
  const above = input === undefined ? undefined : grid('input', input, inputChannel);
  const { rows, columns } = below.content;
  const isCellWise = input?.channels === output.channels && above?.content.rows === rows && above.content.columns === columns;
  return {
    grids: [...(above === undefined ? [] : [above]), below],
    ...stepsThrough('output', rows, columns),
    changing: [],
    // Which cells an operator without a window connects is only plain where the two have one size: of a Cat they have not.
    marksOf: ({ role, row, column }) => ({
      input: role === 'input' || isCellWise ? [{ row, column }] : [],
      kernel: [],
      output: role === 'output' || isCellWise ? [{ row, column }] : [],
    }),
  };
}
