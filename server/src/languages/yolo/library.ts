// The modules that ship with the server, as blocks of our language: those of each parser and those that all share.
import { parseNetworkText } from '../nn/parse.ts';
import type { Declaration } from '../nn/tree.ts';
import type { DialectName } from './dialect.ts';
import { moduleTexts } from './modules.generated.ts';

const known = new Map<DialectName, ReadonlyMap<string, Declaration>>();

/** The blocks by their names, the parser's own before the shared ones. Read when a file first needs them. */
export function libraryOf(dialect: DialectName): ReadonlyMap<string, Declaration> {
  let library = known.get(dialect);
  if (library === undefined) {
    library = new Map([...declarationsIn('common'), ...declarationsIn(dialect)]);
    known.set(dialect, library);
  }
  return library;
}

function declarationsIn(folder: string): [string, Declaration][] {
  return moduleTexts
    .filter(([path]) => path.startsWith(`${folder}/`))
    .flatMap(([, text]) =>
      parseNetworkText(text).declarations.map((declaration): [string, Declaration] => [declaration.name.name, declaration]),
    );
}
