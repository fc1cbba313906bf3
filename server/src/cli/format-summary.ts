// The text form of `summary`: a table with a line a layer, what is inside of blocks and loops indented, and the totals.
import type { JsonShape, JsonSize, LayerSummary, NetworkSummary } from '../features/summary.ts';
import { formatCount } from '../features/count.ts';
import type { Style } from './style.ts';

/** `samples` says which numbers stand for symbols in costs: `N=1, H=224`; `depth` is how many levels of blocks are shown, from 1. */
export function formatSummary(summary: NetworkSummary, samples: string, depth: number, style: Style): string {
  const rows = summary.layers.flatMap((layer) => rowsOf(layer, 0, depth));
  const isCut = levelsOf(summary.layers) > depth;
  const header = ['Layer', 'Operator', 'Output', 'Parameters', 'MACs', 'Receptive field'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const isNumber = (column: number) => column === 3 || column === 4;
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const inputs = summary.inputs.map(({ name, shape }) => `${name} ${formatJsonShape(shape)}`).join(', ');
  const outputs = summary.outputs.map(({ name, shape }) => `${name} ${formatJsonShape(shape)}`).join(', ');
  const { layers, parameters, macs, activations } = summary.totals;
  return [
    `${style('bold', summary.name)}: ${inputs} -> ${outputs}`,
    '',
    style('dim', line(header)),
    style('dim', widths.map((width) => '-'.repeat(width)).join('  ')),
    ...rows.map(line),
    '',
    `${count(layers, 'operator')}, ${count(parameters, 'parameter')}, ${countWords(macs)} MACs, ${countWords(activations)} activations${samples === '' ? '' : ` at ${samples}`}`,
    ...(isCut ? [style('dim', `--depth ${depth + 1} shows more of what is inside of the layers.`)] : []),
    '',
  ].join('\n');
}

/** How many levels the layers have: 1 where none has an inside. */
function levelsOf(layers: readonly LayerSummary[]): number {
  return 1 + Math.max(0, ...layers.map(({ children }) => (children.length === 0 ? 0 : levelsOf(children))));
}

/** The rows of a layer at a level, from 0, and of its inside down to `depth`. Each further output has a row of its own. */
function rowsOf(layer: LayerSummary, level: number, depth: number): string[][] {
  const number = layer.isRow ? `#${layer.index}` : '';
  const name = [number, layer.name ?? ''].filter((part) => part !== '').join(' ');
  const [output = '', ...further] = layer.outputs.map(formatJsonShape);
  const row = [
    '  '.repeat(level) + (name === '' ? '·' : name),
    '  '.repeat(level) + layer.operator,
    output,
    layer.parameters === 0 ? '' : groupDigits(layer.parameters),
    layer.macs === 0 ? '' : countWords(layer.macs),
    layer.receptiveField.join(' x '),
  ];
  const inside = level + 1 < depth ? layer.children.flatMap((child) => rowsOf(child, level + 1, depth)) : [];
  return [row, ...further.map((shape) => ['', '', shape]), ...inside];
}

export function formatJsonShape(shape: JsonShape): string {
  return shape === null ? '[...]' : `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

function count(value: JsonSize, noun: string): string {
  return `${groupDigits(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function countWords(value: JsonSize): string {
  return typeof value === 'number' ? formatCount(value) : (value ?? '?');
}

function groupDigits(value: JsonSize): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : (value ?? '?');
}
