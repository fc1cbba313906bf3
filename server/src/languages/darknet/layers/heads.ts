// The sections that read channels as boxes: [yolo], [Gaussian_yolo] and [region].
import type { TextIdea } from '../../../network/network.ts';
import { findOption } from '../parse.ts';
import { only } from './convolution.ts';
import type { LayerReader, Lowered } from './reader.ts';

/** `numbers` says how many numbers a box has besides its classes. */
export function head(numbers: number): (reader: LayerReader) => Lowered {
  return (reader) => {
    const mask = findOption(reader.section, 'mask');
    const anchors = mask === undefined ? reader.integer('num', 1) : mask.value.split(',').length;
    return readBoxes(reader, anchors, numbers, mask === undefined ? 'anchors' : 'masks');
  };
}

export function region(reader: LayerReader): Lowered {
  return readBoxes(reader, reader.integer('num', 1), reader.integer('coords', 4) + 1, 'anchors');
}

/** Darknet stops where the channels are not (classes + numbers) for each anchor. */
function readBoxes(reader: LayerReader, anchors: number, numbers: number, noun: string): Lowered {
  const { section, input } = reader;
  const classes = reader.integer('classes', 20);
  const expected = anchors * (classes + numbers);
  const actual = input.shape?.[1];
  const output = reader.apply('Identity', {});
  if (typeof actual !== 'number' || input.shape?.length !== 4 || actual === expected) return only(output);
  const because = `Each of ${anchors} ${noun} takes ${classes} classes + ${numbers}: filters=${expected} in the convolution before it.`;
  const layer = { name: `[${section.type}]`, because };
  reader.report(
    { code: 'channel-mismatch', reason: 'channels-mismatch', input: 0, axis: 1, argument: 'classes', expected, actual, layer },
    section.headerRange,
    [...filterIdeas(reader, expected), ...classIdeas(reader, actual / anchors - numbers)],
  );
  return only({ ...output, shape: undefined });
}

/** The filters of the convolution right before the head. */
function filterIdeas({ layers, index }: LayerReader, expected: number): TextIdea[] {
  const before = layers[index - 1]?.section;
  const filters = before === undefined ? undefined : findOption(before, 'filters');
  if (filters === undefined || expected < 1) return [];
  return [{ title: `Change filters to ${expected}`, edits: [{ range: filters.valueRange, newText: String(expected) }] }];
}

function classIdeas({ section }: LayerReader, classes: number): TextIdea[] {
  const option = findOption(section, 'classes');
  if (option === undefined || !Number.isInteger(classes) || classes < 1) return [];
  return [{ title: `Change classes to ${classes}`, edits: [{ range: option.valueRange, newText: String(classes) }], larger: true }];
}
