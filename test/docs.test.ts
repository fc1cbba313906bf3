// The pages are tests: each example in them gives exactly the problems and the sizes that are written beside its lines.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../server/src/analysis/analyse.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { run } from '../server/src/cli/main.ts';
import { inlayHints } from '../server/src/features/inlay-hints.ts';
import { codes } from '../server/src/rules/registry.ts';
import { createLineIndex, positionAt } from '../server/src/text/line-index.ts';

const ROOT = join(import.meta.dirname, '..');
const HEADINGS = ['## What it means', '## Why it matters', '## Example', '## What to do'];

/** Beside a line that has a problem. */
const MARK = /# (error|warning|information|hint): ([a-z-]+)/g;

interface Block {
  /** `nn`, `yaml`, `console`, ... */
  readonly language: string;
  readonly text: string;
  /** The last heading above it. */
  readonly heading: string;
}

describe('the page of each rule', () => {
  it('is there for every code and for nothing else', () => {
    expect(pagesIn('docs/rules')).toEqual(codes.map(({ code }) => `docs/rules/${code}.md`).sort());
  });

  it.each(codes)('$code has its headings, a bad example and a better one', ({ code, severity }) => {
    const page = read(`docs/rules/${code}.md`);
    expect(page.match(/^#+ .*$/gm)).toEqual([`# ${code}`, ...HEADINGS]);
    const [, summary] = page.split('\n\n');
    expect(summary).toMatch(/^[^\n]+\.$/);
    const examples = blocksOf(page).filter(({ language }) => ['nn', 'yaml', 'prototxt', 'ini'].includes(language));
    const under = (heading: string) => examples.filter((block) => block.heading === heading).map(({ text }) => text);
    expect(under('## Example').join('')).toContain(`# ${severity}: ${code}`);
    expect(under('## What to do').length).toBeGreaterThan(0);
    expect(under('## What to do').join('')).not.toMatch(MARK);
  });

  it.each(codes)('$code names only fixes that its example is offered', ({ code }) => {
    const page = read(`docs/rules/${code}.md`);
    // A page writes the title of a fix in italics; a title may run over the end of a line.
    const named = [...page.matchAll(/\*((?:Change|Insert|Require)[^*]+)\*/g)].map(([, title = '']) => title.replace(/\s+/g, ' '));
    const offered = blocksOf(page).flatMap(({ language, heading, text }) => {
      const analysis = heading === '## Example' ? analyseExample(language, text, code) : undefined;
      return analysis?.findings.flatMap((finding) => provenFixes(analysis, finding).map(({ title }) => title)) ?? [];
    });
    expect(offered).toEqual(expect.arrayContaining(named));
    if (offered.length === 0) expect(page).toMatch(/no quick\s+fix/);
  });
});

const pages = [
  'README.md',
  'CHANGELOG.md',
  'docs/language.md',
  'docs/arithmetic.md',
  'docs/running.md',
  ...pagesIn('docs/languages'),
  ...pagesIn('docs/rules'),
];

describe('docs/README.md', () => {
  it('lists the codes with their severities and summaries', () => {
    const rows = codes.map(
      ({ code, severity, level, summary }) =>
        `| [${code}](rules/${code}.md) | ${severity}${level === 'off' ? ' (off)' : ''} | ${summary} |`,
    );
    expect(read('docs/README.md').match(/^\| \[.*$/gm)).toEqual(rows);
  });
});

describe.each(pages)('%s', (page) => {
  const blocks = blocksOf(read(page));
  const examples = blocks
    .filter(isWholeFile)
    .map((block, at) => ({ ...block, name: `example ${at + 1}, ${block.heading.replace(/^#+ /, '')}` }));

  it.each(examples)('$name', ({ language, text }) => {
    const own = codes.find(({ code }) => page === `docs/rules/${code}.md`)?.code;
    const analysis = analyseExample(language, text, own);
    expect(analysis).toBeDefined();
    if (analysis === undefined) return;
    const lines = text.split('\n');
    expect(problemsOf(analysis, own)).toEqual(
      lines.flatMap((line, at) => [...line.matchAll(MARK)].map(([, severity = '', code = '']) => `${at + 1} ${severity}: ${code}`)),
    );
    const sizes = sizesOf(analysis);
    lines.forEach((line, at) => {
      const expected = /# -> (\[.*\](?: …)?)/.exec(line)?.[1];
      if (expected !== undefined) expect(`${at + 1}: ${sizes.get(at) ?? 'no size'}`).toBe(`${at + 1}: ${expected}`);
    });
  });

  const consoles = blocks.flatMap(({ language, text }) => (language === 'console' ? [{ command: text.split('\n')[0], text }] : []));
  if (consoles.length > 0) it.each(consoles)('$command', ({ text }) => checkConsole(text, blocks));
});

/** A `console` block shows a command and what it prints, on the examples and on the page's blocks that begin with `# name.nn` or `# name.yaml`. */
function checkConsole(text: string, blocks: readonly Block[]): void {
  const [command = '', ...output] = text.split('\n');
  const [, ...args] = command.replace(/^\$ /, '').split(' ');
  const folder = mkdtempSync(join(tmpdir(), 'shapelint-docs-'));
  const before = process.cwd();
  try {
    process.chdir(folder);
    symlinkSync(join(ROOT, 'examples'), 'examples');
    for (const block of blocks) {
      const name = /^# (\w+\.(?:nn|nn\.yaml|yaml))$/m.exec(block.text.split('\n')[0] ?? '')?.[1];
      if (name !== undefined) writeFileSync(name, block.text);
    }
    let printed = '';
    const write = (part: string) => (printed += part);
    run(args, { out: write, error: write, style: (_, part) => part, docs: join(ROOT, 'docs', 'rules') });
    expect(printed.trimEnd()).toBe(output.join('\n').trimEnd());
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

/** What files of a language end in, where it is not the name of the language in a code block. */
const SUFFIXES: Readonly<Record<string, string>> = { yaml: 'nn.yaml', ini: 'cfg' };

/** The page of a code has it switched on, whatever its level. */
function analyseExample(language: string, text: string, own: string | undefined): Analysis | undefined {
  const info = codes.find(({ code }) => code === own);
  const levels = new Map(info === undefined ? [] : [[info.code, info.severity] as const]);
  return analyse({ path: `example.${SUFFIXES[language] ?? language}`, text }, { levels });
}

/**
 * `7 error: channel-mismatch`, in the order of the lines. Information and hints are left out, but on the page of their own
 * code: a small example may well do without an activation.
 */
function problemsOf({ source, findings }: Analysis, own: string | undefined): string[] {
  const index = createLineIndex(source.text);
  return findings
    .map(({ diagnostic }) => diagnostic)
    .filter(({ code, severity }) => code === own || severity === 'error' || severity === 'warning')
    .map(({ code, severity, range }) => `${positionAt(index, range.start).line + 1} ${severity}: ${code}`);
}

/** What the inlay hints say, by the line on which they stand. */
function sizesOf(analysis: Analysis): Map<number, string> {
  const { text } = analysis.source;
  const index = createLineIndex(text);
  const hints = inlayHints(analysis, { start: 0, end: text.length });
  return new Map(hints.map(({ offset, label }) => [positionAt(index, offset).line, label.replace(/^→ /, '')]));
}

/** A block that stands for a file; others are fragments of one. */
function isWholeFile({ language, text }: Block): boolean {
  if (language === 'nn') return /^(net|block) /m.test(text);
  if (language === 'prototxt') return true;
  if (language === 'ini') return text.includes('[net]');
  return language === 'yaml' && /^(?:shapelint: 1|backbone:)$/m.test(text);
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { language: string; indent: number; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const fence = /^( *)```(\w*)/.exec(line);
    if (fence === null) {
      if (open !== undefined) open.lines.push(line.slice(open.indent));
      else if (line.startsWith('#')) heading = line;
    } else if (open === undefined) open = { language: fence[2] ?? '', indent: fence[1]?.length ?? 0, lines: [] };
    else {
      blocks.push({ language: open.language, text: `${open.lines.join('\n')}\n`, heading });
      open = undefined;
    }
  }
  return blocks;
}

function pagesIn(folder: string): string[] {
  const path = join(ROOT, folder);
  const names = existsSync(path) ? readdirSync(path) : [];
  return names
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}
