// Runs the fixtures: files of the language whose comments say which diagnostics and which sizes are expected.
//
// - The first line is a comment that says what the file is for.
// - `# ^^^^ error: channel-mismatch made for 4 channels`, below a line: a diagnostic with the range that the carets are
//   under, of this severity and code; what stands behind the code is part of the first line of the message.
//   `#<--- error: syntax` is a range from column 0 that is as long as it has dashes. A range that goes on behind its line
//   is marked up to the line's end. Every diagnostic has a marker and every marker a diagnostic.
// - `# ^^^^ related: In `Double``: a place that one of the diagnostics points to, with a part of what it says.
// - `# fix: Change padding to 1`, below a marker: a fix that is offered; where there is one such line, all fixes are listed.
// - `Conv2d(3, 8, 3)  # -> [N, 8, H - 2, W - 2]`: the size that is shown at the end of this line.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis, type Finding } from '../server/src/analysis/analyse.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { inlayHints } from '../server/src/features/inlay-hints.ts';
import { codes } from '../server/src/rules/registry.ts';
import { createLineIndex, positionAt, type LineIndex } from '../server/src/text/line-index.ts';
import type { Range } from '../server/src/text/range.ts';

const FOLDER = new URL('fixtures/', import.meta.url);
const fixtures = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:nn|ya?ml|prototxt|cfg)$/.test(path))
  .sort();

interface Marker {
  /** `12:4-10`, as a range is written for comparison. */
  readonly place: string;
  /** A severity, or `related`. */
  readonly kind: string;
  readonly code: string;
  readonly words: string;
  readonly fixes: string[];
}

const MARKER = /^#(?:(?<dashes><-+)|(?<before> *)(?<carets>\^+)) (?<kind>\w+): (?<text>.*)$/;

function readMarkers(lines: readonly string[]): Marker[] {
  const markers: Marker[] = [];
  let guilty = 0;
  for (const [at, line] of lines.entries()) {
    const fix = /^\s*# fix: (.*)$/.exec(line)?.[1];
    if (fix !== undefined) {
      markers[markers.length - 1]?.fixes.push(fix);
      continue;
    }
    const groups = MARKER.exec(line)?.groups;
    if (groups === undefined) {
      guilty = at;
      continue;
    }
    const { dashes, before = '', carets = '', kind = '', text = '' } = groups;
    const start = dashes === undefined ? before.length + 1 : 0;
    const length = dashes === undefined ? carets.length : dashes.length - 1;
    const [code = '', ...words] = kind === 'related' ? ['', text] : text.split(' ');
    markers.push({ place: `${guilty + 1}:${start}-${start + length}`, kind, code, words: words.join(' '), fixes: [] });
  }
  return markers;
}

function placeOf(index: LineIndex, lines: readonly string[], range: Range): string {
  const [start, end] = [positionAt(index, range.start), positionAt(index, range.end)];
  const endColumn = end.line === start.line ? end.column : (lines[start.line] ?? '').length;
  return `${start.line + 1}:${start.column}-${endColumn}`;
}

/** The sizes that are expected at the ends of lines, by the number of the line. */
function readSizes(lines: readonly string[]): Map<number, string> {
  return new Map(
    lines.flatMap((line, at) => {
      const size = / # -> (\[.*)$/.exec(line)?.[1];
      return size === undefined ? [] : [[at + 1, size] as const];
    }),
  );
}

function shownSizes(analysis: Analysis, index: LineIndex): Map<number, string> {
  const hints = inlayHints(analysis, { start: 0, end: analysis.source.text.length });
  return new Map(hints.map(({ offset, label }) => [positionAt(index, offset).line + 1, label]));
}

describe.each(fixtures)('%s', (path) => {
  const text = readFileSync(new URL(path, FOLDER), 'utf8');
  const lines = text.split(/\r\n|\r|\n/);
  const index = createLineIndex(text);
  const markers = readMarkers(lines);
  const analysis = analyse({ path, text });
  const findings = analysis?.findings ?? [];
  const placeOfFinding = ({ diagnostic }: Finding) => placeOf(index, lines, diagnostic.range);
  const expected = markers.filter(({ kind }) => kind !== 'related');

  it('says what it is for', () => {
    expect(lines[0]).toMatch(/^\ufeff?# [A-Z`].*[.:]$/);
  });

  it('has these diagnostics and no others', () => {
    const key = (place: string, kind: string, code: string) => `${place} ${kind}: ${code}`;
    const found = findings.map((finding) => key(placeOfFinding(finding), finding.diagnostic.severity, finding.diagnostic.code));
    expect(found.sort()).toEqual(expected.map(({ place, kind, code }) => key(place, kind, code)).sort());
  });

  it('says what it should', () => {
    for (const { place, code, words } of expected) {
      const messages = findings
        .filter((finding) => placeOfFinding(finding) === place && finding.diagnostic.code === code)
        .map(({ diagnostic }) => diagnostic.message.split('\n')[0]);
      expect(messages.join('\n')).toContain(words);
    }
  });

  if (markers.some(({ kind }) => kind === 'related'))
    it('points to these places', () => {
      for (const { place, words } of markers.filter(({ kind }) => kind === 'related')) {
        const related = findings
          .flatMap(({ diagnostic }) => diagnostic.related)
          .filter(({ range }) => placeOf(index, lines, range) === place);
        expect(related.map(({ message }) => message).join('\n'), place).toContain(words);
        expect(related, `${place} is pointed to once`).toHaveLength(1);
      }
    });

  if (expected.some(({ fixes }) => fixes.length > 0))
    it('offers these fixes', () => {
      for (const { place, code, fixes } of expected.filter((marker) => marker.fixes.length > 0)) {
        const finding = findings.find((other) => placeOfFinding(other) === place && other.diagnostic.code === code);
        const offered = analysis === undefined || finding === undefined ? [] : provenFixes(analysis, finding);
        expect(offered.map(({ title }) => title)).toEqual(fixes);
      }
    });

  const sizes = readSizes(lines);
  if (sizes.size > 0)
    it('shows these sizes', () => {
      const shown = analysis === undefined ? new Map<number, string>() : shownSizes(analysis, index);
      expect(new Map([...sizes.keys()].map((line) => [line, shown.get(line)]))).toEqual(sizes);
    });
});

describe('the fixtures as a whole', () => {
  const all = fixtures.map((path) => readFileSync(new URL(path, FOLDER), 'utf8')).flatMap((text) => readMarkers(text.split(/\r\n|\r|\n/)));

  it('show every code', () => {
    const shown = new Set(all.map(({ code }) => code));
    const expected = codes.filter(({ level }) => level !== 'off').map(({ code }) => code);
    expect(expected.filter((code) => !shown.has(code))).toEqual([]);
  });
});
