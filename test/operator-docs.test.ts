// The pages of the operators are what their declarations say. To write them anew: npx vitest run test/operator-docs.test.ts -u
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operatorIndex, operatorPage, type OperatorFile } from '../scripts/operator-docs.ts';
import type { Operator } from '../server/src/operators/operator.ts';
import { operators } from '../server/src/operators/registry.ts';

const SOURCES = join(import.meta.dirname, '../server/src/operators');
const PAGES = join(import.meta.dirname, '../docs/operators');

const files = await readFiles();

describe('the pages of the operators', () => {
  it('cover every operator', () => {
    const documented = files.flatMap((file) => file.operators.map(({ name }) => name));
    expect(documented.sort()).toEqual([...operators.keys()].sort());
  });

  it('are one for each file that declares operators, and an index', () => {
    expect(readdirSync(PAGES).sort()).toEqual(['README.md', ...files.map(({ name }) => `${name}.md`)].sort());
  });

  it.each(files)('$name is fresh', async (file) => {
    await expect(operatorPage(file)).toMatchFileSnapshot(join(PAGES, `${file.name}.md`));
  });

  it('the index is fresh', async () => {
    await expect(operatorIndex(files)).toMatchFileSnapshot(join(PAGES, 'README.md'));
  });
});

/** The files of the room that declare operators, with those that the registry has. */
async function readFiles(): Promise<OperatorFile[]> {
  const known: ReadonlySet<unknown> = new Set(operators.values());
  const isOperator = (value: unknown): value is Operator => known.has(value);
  const found: OperatorFile[] = [];
  for (const file of readdirSync(SOURCES).sort()) {
    const name = file.replace(/\.ts$/, '');
    if (name === 'registry') continue;
    const exports = (await import(`../server/src/operators/${name}.ts`)) as Readonly<Record<string, unknown>>;
    const declared = [...new Set(Object.values(exports).flat().filter(isOperator))];
    const [headline = ''] = readFileSync(join(SOURCES, file), 'utf8').split('\n');
    if (declared.length > 0) found.push({ name, headline: headline.replace(/^\/\/ /, ''), operators: declared });
  }
  return found;
}
