// Writes the modules of YOLO's parsers, which are text, into a file of TypeScript that every bundler and test can load.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../server/src/languages/yolo/modules/', import.meta.url);
const paths = readdirSync(folder, { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.nn'))
  .sort();
const entries = paths.map((path) => `  [${JSON.stringify(path)}, ${JSON.stringify(readFileSync(new URL(path, folder), 'utf8'))}],`);
const text = `// Written by scripts/bundle-modules.mjs from the files of modules/: change those, and run it again.
export const moduleTexts: readonly (readonly [path: string, text: string])[] = [
${entries.join('\n')}
];
`;
writeFileSync(new URL('../modules.generated.ts', folder), text);
