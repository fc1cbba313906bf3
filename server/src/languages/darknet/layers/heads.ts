// The sections that read channels as boxes: [yolo], [Gaussian_yolo], [region], [iseg] and [detection].
import type { TextIdea } from '../../../network/network.ts';
import { findOption } from '../parse.ts';
import { flatten, only } from './convolution.ts';
import type { LayerReader, Lowered } from './reader.ts';

/** `numbers` says how many numbers a box has besides its classes. */
export function head(numbers: number): (reader: LayerReader) => Lowered {
  return (reader) => {
    const mask = findOption(reader.section, 'mask');
    const anchors = mask === undefined ? reader.integer('num', 1) : mask.value.replace(/#.*$/, '').split(',').length;
    checkAnchors(reader);
    checkCounters(reader);
    return readBoxes(reader, anchors, numbers, mask === undefined ? 'anchors' : 'masks');
  };
}

export function region(reader: LayerReader): Lowered {
  checkAnchors(reader);
  return readBoxes(reader, reader.integer('num', 1), reader.integer('coords', 4) + 1, 'anchors');
}

/** Each class has a channel, and so has each number of an instance. */
export function instances(reader: LayerReader): Lowered {
  const [classes, ids] = [reader.integer('classes', 20), reader.integer('ids', 32)];
  return readChannels(reader, classes + ids, `It takes ${classes} classes + ${ids} ids`, [classes, ids]);
}

/** Darknet stops where the channels are not (classes + numbers) for each anchor. */
function readBoxes(reader: LayerReader, anchors: number, numbers: number, noun: string): Lowered {
  const classes = reader.integer('classes', 20);
  const because = `Each of ${anchors} ${noun} takes ${classes} classes + ${numbers}`;
  return readChannels(reader, anchors * (classes + numbers), because, [anchors, numbers]);
}

/** `parts`: by how many the channels are divided, and what is taken from that, to leave the classes. */
function readChannels(reader: LayerReader, expected: number, because: string, [divisor, rest]: readonly [number, number]): Lowered {
  const { section, input } = reader;
  const actual = input.shape?.[1];
  const output = reader.apply('Identity', {});
  if (typeof actual !== 'number' || input.shape?.length !== 4 || actual === expected) return only(output);
  const layer = { name: `[${section.type}]`, because: `${because}: filters=${expected} in the convolution before it.` };
  reader.report(
    { code: 'channel-mismatch', reason: 'channels-mismatch', input: 0, axis: 1, argument: 'classes', expected, actual, layer },
    section.headerRange,
    [...outputIdeas(reader, 'filters', expected), ...classIdeas(reader, actual / divisor - rest)],
  );
  return only({ ...output, shape: undefined });
}

/** YOLO's first head: for each cell of a grid the classes, and for each of its boxes the coordinates and how sure it is. */
export function detection(reader: LayerReader): Lowered {
  const { section } = reader;
  const flat = flatten(reader);
  const [side, num, coords, classes] = [
    reader.integer('side', 7),
    reader.integer('num', 1),
    reader.integer('coords', 1),
    reader.integer('classes', 1),
  ];
  const expected = side * side * ((1 + coords) * num + classes);
  const actual = flat.shape?.[1];
  const output = reader.apply('Identity', {}, [flat]);
  if (typeof actual !== 'number' || actual === expected) return only(output);
  const because = `${side} x ${side} cells of ${num} boxes x (${coords} + 1) + ${classes} classes: output=${expected} in the layer before it.`;
  const layer = { name: '[detection]', because };
  const fault = {
    code: 'feature-mismatch',
    reason: 'features-mismatch',
    input: 0,
    axis: 1,
    argument: 'classes',
    expected,
    actual,
    layer,
  } as const;
  reader.report(fault, section.headerRange, [
    ...outputIdeas(reader, 'output', expected),
    ...classIdeas(reader, actual / (side * side) - (1 + coords) * num),
  ]);
  return only({ ...output, shape: undefined });
}

/** Each of `num` anchors is two numbers, and a mask picks some of them. */
function checkAnchors(reader: LayerReader): void {
  const num = reader.integer('num', 1);
  const { section } = reader;
  const anchors = findOption(section, 'anchors');
  const count =
    anchors === undefined
      ? 2 * num
      : anchors.value
          .replace(/[#;].*$/, '')
          .replace(/,$/, '')
          .split(',').length;
  const beyond = reader.numbers('mask').find(({ value }) => value < 0 || value >= num);
  if (beyond !== undefined) {
    const message = `[${section.type}] has num=${num} anchors, 0 to ${num - 1}, and its mask takes anchor ${beyond.value}.\nDarknet reads behind the end of the list there. Raise num, with an anchor for each, or mask another.`;
    const isListed = count >= 2 * (beyond.value + 1) && count % 2 === 0;
    const option = findOption(section, 'num');
    const ideas =
      isListed && option !== undefined
        ? [{ title: `Change num to ${count / 2}`, edits: [{ range: option.valueRange, newText: String(count / 2) }] }]
        : [];
    reader.report({ code: 'anchor-mismatch', reason: 'mask', message, related: [] }, beyond.range, ideas);
    return;
  }
  if (anchors === undefined || count === 2 * num) return;
  const message = `[${section.type}] has num=${num} anchors, which are ${2 * num} numbers, but ${count} are written.\n${count < 2 * num ? 'Darknet makes up the others: 0.5 by 0.5.' : 'Darknet passes the others over.'}`;
  const option = findOption(section, 'num');
  const ideas =
    option !== undefined && count % 2 === 0
      ? [{ title: `Change num to ${count / 2}`, edits: [{ range: option.valueRange, newText: String(count / 2) }] }]
      : [];
  reader.report({ code: 'anchor-mismatch', reason: 'count', message, related: [] }, anchors.valueRange, ideas);
}

/** AlexeyAB's stops where `counters_per_class` does not have a number for each class. */
function checkCounters(reader: LayerReader): void {
  const count = reader.numbers('counters_per_class').length;
  const classes = reader.integer('classes', 20);
  if (count === 0 || count === classes || reader.dialect !== 'AlexeyAB') return;
  const message = `counters_per_class has ${count} numbers, but [${reader.section.type}] has classes=${classes}.\nDarknet takes one number for each class, and stops where there are more or less.`;
  reader.report({ code: 'argument-range', reason: 'expression', message }, reader.place('counters_per_class'));
}

/** The filters of the convolution right before the head, or the output of the layer. */
function outputIdeas({ layers, index }: LayerReader, key: 'filters' | 'output', expected: number): TextIdea[] {
  const before = layers[index - 1]?.section;
  const option = before === undefined ? undefined : findOption(before, key);
  if (option === undefined || expected < 1) return [];
  return [{ title: `Change ${key} to ${expected}`, edits: [{ range: option.valueRange, newText: String(expected) }] }];
}

function classIdeas({ section }: LayerReader, classes: number): TextIdea[] {
  const option = findOption(section, 'classes');
  if (option === undefined || !Number.isInteger(classes) || classes < 1) return [];
  return [{ title: `Change classes to ${classes}`, edits: [{ range: option.valueRange, newText: String(classes) }], larger: true }];
}
