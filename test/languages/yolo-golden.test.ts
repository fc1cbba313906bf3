// Every row of the recorded models, at every scale: sizes and parameters as the parsers of the files' own frameworks gave them.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { moduleTexts } from '../../server/src/languages/yolo/modules.generated.ts';
import { compareFormat, hasGolden, type Difference } from './golden-yolo.ts';

/** What is not exact, with its reason; docs/languages/yolo.md has the same list. */
const EXCEPTIONS: readonly { readonly reason: string; readonly holds: (difference: Difference) => boolean }[] = [
  {
    reason: 'a module of one fork whose source is not public: its size alone is known',
    holds: ({ module, text }) => module === 'C3SW_T' && text.startsWith('null parameters'),
  },
];

describe.skipIf(!hasGolden)('the rows of recorded models', () => {
  it.each(['yolov5', 'yolov7', 'yolov9', 'yolo-ultralytics', 'yolo-fork'])(
    '%s agrees in all but what is listed',
    { timeout: 240_000 },
    (format) => {
      const { differences, ...counts } = compareFormat(format);
      const listed = differences.filter((difference) => EXCEPTIONS.some(({ holds }) => holds(difference)));
      console.table([{ format, ...counts, listed: listed.length }]);
      expect(differences.filter((difference) => !listed.includes(difference))).toEqual([]);
      expect(counts.files).toBeGreaterThan(10);
    },
  );
});

it('bundles the modules as they are', () => {
  const folder = new URL('../../server/src/languages/yolo/modules/', import.meta.url);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.nn'))
    .sort();
  expect(moduleTexts).toEqual(paths.map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]));
});
