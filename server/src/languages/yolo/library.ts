// The modules that rows may name, as blocks of our language: the user's, then those that ship with the server.
import { describeBlock } from '../nn/describe-block.ts';
import type { Frame, PlaceElsewhere } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { ModuleFile } from '../language.ts';
import { parseNetworkText } from '../nn/parse.ts';
import type { Declaration } from '../nn/tree.ts';
import type { DialectName } from './dialect.ts';
import { moduleTexts } from './modules.generated.ts';

export type Blocks = ReadonlyMap<string, Declaration>;

/** What a file that ships with the server is called in places: `shapelint:/modules/common/csp.nn`. */
const SHIPPED = 'shapelint:/modules/';

const shipped = new Map<DialectName, Blocks>();
const merged = new WeakMap<readonly ModuleFile[], Map<DialectName, Blocks>>();

/** The blocks that ship with the server by their names, the parser's own before the shared ones. Read when a file first needs them. */
export function shippedBlocks(dialect: DialectName): Blocks {
  let blocks = shipped.get(dialect);
  if (blocks === undefined) {
    blocks = new Map([...blocksIn('common'), ...blocksIn(dialect)]);
    shipped.set(dialect, blocks);
  }
  return blocks;
}

/** All that a row may name. A block of the user's takes the place of one of the same name, and one of a nearer file of one further away. */
export function blocksOf(dialect: DialectName, modules: readonly ModuleFile[]): Blocks {
  if (modules.length === 0) return shippedBlocks(dialect);
  const known = merged.get(modules) ?? new Map<DialectName, Blocks>();
  merged.set(modules, known);
  let blocks = known.get(dialect);
  if (blocks === undefined) {
    // The nearest is put in last.
    blocks = new Map([...shippedBlocks(dialect), ...[...modules].reverse().flatMap((file) => declarationsOf(file.path, file.text))]);
    known.set(dialect, blocks);
  }
  return blocks;
}

/** What the body of a block may name: one that ships with the server is made of such blocks, whatever the user's are called. */
export function namesIn(dialect: DialectName, { elsewhere }: Declaration): Blocks | undefined {
  return elsewhere?.file.startsWith(SHIPPED) === true ? shippedBlocks(dialect) : undefined;
}

/** Where in a file of the user's a place lies that is inside of these uses of blocks; what ours do is put at their use. */
export function placeInModules(
  library: Blocks,
  modules: readonly ModuleFile[],
  frames: readonly Frame[],
  range: Range,
): PlaceElsewhere | undefined {
  if (modules.length === 0) return undefined;
  const files = frames.map(({ block }) => modules.find(({ path }) => path === library.get(block)?.elsewhere?.file));
  // Whatever stands in one of ours is ours.
  const ours = files.indexOf(undefined);
  const depth = (ours < 0 ? frames.length : ours) - 1;
  const [frame, file] = [frames[depth], files[depth]];
  if (frame === undefined || file === undefined) return undefined;
  return { block: frame.block, file, range: frames[depth + 1]?.callRange ?? range };
}

/** The text of a file that ships with the server, by the name that it has in places. */
export function shippedText(file: string): string | undefined {
  return moduleTexts.find(([path]) => `${SHIPPED}${path}` === file)?.[1];
}

function blocksIn(folder: string): [string, Declaration][] {
  return moduleTexts.filter(([path]) => path.startsWith(`${folder}/`)).flatMap(([path, text]) => declarationsOf(`${SHIPPED}${path}`, text));
}

function declarationsOf(file: string, text: string): [string, Declaration][] {
  return parseNetworkText(text)
    .declarations.filter(({ kind }) => kind === 'block')
    .map((declaration) => [declaration.name.name, { ...declaration, elsewhere: describeBlock(file, text, declaration) }]);
}
