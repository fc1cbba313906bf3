// How many axes a layer takes, and what is most likely meant where its input has another number of them.
import { formatShape } from '../../dims/format.ts';
import { symbol } from '../../dims/size.ts';
import { writtenShape, type Tensor, type TextIdea } from '../../network/network.ts';
import { rangeOf, valueOf } from './json.ts';
import type { LayerUse } from './layer-use.ts';

/** Tells where a tensor has another number of axes than the layer takes, the batch included. */
export function hasRank(use: LayerUse, tensor: Tensor, rank: number): boolean {
  const shape = writtenShape(tensor);
  if (shape === undefined || shape.length === rank) return true;
  const { className } = use.layer;
  const advice = adviceFor(use, tensor, rank);
  const message = `${className} takes ${rank} axes with the batch${AXES[rank] ?? ''}, but its input has ${shape.length}: ${formatShape(shape)}.${advice === undefined ? '' : `\n${advice.words}`}`;
  use.builder.report({
    fault: { code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape, expected: `${rank} axes with the batch` },
    range: use.layer.classRange,
    frames: use.frames,
    words: { message, related: [] },
    ideas: advice?.ideas ?? [],
  });
  return false;
}

const AXES: Readonly<Record<number, string>> = { 3: ' (steps and features)', 4: ' (height, width and channels)' };

interface Advice {
  readonly words: string;
  readonly ideas: readonly TextIdea[];
}

function adviceFor(use: LayerUse, tensor: Tensor, rank: number): Advice | undefined {
  const have = tensor.shape?.length ?? 0;
  if (have === 1) return missingBatchAdvice(tensor);
  if (have === rank - 1) return stepsAdvice(use, tensor) ?? missingAxisAdvice(tensor, rank);
  if (have === 2) return { words: flatWords(tensor), ideas: [] };
  if (rank === 3 && have > 3)
    return {
      words: 'Put a Reshape in front that makes one axis of its places, or apply a layer at each step with TimeDistributed.',
      ideas: [],
    };
  if (rank === 2) return { words: 'Put a Flatten or a pool of whole axes in front.', ideas: [] };
  return undefined;
}

function flatWords({ producer }: Tensor): string {
  const isFlattened = producer?.source.label === 'Flatten';
  return isFlattened
    ? `${producer.source.name ?? 'Flatten'} has made it flat: take it out, or put a Reshape behind it.`
    : 'The input is flat: put a Reshape in front that says what its axes are.';
}

/** The last step alone of a recurrent layer, where all of them are wanted. */
function stepsAdvice({ layerOf }: LayerUse, { producer }: Tensor): Advice | undefined {
  const maker = producer?.operator === 'Select' && producer.arguments.get('index') === -1 ? producer : undefined;
  if (maker === undefined) return undefined;
  const layer = layerOf(maker);
  const inner = valueOf(valueOf(layer?.config, 'layer'), 'config') ?? layer?.config;
  const written = maker.source.argumentRanges.get('index');
  const last = inner?.children?.at(-1);
  const name = maker.source.name ?? maker.source.label ?? 'layer';
  const words = `${name} gives its last step alone. With return_sequences it gives all of them.`;
  if (written !== undefined)
    return { words, ideas: [{ title: 'Change return_sequences to true', edits: [{ range: written, newText: 'true' }] }] };
  if (last === undefined) return { words, ideas: [] };
  const { end } = rangeOf(last);
  const edits = [{ range: { start: end, end }, newText: ', "return_sequences": true' }];
  return { words, ideas: [{ title: `Set return_sequences of ${name} to true`, edits }] };
}

function missingBatchAdvice({ axisRanges: [range] = [], shape }: Tensor): Advice {
  const wanted = formatShape([symbol('N'), ...(shape ?? [])]);
  const place = range && { start: range.start, end: range.start };
  return {
    words: `A shape begins with the batch, for which null is written: ${wanted}.`,
    ideas: place === undefined ? [] : [{ title: `Change the input to ${wanted}`, edits: [{ range: place, newText: 'null, ' }] }],
  };
}

/** An input of the model that leaves the channels out, or the features of each step. */
function missingAxisAdvice({ producer, axisRanges, shape }: Tensor, rank: number): Advice | undefined {
  const end = axisRanges?.at(-1)?.end;
  if (producer !== undefined || end === undefined || shape === undefined) return undefined;
  const wanted = formatShape([...shape, 1]);
  const what = rank === 3 ? 'Each step has a list of features, which may be one long' : 'Images have channels, which may be one';
  return {
    words: `${what}: ${wanted}.`,
    ideas: [{ title: `Change the input to ${wanted}`, edits: [{ range: { start: end, end }, newText: ', 1' }] }],
  };
}
