// All that is said of rows and their numbers: what was found while the rows were built, in the words of rows, and what only their text shows.
import type { Network, Problem, Reference } from '../../network/network.ts';
import { commentProblems } from './check-comments.ts';
import { keyProblems } from './check-keys.ts';
import { referenceProblems } from './check-references.ts';
import { staleProblems } from './check-stale.ts';
import type { Dialect } from './dialect.ts';
import { explainJoin } from './explain-join.ts';
import { explainModule } from './explain-module.ts';
import { explainRepeat } from './explain-repeat.ts';
import { failedJoins } from './failed-joins.ts';
import type { Blocks } from './library.ts';
import { linksOf } from './links.ts';
import { stridesOf } from './strides.ts';
import type { ModelTree } from './tree.ts';

/** One scale as its rows were built, and its problems told of rows. */
export function explainScale(
  tree: ModelTree,
  built: Network,
  found: readonly Problem[],
  { library, dialect }: { readonly library: Blocks; readonly dialect: Dialect },
): { readonly network: Network; readonly problems: Problem[] } {
  const { network, problems } = failedJoins(built);
  const model = { tree, dialect, blocks: library, strideOf: stridesOf(network) };
  const explained = oneForEachModule([...found, ...problems]).map((problem) =>
    explainModule(explainRepeat(explainJoin(problem, network, model), tree), tree, network, library),
  );
  return { network, problems: explained };
}

/** What is wrong within a module comes of one mistake in its row: the first is told. */
function oneForEachModule(problems: readonly Problem[]): Problem[] {
  const seen = new Set<number>();
  return problems.filter(({ range, node }) => {
    if (node !== undefined && node.source.isInLibrary !== true) return true;
    if (seen.has(range.start)) return false;
    seen.add(range.start);
    return true;
  });
}

/** What the text of a model shows, once for all scales; `found` is what is known to be wrong already. */
export function rowProblems(tree: ModelTree, network: Network | undefined, found: readonly Problem[], isUltralytics: boolean): Problem[] {
  const strideOf = network === undefined ? () => undefined : stridesOf(network);
  const missing = referenceProblems(tree, strideOf);
  // A row that cannot be read, or reads what is not there, leaves others unread.
  const isWhole = missing.length === 0 && !found.some(({ fault }) => HIDING.has(fault.code));
  const stale = isWhole ? staleProblems(tree, strideOf) : [];
  const isShifted = stale.some(({ fault }) => fault.reason === 'shift');
  return [
    ...missing,
    ...stale,
    ...keyProblems(
      tree,
      isUltralytics,
      found.some(({ fault }) => fault.code === 'unknown-module'),
    ),
    // A join of the wrong row has every stride behind it wrong too, and that is one mistake.
    ...commentProblems(tree, isWhole ? strideOf : () => undefined, isShifted),
  ];
}

/** Behind these the numbers of rows are not what they are meant to be, and that has been told. */
const HIDING: ReadonlySet<string> = new Set(['syntax', 'concat-mismatch', 'broadcast-mismatch', 'reference-range']);

/** For hovers, go to definition and references: each number of `from` stands for its row, and a module's name introduces its own. */
export function rowReferences(tree: ModelTree, network: Network | undefined): Reference[] {
  const targetOf = (index: number): Reference['target'] | undefined => {
    const tensor = network?.layers[index]?.outputs[0];
    return tensor === undefined ? undefined : { kind: 'tensor', name: `row ${index}`, tensor };
  };
  const introduced = tree.rows.flatMap((row): Reference[] => {
    const target = targetOf(row.index);
    return row.module === undefined || target === undefined ? [] : [{ range: row.module.range, target, definition: row.module.range }];
  });
  const used = linksOf(tree).flatMap(({ element, target }): Reference[] => {
    const definition = typeof target === 'number' ? tree.rows[target]?.module?.range : undefined;
    const meant = typeof target === 'number' ? targetOf(target) : undefined;
    return definition === undefined || meant === undefined ? [] : [{ range: element.range, target: meant, definition }];
  });
  return [...introduced, ...used];
}
