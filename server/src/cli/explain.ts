// `shapelint explain`: the page of a code, in the terminal.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../text/closest.ts';
import { codes } from '../rules/registry.ts';
import { UsageError } from './files.ts';
import type { Terminal } from './terminal.ts';

export function runExplain([code, ...rest]: readonly string[], { out, docs, style }: Terminal): number {
  if (code === undefined || rest.length > 0)
    throw new UsageError(`explain takes one code: ${codes.map((known) => known.code).join(', ')}.`);
  const rule = codes.find((known) => known.code === code);
  if (rule === undefined) {
    const near = closest(
      code,
      codes.map((known) => known.code),
    );
    throw new UsageError(`There is no code ${code}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }
  const path = join(docs, `${code}.md`);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : `# ${code}\n\n${rule.summary}\n`;
  out(page.replace(/^#+ .*$/gm, (heading) => style('bold', heading.replace(/^#+ /, ''))));
  return 0;
}
