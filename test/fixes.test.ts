// Fixes do what they promise: after each that is offered its diagnostic is gone, and no mistake has come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../server/src/analysis/analyse.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { applyEdits } from '../server/src/text/edit.ts';

interface Layer {
  readonly text: (channels: number) => string;
  /** Channels and size behind it. */
  readonly channels: number | undefined;
  readonly size: (size: number) => number;
}

const window = fc.record({
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
  channels: fc.integer({ min: 1, max: 64 }),
});

const convolution = window.map(({ kernel, stride, padding, channels }): Layer => ({
  text: (before) => `Conv2d(${before}, ${channels}, ${kernel}, stride=${stride}, padding=${padding})`,
  channels,
  size: (size) => Math.floor((size + 2 * padding - kernel) / stride) + 1,
}));
const transposed = window.map(({ kernel, stride, padding, channels }): Layer => ({
  text: (before) => `ConvTranspose2d(${before}, ${channels}, ${kernel}, stride=${stride}, padding=${Math.min(padding, kernel - 1)})`,
  channels,
  size: (size) => stride * (size - 1) + kernel - 2 * Math.min(padding, kernel - 1),
}));
const pool = window.map(({ kernel, stride }): Layer => ({
  text: () => `MaxPool2d(${kernel}, stride=${stride})`,
  channels: undefined,
  size: (size) => Math.floor((size - kernel) / stride) + 1,
}));

/** A network that is right: each layer claims its size, and a Linear ends it. */
const network = fc.array(fc.oneof(convolution, transposed, pool), { minLength: 1, maxLength: 6 }).map((layers) => {
  let [channels, size] = [3, 40];
  const lines: string[] = [];
  for (const layer of layers) {
    const after = layer.size(size);
    if (after < 6 || after > 200) continue;
    const text = layer.text(channels);
    [channels, size] = [layer.channels ?? channels, after];
    lines.push(`    ${text} -> [2, ${channels}, ${size}, ${size}]`);
  }
  return `net A:\n    input x: [2, 3, 40, 40]\n${lines.join('\n')}\n    Flatten()\n    Linear(${channels * size * size}, 10)\n    output y: [2, 10]\n`;
});

/** The network with one of its numbers made larger by one to three. */
const broken = fc.tuple(network, fc.nat(), fc.integer({ min: 1, max: 3 })).map(([text, at, more]) => {
  const body = text.indexOf('\n', text.indexOf('input'));
  const numbers = [...text.matchAll(/(?<![\w.])\d+(?!\w)/g)].filter(({ index }) => index > body);
  const number = numbers[at % numbers.length];
  return number === undefined
    ? text
    : applyEdits(text, [
        { range: { start: number.index, end: number.index + number[0].length }, newText: String(Number(number[0]) + more) },
      ]);
});

function read(text: string): Analysis {
  const analysis = analyse({ path: 'a.nn', text });
  if (analysis === undefined) throw new Error('not a network of ours');
  return analysis;
}

const errorsOf = (analysis: Analysis) => analysis.findings.filter(({ diagnostic }) => diagnostic.severity === 'error');

describe('a chain of layers', () => {
  it('that is right has no error', () => {
    fc.assert(
      fc.property(network, (text) => {
        expect(
          errorsOf(read(text)).map(({ diagnostic }) => diagnostic.message),
          text,
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('with one number changed has few errors: one mistake is not reported all the way down', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const analysis = read(text);
        fc.pre(errorsOf(analysis).length > 0);
        // One mistake: at most the layer itself and, where two claims lean on it, the next.
        expect(errorsOf(analysis).length, text).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  it('is mended by every fix that is offered', () => {
    let offered = 0;
    fc.assert(
      fc.property(broken, (text) => {
        const analysis = read(text);
        const errors = errorsOf(analysis);
        for (const finding of errors) {
          for (const { title, edits } of provenFixes(analysis, finding)) {
            offered++;
            const mended = applyEdits(text, edits);
            expect(mended, title).not.toBe(text);
            expect(errorsOf(read(mended)).length, `${title}\n${text}\n${mended}`).toBeLessThan(errors.length);
          }
        }
      }),
      { numRuns: 120 },
    );
    expect(offered).toBeGreaterThan(50);
  });
});
