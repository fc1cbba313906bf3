// Whatever the text: no throw, every place inside of it, sizes that are sizes, and work that is bounded by counts.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, LONGEST_TEXT, type Analysis } from '../server/src/analysis/analyse.ts';
import { fixAll } from '../server/src/analysis/fix-all.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { hoverAt } from '../server/src/features/hover/hover.ts';
import { inlayHints } from '../server/src/features/inlay-hints.ts';
import { outline } from '../server/src/features/outline.ts';
import { sampleSizes, summarise } from '../server/src/features/summary.ts';
import { MOST_NODES } from '../server/src/languages/nn/context.ts';
import type { Range } from '../server/src/text/range.ts';

function readAll(folder: string): string[] {
  const url = new URL(folder, import.meta.url);
  const paths = readdirSync(url, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.nn'));
  return paths.sort().map((path) => readFileSync(new URL(path, url), 'utf8'));
}
const corpus = readAll('fixtures/').filter((text) => text.length < 4_000);

/** The analysis of a text, looked at from all sides; what is wrong with it is an empty list. */
function check(text: string, path = 'a.nn'): Analysis | undefined {
  const analysis = analyse({ path, text });
  if (analysis === undefined) return undefined;
  const { document, findings } = analysis;
  const isInside = ({ start, end }: Range) => 0 <= start && start <= end && end <= text.length;
  const nodes = document.networks.flatMap((network) => network.nodes);
  const places = [
    ...findings.flatMap(({ diagnostic }) => [diagnostic, ...diagnostic.related]),
    ...document.references,
    ...document.networks,
    ...document.blocks,
  ].map(({ range }) => range);
  const sizes = nodes.flatMap(({ outputs }) => outputs).flatMap(({ shape }) => shape ?? []);
  expect(places.filter((place) => !isInside(place))).toEqual([]);
  expect(sizes.filter((size) => typeof size === 'number' && !(Number.isSafeInteger(size) && size >= 0))).toEqual([]);
  expect(findings.filter(({ diagnostic }) => diagnostic.message === '')).toEqual([]);
  expect(nodes.length).toBeLessThanOrEqual(MOST_NODES);
  return analysis;
}

function useFeatures(analysis: Analysis, offset: number): void {
  const { source, document, findings } = analysis;
  inlayHints(analysis, { start: 0, end: source.text.length });
  outline(analysis);
  hoverAt(analysis, offset);
  for (const network of document.networks) summarise(network, sampleSizes(network));
  for (const finding of findings.slice(0, 2)) provenFixes(analysis, finding);
}

const net = (...lines: readonly string[]) => `net A:\n    input x: [N, 3, H, W]\n${lines.map((line) => `    ${line}\n`).join('')}`;
const codesOf = (analysis: Analysis | undefined) => [...new Set(analysis?.findings.map(({ diagnostic }) => diagnostic.code))];
/** The codes of mistakes, without what other rules think of the rest. */
const errorsOf = (analysis: Analysis | undefined) => [
  ...new Set(analysis?.findings.filter(({ diagnostic }) => diagnostic.severity === 'error').map(({ diagnostic }) => diagnostic.code)),
];

describe('of very many problems', () => {
  const analysis = check(net(...Array.from({ length: 1_010 }, () => 'Conv2d(4, 3, 1)')));
  it('the first thousand are shown, and how many more there are', () => {
    const last = analysis?.findings[1_000]?.diagnostic;
    expect(analysis?.findings.length).toBe(1_001);
    expect(last?.code).toBe('unroll-limit');
    expect(last?.message.split('\n')[0]).toBe('This file has 1010 problems; the last 10 are not shown.');
  });
  it('all of them are fixed, although others take the places of the first', () => {
    expect(analysis && fixAll(analysis).count).toBe(1_010);
  });
});

describe('bombs end in one diagnostic', () => {
  const nested = (depth: number, head: string, last: string) =>
    `net A:\n    input x: [N, 3]\n${Array.from({ length: depth }, (_, at) => `${' '.repeat(at + 4)}${head}\n`).join('')}${' '.repeat(depth + 4)}${last}\n`;
  const tree = (last: string) =>
    `${Array.from({ length: 40 }, (_, at) => `block B${at}():\n    B${at + 1}()\n    B${at + 1}()\n`).join('')}block B40():\n    ${last}\n${net('B0()')}`;

  it.each<[string, string, readonly string[]]>([
    ['repeat 10**9', net('repeat 10**9:', '    ReLU()'), ['unroll-limit']],
    ['repeat 10**15 of no layer', net('repeat 10**15:', '    v = 1'), ['unroll-limit']],
    [
      'repeat in repeat in repeat',
      net('repeat 40000:', '    repeat 40000:', '        repeat 40000:', '            v = 1'),
      ['unroll-limit'],
    ],
    ['repeat 2, nested fifty times', nested(50, 'repeat 2:', 'ReLU()'), ['unroll-limit']],
    ['for, nested fifty times', nested(50, 'for a in range(3):', 'v = 1'), ['unroll-limit']],
    ['2**40 uses of a block', tree('ReLU()'), ['unroll-limit']],
    ['2**40 uses of a block without layers', tree('v = 1'), ['unroll-limit']],
    ['a block that uses itself', `block B():\n    B()\n${net('B()')}`, ['dependency-cycle']],
    ['blocks that use each other', `block B():\n    C()\nblock C():\n    B()\n${net('B()')}`, ['dependency-cycle']],
    ['[1] * 10**9', net('v = [1] * 10**9'), ['argument-type']],
    ['range(10**15)', net('v = range(10**15)'), ['argument-type']],
    ['a list that doubles', net('v = [1]', 'repeat 60:', '    v = v + v'), ['argument-type']],
    ['a list of itself, twice, sixty times', net('v = [x]', 'repeat 60:', '    v = [v, v]', 'Cat()(v)'), ['argument-type']],
    ['a string that doubles', net('v = "ab"', 'repeat 60:', '    v = v + v'), ['argument-type']],
    ['a power tower', net('v = 9 ** 9 ** 9 ** 9'), ['argument-type']],
    ['a long list joined again and again', net('v = [x] * 10000', 'repeat 10000:', '    Cat(dim=1)(v)'), ['unroll-limit']],
    ['a hundred thousand axes', `net A:\n    input x: [${'1,'.repeat(100_000)}]\n`, ['argument-range']],
    ['a reshape to a thousand axes', `net A:\n    input x: [4]\n    Reshape([1] * 1000)\n`, ['argument-range']],
    ['a hundred thousand brackets', net(`v = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`), ['syntax']],
    ['half a million open brackets', net(`v = ${'['.repeat(500_000)}`), ['syntax']],
    ['a hundred thousand minuses', net(`v = ${'-'.repeat(100_000)}1`), ['syntax']],
    ['a hundred thousand terms', net(`v = ${'1+'.repeat(100_000)}1`), ['argument-type']],
    ['a text of 10 MB', 'x'.repeat(10_000_000), ['unroll-limit']],
  ])('%s', (_, text, codes) => {
    expect(errorsOf(check(text))).toEqual(codes);
  });

  it('bodies in bodies in bodies', () => {
    expect(codesOf(check(Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}repeat 1:\n`).join('')))).toContain('syntax');
  });
});

describe('numbers at the edge are refused or unknown, never wrong', () => {
  it.each([
    ['a product above 2**53', 'Upsample(scale_factor=2**52)', ['argument-range']],
    ['a product of symbols above 2**53', 'Upsample(scale_factor=2**52)(.)', ['argument-range']],
    ['stride 0', 'MaxPool2d(2, stride=0)', ['argument-range']],
    ['a negative pad', 'Conv2d(3, 8, 3, padding=-1)', ['argument-range']],
    ['a pad of all there is', 'ZeroPad2d(-8)', ['argument-range', 'empty-output']],
    ['dilation 2**52', 'Conv2d(3, 8, 3, dilation=2**52)', ['kernel-exceeds-input']],
  ])('%s', (_, statement, allowed) => {
    const text = `net A:\n    input x: [9007199254740991, 3, 8, 8]\n    ${statement}\n`;
    const found = errorsOf(check(text));
    expect(found.filter((code) => !allowed.includes(code) && code !== 'argument-range')).toEqual([]);
  });
});

describe('junk is read as far as it can be', () => {
  it.each([
    ['null bytes', net('\0\0Conv2d(\0)', 'ReLU()')],
    ['lone surrogates', net('\ud800 = \udc00', '"\ud83d"', 'ReLU()')],
    ['a string that is not closed', net('v = "abc', 'ReLU()')],
    ['every control character', net(Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''))],
    ['nothing', ''],
    ['a newline', '\n'],
    ['a byte order mark alone', '\ufeff'],
    ['a last line without an end', 'net A:\n    input x: [N]\n    Conv2d('],
  ])('%s', (_, text) => {
    const analysis = check(text);
    expect(analysis).toBeDefined();
    if (analysis !== undefined) useFeatures(analysis, text.length);
  });

  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void check(new TextDecoder('latin1').decode(bytes))),
      { numRuns: 300 },
    );
  });

  it('any text, as YAML of ours too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void check(`shapelint: 1\n${text}`, 'a.nn.yaml')),
      { numRuns: 300 },
    );
  });

  it('every prefix of a text, and the text without any one letter', () => {
    for (const text of corpus.filter(({ length }) => length < 500)) {
      for (let at = 0; at <= text.length; at++) {
        check(text.slice(0, at));
        check(text.slice(0, at) + text.slice(at + 1));
      }
    }
  });

  it('texts cut and glued at random', () => {
    const piece = fc
      .tuple(fc.constantFrom(...corpus), fc.nat(), fc.nat({ max: 80 }))
      .map(([text, from, length]) => text.slice(from % text.length, (from % text.length) + length));
    const spliced = fc.tuple(fc.constantFrom(...corpus), fc.nat(), fc.nat({ max: 30 }), piece).map(([text, at, cut, insert]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + insert + text.slice(start + cut);
    });
    fc.assert(
      fc.property(spliced, fc.nat(), (text, at) => {
        const analysis = check(text);
        if (analysis !== undefined) useFeatures(analysis, at % (text.length + 1));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text that is too long', () => {
  it('is not read, and says so', () => {
    const text = net('ReLU()') + '#'.repeat(LONGEST_TEXT);
    expect(check(text)?.document.networks).toEqual([]);
    expect(check(text)?.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['unroll-limit']);
  });
});
