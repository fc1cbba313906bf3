// The size of the image that a model is meant for, where a comment above its rows says it: `# input 3x720x1280`.
import type { Range } from '../../text/range.ts';
import type { ModelTree } from './tree.ts';

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** Where the comment says the height and the width; absent for the 640 that is usual. */
  readonly places?: readonly [Range, Range];
}

const USUAL: ImageSize = { height: 640, width: 640 };
const WRITTEN = /\b(?:input|imgsz|image)(?:[ _-]size)?\s*[:=]?\s*(?:\d{1,4}x)?(?<height>\d{2,5})x(?<width>\d{2,5})(?!\d|x)/i;

export function imageSizeOf({ comments, rows }: ModelTree): ImageSize {
  const first = rows[0]?.range.start ?? 0;
  for (const { text, range } of comments) {
    if (range.start > first) break;
    const found = WRITTEN.exec(text);
    const { height, width } = found?.groups ?? {};
    if (found === null || height === undefined || width === undefined) continue;
    const end = range.start + found.index + found[0].length;
    const start = end - width.length;
    const places = [
      { start: start - 1 - height.length, end: start - 1 },
      { start, end },
    ] as const;
    return { height: Number(height), width: Number(width), places };
  }
  return USUAL;
}
