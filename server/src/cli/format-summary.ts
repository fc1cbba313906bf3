// The text form of `summary`: a table with a line a layer, blocks and loops unrolled by indentation, and the totals.
import type { JsonShape, JsonSize, LayerSummary, NetworkSummary } from '../features/summary.ts';
import { formatCount } from '../features/count.ts';
import type { Style } from './style.ts';

/** `samples` says which numbers stand for symbols in costs: `N=1, H=224`. */
export function formatSummary(summary: NetworkSummary, samples: string, style: Style): string {
  const rows = summary.layers.flatMap((layer) => rowsOf(layer, 0));
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
    '',
  ].join('\n');
}

function rowsOf(layer: LayerSummary, depth: number): string[][] {
  const number = layer.isRow ? `#${layer.index}` : '';
  const name = [number, layer.name ?? ''].filter((part) => part !== '').join(' ');
  const outputs = layer.outputs.map(formatJsonShape).join(' ');
  const row = [
    '  '.repeat(depth) + (name === '' ? '·' : name),
    '  '.repeat(depth) + layer.operator,
    outputs,
    layer.parameters === 0 ? '' : groupDigits(layer.parameters),
    layer.macs === 0 ? '' : countWords(layer.macs),
    layer.receptiveField.join(' x '),
  ];
  return [row, ...layer.children.flatMap((child) => rowsOf(child, depth + 1))];
}

function formatJsonShape(shape: JsonShape): string {
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
