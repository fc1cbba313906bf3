// No false error: published files that their own frameworks run have no error here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';

const shared = new URL('../../shared/', import.meta.url);
const FORMATS = ['caffe', 'darknet', 'keras', 'yolo-fork', 'yolo-ultralytics', 'yolov5', 'yolov7', 'yolov9'];

/** Errors that are right though the file runs, each with its reason. */
const EXCEPTIONS: readonly { readonly reason: string; readonly path: RegExp; readonly code: string }[] = [];

interface Run {
  readonly error?: unknown;
  readonly errors?: readonly unknown[];
  readonly layers?: readonly unknown[];
}

/** Whether the framework ran the file, at one of its scales or inputs at least. A file without layers is no network. */
function hasRun(recorded: Run & { readonly runs?: readonly Run[] }): boolean {
  return (recorded.runs ?? [recorded]).some(
    ({ error, errors = [], layers = [] }) => (error === undefined || error === null) && errors.length === 0 && layers.length > 0,
  );
}

describe.skipIf(!existsSync(new URL('golden/caffe', shared)))('files that their framework runs', () => {
  it.each(FORMATS)('%s: no error', { timeout: 240_000 }, (format) => {
    const folder = new URL(`golden/${format}/`, shared);
    const errors: string[] = [];
    let files = 0;
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!entry.endsWith('.json') || !hasRun(JSON.parse(readFileSync(new URL(entry, folder), 'utf8')) as Run)) continue;
      const path = `${format}/${entry.slice(0, -'.json'.length)}`;
      const analysis = analyse({ path, text: readFileSync(new URL(`corpus/${path}`, shared), 'utf8') });
      // What no language reads would have no error either.
      if (analysis === undefined) errors.push(`${path}: not read`);
      files++;
      for (const { diagnostic } of analysis?.findings ?? []) {
        const { severity, code, message, range } = diagnostic;
        const isListed = EXCEPTIONS.some((exception) => exception.code === code && exception.path.test(path));
        if (severity === 'error' && !isListed) errors.push(`${path} at ${range.start}: ${code}: ${message.split('\n')[0] ?? ''}`);
      }
    }
    expect(errors).toEqual([]);
    expect(files).toBeGreaterThan(10);
  });
});
