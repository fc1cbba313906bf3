// An input whose shape has the channels first in a model whose layers have them last: the mistake behind sizes that do not fit.
import { formatShape } from '../../dims/format.ts';
import { writtenShape, type Problem, type Tensor } from '../../network/network.ts';

/** As many channels as images have: gray, colour, and colour with transparency. */
const MOST_CHANNELS = 4;

/** What comes of axes in the wrong order. */
const SIZES: ReadonlySet<string> = new Set([
  'kernel-exceeds-input',
  'empty-output',
  'concat-mismatch',
  'broadcast-mismatch',
  'reshape-mismatch',
]);

/**
 * The problems with those of sizes replaced by what most likely caused them: the file's second axis is as short as a list of
 * channels, and its last one is not.
 */
export function channelOrderProblem(text: string, inputs: readonly Tensor[], problems: readonly Problem[]): readonly Problem[] {
  const input = inputs.find(looksChannelsFirst);
  const at = problems.findIndex(({ fault: { code } }) => SIZES.has(code));
  const found = problems[at];
  if (input === undefined || found === undefined || input.axisRanges === undefined) return problems;
  const written = writtenShape(input);
  if (written === undefined) return problems;
  const [batch, channels, ...spatial] = written;
  const right = [batch, ...spatial, channels];
  const [batchPlace, channelsPlace, ...spatialPlaces] = input.axisRanges;
  // In the file the axes stand in another order than in the shape.
  const places = [batchPlace, ...spatialPlaces, channelsPlace].flatMap((range) => range ?? []);
  const values = [...places.slice(2), ...places.slice(1, 2)].map(({ start, end }) => text.slice(start, end));
  const message = `The input ${formatShape(written)} looks like channels first, but the layers have data_format "channels_last", for which it has a height of ${formatShape(written.slice(1, 2)).slice(1, -1)}.\nWith the channels last it is ${formatShape(right)}.`;
  const problem: Problem = {
    fault: { code: 'argument-range', reason: 'expression', message },
    range: input.range,
    frames: [],
    ideas: [
      {
        title: `Change the input to ${formatShape(right)}`,
        edits: places.slice(1).map((range, index) => ({ range, newText: values[index] ?? '' })),
      },
    ],
  };
  return [...problems.slice(0, at), problem, ...problems.slice(at + 1).filter(({ fault: { code } }) => !SIZES.has(code))];
}

function looksChannelsFirst(tensor: Tensor): boolean {
  const written = tensor.layout === 'channels_last' ? writtenShape(tensor) : undefined;
  if (written?.length !== 4) return false;
  const [, first, middle, last] = written;
  return typeof first === 'number' && first <= MOST_CHANNELS && isLong(middle) && isLong(last);
}

function isLong(size: unknown): boolean {
  return typeof size === 'number' && size > MOST_CHANNELS;
}
