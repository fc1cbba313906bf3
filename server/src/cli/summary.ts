// `shapelint summary`: the layers of a file's networks with their sizes and costs.
import { parseArgs } from 'node:util';
import type { Analysis } from '../analysis/analyse.ts';
import { sampleSizes, summarise, type LayerSummary, type NetworkSummary } from '../features/summary.ts';
import type { Network } from '../network/network.ts';
import { createLineIndex, positionAt, type LineIndex } from '../text/line-index.ts';
import { oneOf, wholeNumber } from './check.ts';
import { formatJsonShape, formatSummary } from './format-summary.ts';
import { parseSizes, readNetworks, readOptions } from './networks.ts';
import { reportProblems } from './problems.ts';
import type { Terminal } from './terminal.ts';

export function runSummary(args: readonly string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      depth: { type: 'string', default: '1' },
      format: { type: 'string', default: 'text' },
      net: { type: 'string' },
      scale: { type: 'string' },
      size: { type: 'string', multiple: true, default: [] },
      ...readOptions,
    },
  });
  const format = oneOf('format', values.format, ['text', 'json']);
  const depth = Math.max(1, wholeNumber('depth', values.depth));
  const sizes = parseSizes('size', values.size);
  const { analysis, networks } = readNetworks('summary', positionals, values.net ?? values.scale, values);
  if (format === 'json') printJson(analysis, networks, sizes, terminal);
  else printText(analysis, networks, sizes, depth, terminal);
  return analysis.findings.some(({ diagnostic }) => diagnostic.severity === 'error') ? 1 : 0;
}

function printJson(analysis: Analysis, networks: readonly Network[], sizes: ReadonlyMap<string, number>, terminal: Terminal): void {
  const lines = createLineIndex(analysis.source.text);
  const problems = reportProblems(analysis);
  const within = ({ range }: Network) => {
    const [first, last] = [positionAt(lines, range.start).line + 1, positionAt(lines, range.end).line + 1];
    return problems.filter(({ line }) => first <= line && line <= last);
  };
  const result = networks.map((network) => ({
    ...jsonSummary(summarise(network, sizes), lines),
    problems: networks.length === 1 ? problems : within(network),
  }));
  terminal.out(`${JSON.stringify({ networks: result }, undefined, 2)}\n`);
}

function jsonSummary(summary: NetworkSummary, lines: LineIndex) {
  return { ...summary, layers: summary.layers.map((layer) => jsonLayer(layer, lines)) };
}

function jsonLayer({ range, children, ...layer }: LayerSummary, lines: LineIndex): Record<string, unknown> {
  return {
    ...layer,
    // Of use to the table alone: JSON leaves out what is undefined.
    isRow: undefined,
    line: positionAt(lines, range.start).line + 1,
    ...(children.length > 0 && { children: children.map((child) => jsonLayer(child, lines)) }),
  };
}

/** The longest shape with symbols that a table shows: longer ones are told in numbers, all of them. */
const LONGEST_SHAPE = 40;

function printText(
  analysis: Analysis,
  networks: readonly Network[],
  sizes: ReadonlyMap<string, number>,
  depth: number,
  terminal: Terminal,
): void {
  for (const network of networks) {
    // Costs in a table want numbers: what is not given is taken from the samples.
    const numbers = new Map([...sampleSizes(network), ...sizes]);
    const samples = [...numbers]
      .filter(([name]) => network.symbols.some((symbol) => symbol.name === name))
      .map(([name, value]) => `${name}=${value}`);
    const inNumbers = summarise(network, numbers);
    const inSymbols = withSymbols(inNumbers, summarise(network, sizes));
    const isLegible = shownShapes(inSymbols.layers, depth).every((shape) => shape.length <= LONGEST_SHAPE);
    terminal.out(`${formatSummary(isLegible ? inSymbols : inNumbers, samples.join(', '), depth, terminal.style)}\n`);
  }
  const { length } = analysis.findings;
  if (length > 0) terminal.error(`${length} ${length === 1 ? 'problem' : 'problems'}; \`shapelint check\` tells more.\n`);
}

/** The shapes in the rows of a table, as text. */
function shownShapes(layers: readonly LayerSummary[], depth: number): string[] {
  return depth === 0
    ? []
    : layers.flatMap(({ outputs, children }) => [...outputs.map(formatJsonShape), ...shownShapes(children, depth - 1)]);
}

/** Costs in numbers, shapes with their symbols. */
function withSymbols(numbers: NetworkSummary, symbols: NetworkSummary): NetworkSummary {
  const layer = (costs: LayerSummary, shapes: LayerSummary | undefined): LayerSummary =>
    shapes === undefined
      ? costs
      : {
          ...costs,
          inputs: shapes.inputs,
          outputs: shapes.outputs,
          children: costs.children.map((child, at) => layer(child, shapes.children[at])),
        };
  return { ...symbols, totals: numbers.totals, layers: numbers.layers.map((costs, at) => layer(costs, symbols.layers[at])) };
}
