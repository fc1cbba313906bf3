// Keys that the framework of the file does not read.
import type { Problem } from '../../network/network.ts';
import type { ModelTree } from './tree.ts';

export function keyProblems({ text, keys }: ModelTree, isUltralytics: boolean): Problem[] {
  const key = keys.get('ch');
  if (!isUltralytics || key === undefined) return [];
  const message =
    '`ch` has no effect in Ultralytics 8.4: it takes the number of channels from the data set, `channels` in data.yaml, and not from the model.\n' +
    'YOLOv5, YOLOv7 and Ultralytics up to 8.3 read `ch`. Take the key out, and set `channels` in the data set.';
  const start = text.lastIndexOf('\n', key.range.start - 1) + 1;
  const value = Math.max(key.value.range.end, key.range.end);
  const newline = text.indexOf('\n', value);
  const end = newline < 0 ? text.length : newline + 1;
  const ideas = [{ title: 'Remove `ch`', edits: [{ range: { start, end }, newText: '' }] }];
  return [{ fault: { code: 'ignored-key', reason: 'ch', message, related: [] }, range: key.range, frames: [], ideas }];
}
