// Turns the sections of a .cfg file into a network, each section a numbered layer.
import { symbol, type Dimension } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Layer, LoweredDocument, Network, NetworkSymbol, Reference, Tensor, TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { optionProblems } from './check-options.ts';
import { dialectFor, differenceProblems, type Difference } from './dialect.ts';
import { explainJoin } from './explain-join.ts';
import { fittingSizes } from './fitting-sizes.ts';
import { HEADS, layerKinds } from './layers/kinds.ts';
import { createReader, type Lowered } from './layers/reader.ts';
import { findOption, parseConfiguration, readInteger, type Dialect, type Section } from './parse.ts';
import { unknownSection, unreadProblem, withoutNet } from './unread.ts';

const MOST_LAYERS = 20_000;

export function lowerConfiguration(text: string, createBuilder: () => NetworkBuilder): LoweredDocument {
  const configuration = parseConfiguration(text);
  const { sections, unread } = configuration;
  const dialect = dialectFor(configuration);
  const problems = unread.map((line) => unreadProblem(text, line));
  const [net, ...layers] = sections;
  if (net === undefined) return { networks: [], blocks: [], problems, references: [] };
  if (net.type !== 'net' && net.type !== 'network')
    return { networks: [], blocks: [], problems: [...problems, withoutNet(net)], references: [] };
  const builder = createBuilder();
  const references: Reference[] = [];
  const body = layers.slice(0, MOST_LAYERS);
  const fits = (changed: Section): boolean => {
    const other = createBuilder();
    lowerLayers(text, other, dialect, changed, body, [], () => []);
    return other.problems.every(({ fault }) => fault.code !== 'concat-mismatch' && fault.code !== 'broadcast-mismatch');
  };
  const sizeIdeas = once(() => fittingSizes(net, fits));
  const differences: Difference[] = [];
  const network = lowerLayers(text, builder, dialect, net, body, references, sizeIdeas, differences);
  const found = builder.problems.map((problem) => explainJoin(problem, net, sizeIdeas));
  const others = [...optionProblems(text, configuration), ...differenceProblems(configuration, differences)];
  return { networks: [network], blocks: [], problems: [...problems, ...found, ...others], references };
}

/** The network with H and W for height and width, whose numbers become their samples. */
export function lowerFree(text: string, createBuilder: () => NetworkBuilder): readonly Network[] {
  const configuration = parseConfiguration(text);
  const [net, ...layers] = configuration.sections;
  if (net === undefined) return [];
  return [lowerLayers(text, createBuilder(), dialectFor(configuration), net, layers.slice(0, MOST_LAYERS), [], () => [], [], FREE)];
}

/** What the sizes of [net] are called where they are free. */
const FREE: Readonly<Record<string, string>> = { height: 'H', width: 'W' };

function lowerLayers(
  text: string,
  builder: NetworkBuilder,
  dialect: Dialect,
  net: Section,
  sections: readonly Section[],
  references: Reference[],
  sizeIdeas: () => readonly TextIdea[],
  differences: Difference[] = [],
  free: Readonly<Record<string, string>> = {},
): Network {
  const differ = (range: Range, words: string) => differences.push({ range, words });
  const { input, symbols } = readInput(builder, net, free);
  const lowered: (Lowered & { readonly section: Section })[] = [];
  const layers: Layer[] = [];
  const outputs: { name: string; tensor: Tensor; range: Range }[] = [];
  let current = input;
  for (const [index, section] of sections.entries()) {
    const { headerRange } = section;
    const reader = createReader(text, builder, { section, index, dialect, input: current, layers: lowered, sizeIdeas, differ }, references);
    const kind = layerKinds.get(section.type);
    if (kind === undefined) builder.report(unknownSection(section, [...layerKinds.keys()]));
    const unknown = builder.input('?', undefined, headerRange);
    const made = kind?.(reader) ?? { output: unknown, following: unknown };
    const label = `layer ${index}`;
    const named = { output: { ...made.output, label }, following: { ...made.following, label }, section };
    lowered.push(named);
    references.push({ range: headerRange, definition: headerRange, target: { kind: 'tensor', name: label, tensor: named.output } });
    layers.push({
      index,
      nameRange: headerRange,
      label: section.type,
      kind: 'operator',
      range: section.range,
      inputs: reader.children[0]?.inputs ?? [current],
      outputs: [named.output],
      children: reader.children,
    });
    if (HEADS.has(section.type) || index === sections.length - 1) outputs.push({ name: label, tensor: named.output, range: headerRange });
    current = named.following;
  }
  const last = sections[sections.length - 1] ?? net;
  return {
    name: 'net',
    nameRange: net.headerRange,
    range: { start: net.range.start, end: last.range.end },
    inputs: [input],
    outputs,
    layers,
    nodes: builder.nodes,
    symbols,
    requirements: [],
    conditions: builder.conditions,
  };
}

/** [N, channels, height, width], or [N, inputs] where there is no image. A size that is written as a name stands for any. */
function readInput(
  builder: NetworkBuilder,
  net: Section,
  free: Readonly<Record<string, string>>,
): { readonly input: Tensor; readonly symbols: NetworkSymbol[] } {
  const names = new Map<string, NetworkSymbol>([['N', { name: 'N', range: net.headerRange }]]);
  const size = (key: string): Dimension => {
    const option = findOption(net, key);
    if (option === undefined) return 0;
    const name = free[key];
    const sample = Math.max(readInteger(option.value), 0);
    if (name !== undefined && sample > 0) {
      names.set(name, { name, range: option.keyRange, sample, sampleRange: option.valueRange });
      return symbol(name);
    }
    if (!/^[A-Za-z_]\w*$/.test(option.value)) return sample;
    if (!names.has(option.value)) names.set(option.value, { name: option.value, range: option.valueRange });
    return symbol(option.value);
  };
  const [channels, height, width] = ['channels', 'height', 'width'].map(size);
  const range = (key: string) => findOption(net, key)?.valueRange ?? net.headerRange;
  if (channels === 0 || height === 0 || width === 0) {
    const inputs = size('inputs');
    const shape = inputs === 0 ? undefined : [symbol('N'), inputs];
    return { input: builder.input('net', shape, net.headerRange, [net.headerRange, range('inputs')]), symbols: [...names.values()] };
  }
  const places = [net.headerRange, range('channels'), range('height'), range('width')];
  return { input: builder.input('net', [symbol('N'), channels, height, width], net.headerRange, places), symbols: [...names.values()] };
}

/** Many joins may ask for what one answer serves. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
