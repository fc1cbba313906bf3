// Turns the rows of a model file into networks, one for each scale, as the file's own parser builds them.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { LoweredDocument, Network, Problem, Reference } from '../../network/network.ts';
import { symbol } from '../../dims/size.ts';
import type { Range } from '../../text/range.ts';
import type { ModuleFile } from '../language.ts';
import { createScope, type Context, type Steps } from '../nn/context.ts';
import { unrollBlock } from '../nn/unroll.ts';
import type { Declaration } from '../nn/tree.ts';
import { argumentProblems } from './check-arguments.ts';
import { explainScale, rowProblems, rowReferences } from './check-rows.ts';
import { dialectOf } from './dialect.ts';
import { imageSizeOf } from './image-size.ts';
import { blocksOf, namesIn, placeInModules, type Blocks } from './library.ts';
import { lowerRow, type ModelState } from './lower-row.ts';
import { mergeScales } from './merge-scales.ts';
import { parseModel } from './parse.ts';
import { createRowBuilder, type RowPlace } from './row-builder.ts';
import { scalesOf, type Scale } from './scales.ts';
import type { ModelTree, Row } from './tree.ts';
import { tensorsOf } from '../nn/value.ts';

export function readModel(
  text: string,
  createBuilder: () => NetworkBuilder,
  path: string,
  modules: readonly ModuleFile[] = [],
): LoweredDocument {
  const tree = parseModel(text);
  const problems: Problem[] = tree.faults.map(({ reason, message, range, ideas }) => ({
    fault: { code: 'syntax', reason, message },
    range,
    frames: [],
    ...(ideas !== undefined && { ideas }),
  }));
  const scales = tree.rows.length === 0 ? [] : scalesOf(tree, path);
  const dialect = dialectOf(tree, path);
  const library = blocksOf(dialect.name, modules);
  // What may be worked out counts for the file, and not for each scale.
  const steps: Steps = { taken: 0, exhausted: false };
  const wrongRows = argumentProblems(tree, library).slice(0, MOST_ROW_PROBLEMS);
  const whole = withoutRows(tree, new Set(wrongRows.map(({ row }) => row)));
  const found = scales.map((scale) => {
    const built = lowerScale(whole, scale, createBuilder(), { dialect, library, modules, steps });
    return explainScale(tree, built.network, built.problems, { library, dialect });
  });
  const networks = found.map(({ network }) => network);
  const [first] = networks;
  if (tree.isBroken) return { networks, blocks: [], problems, references: withBlocks(rowReferences(tree, first), tree, library) };
  const known = [
    ...problems,
    ...wrongRows.map(({ problem }) => problem),
    ...mergeScales(found.map((one) => ({ name: one.network.name, problems: one.problems }))),
  ];
  return {
    networks,
    blocks: [],
    problems: [...known, ...rowProblems(tree, first, known, dialect.name === 'ultralytics')],
    references: withBlocks(rowReferences(tree, first), tree, library),
  };
}

/** Where a reference is the name of a module it leads to the module's block. */
function withBlocks(references: readonly Reference[], { rows }: ModelTree, library: Blocks): Reference[] {
  const blocks = new Map(
    rows.flatMap(({ module }) => {
      const block = module === undefined ? undefined : library.get(module.value)?.elsewhere;
      return module === undefined || block === undefined ? [] : [[module.range.start, block] as const];
    }),
  );
  return references.map((reference) => {
    const block = blocks.get(reference.range.start);
    return block === undefined ? reference : { ...reference, block };
  });
}

/** A file with more of them is no model. */
const MOST_ROW_PROBLEMS = 100;

/** These rows keep their numbers, but what they give is not known. */
function withoutRows(tree: ModelTree, wrong: ReadonlySet<Row>): ModelTree {
  const rows = tree.rows.map((row): Row => {
    if (!wrong.has(row)) return row;
    const { args, ...rest } = row;
    return args === undefined ? row : rest;
  });
  return wrong.size === 0 ? tree : { ...tree, rows };
}

function lowerScale(
  tree: ModelTree,
  scale: Scale,
  inner: NetworkBuilder,
  {
    dialect,
    library,
    modules,
    steps,
  }: Pick<ModelState, 'dialect'> &
    Pick<Context, 'steps'> & { readonly library: Context['declarations']; readonly modules: readonly ModuleFile[] },
): { network: Network; problems: readonly Problem[] } {
  const whole = { start: tree.rows[0]?.range.start ?? 0, end: tree.rows[tree.rows.length - 1]?.range.end ?? 0 };
  const nameRange = scaleRange(tree, scale) ?? tree.keys.get('backbone')?.range ?? whole;
  const place: { current: RowPlace } = { current: { range: whole, blamed: whole, inputs: [] } };
  const builder = createRowBuilder(
    inner,
    () => place.current,
    (frames, range) => placeInModules(library, modules, frames, range),
  );
  const channels = imageChannels(tree);
  const imageSize = imageSizeOf(tree);
  const image = inner.input('image', [symbol('N'), channels, symbol('H'), symbol('W')], nameRange);
  const context: Context = {
    builder,
    declarations: library,
    references: { list: [], places: new Set() },
    uses: new Map(),
    steps,
    unrollBlock,
    namesIn: (declaration) => namesIn(dialect.name, declaration),
  };
  const model: Declaration = { kind: 'net', name: { name: '', range: nameRange }, parameters: [], body: [], range: whole };
  const state: ModelState = {
    tree,
    dialect,
    scale,
    context,
    scope: createScope(model, []),
    place,
    image,
    channels,
    rows: [],
    layers: [],
    isModern: false,
    unknown: new Set(),
  };
  for (const row of tree.rows) lowerRow(state, row);
  const last = state.rows[state.rows.length - 1];
  const network: Network = {
    name: scale.name ?? 'model',
    nameRange,
    range: { start: Math.min(nameRange.start, whole.start), end: whole.end },
    inputs: [image],
    outputs: tensorsOf(last?.value).map((tensor, at, all) => ({
      name: all.length === 1 ? 'output' : `output${at}`,
      tensor,
      range: tensor.range,
    })),
    layers: state.layers,
    nodes: inner.nodes,
    symbols: [
      { name: 'N', range: nameRange },
      { name: 'H', range: nameRange, sample: imageSize.height },
      { name: 'W', range: nameRange, sample: imageSize.width },
    ],
    requirements: [],
    isResized: true,
    conditions: inner.conditions,
  };
  return { network, problems: inner.problems };
}

function scaleRange({ keys }: ModelTree, { name }: Scale): Range | undefined {
  const scales = keys.get('scales')?.value;
  return scales?.kind === 'map' ? scales.entries.find((entry) => entry.name === name)?.range : undefined;
}

/** `ch` of the older parsers and `channels` of the newer; three where neither is written. */
function imageChannels({ keys }: ModelTree): number {
  for (const name of ['channels', 'ch']) {
    const value = keys.get(name)?.value;
    if (value?.kind === 'number' && value.isInteger && value.value > 0) return value.value;
  }
  return 3;
}
