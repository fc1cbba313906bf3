// Reported faults, reduced: each gives one problem of the right severity at the right row, says what matters, and offers its fix.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { createLineIndex, positionAt } from '../server/src/text/line-index.ts';

const CASES = join(import.meta.dirname, '..', '..', 'shared', 'cases');

interface Case {
  readonly case: string;
  readonly severity: 'error' | 'warning';
  /** Counted from 1. */
  readonly line: number;
  /** All are in the message. */
  readonly words: readonly string[];
  /** The one that is preferred. */
  readonly fix: string;
}

const yolo: readonly Case[] = [
  {
    case: '01',
    severity: 'error',
    line: 15,
    words: ['row 6 is 128x80x80 (stride 8)', 'row 3 is 256x40x40', 'Row 2'],
    fix: 'Change 3 to 2',
  },
  { case: '02', severity: 'error', line: 9, words: ['copy 2 gets 128 channels', 'made for 64'], fix: 'Change repeats to 1' },
  {
    case: '04',
    severity: 'warning',
    line: 30,
    words: ['15 (Concat), 18 (Concat), 21 (Concat)', 'row 9'],
    fix: 'Shift all row numbers from 9 on by +1 (5 numbers)',
  },
  { case: '05', severity: 'warning', line: 2, words: ['`ch` has no effect in Ultralytics 8.4', 'data set'], fix: 'Remove `ch`' },
  { case: '07', severity: 'error', line: 23, words: ['row 14 is 128x40x40', 'row 6 is 128x80x80'], fix: 'Change 6 to 9' },
  { case: '08', severity: 'error', line: 11, words: ['Row 5 does not exist', 'row 4', '0 to 3 (or -1 to -4)'], fix: 'Change 5 to 3' },
  {
    case: '10',
    severity: 'error',
    line: 14,
    words: ['46x80', '45x80', '720 is not a multiple of 32', '736 or 704'],
    fix: 'Change the image to 736x1280',
  },
  {
    case: '34',
    severity: 'error',
    line: 2,
    words: ['must be a list of [from, repeats, module, args] rows'],
    fix: 'Make the backbone `[-1, 1, TorchVision, [512, resnet18, DEFAULT, True, 2]]`',
  },
  {
    case: '35',
    severity: 'error',
    line: 13,
    words: ['at scale m', 'row 1 has 512 channels, row 2 has 512, row 3 has 512', 'last input has to have twice'],
    fix: 'Change the most channels at scale m from 512 to 1024',
  },
  { case: '37', severity: 'error', line: 17, words: ['Row 10 does not exist', 'row 9'], fix: 'Remove 10' },
];

describe.skipIf(!existsSync(CASES))('a reported YOLO model (skipped where the reports are not there)', () => {
  const files = existsSync(CASES) ? readdirSync(CASES) : [];

  it.each(yolo)('$case: $fix', ({ case: number, severity, line, words, fix }) => {
    const file = files.find((name) => name.startsWith(`${number}-`)) ?? '';
    const text = readFileSync(join(CASES, file), 'utf8');
    const analysis = analyse({ path: file, text });
    const findings = analysis?.findings ?? [];
    const index = createLineIndex(text);
    const places = findings.map(({ diagnostic }) => `${diagnostic.severity} ${positionAt(index, diagnostic.range.start).line + 1}`);
    expect(places).toEqual([`${severity} ${line}`]);
    const [finding] = findings;
    if (analysis === undefined || finding === undefined) return;
    for (const word of words) expect(finding.diagnostic.message).toContain(word);
    expect(provenFixes(analysis, finding).find(({ preferred }) => preferred)?.title).toBe(fix);
  });
});
