// `shapelint sizes`: which input sizes fit a file's networks, and why.
import { parseArgs } from 'node:util';
import { fittingSymbols, jointConditions, type Reason, type SymbolFit } from '../features/fitting-sizes.ts';
import { createNetworkBuilder } from '../inference/builder.ts';
import type { Network } from '../network/network.ts';
import { createLineIndex, positionAt, type LineIndex } from '../text/line-index.ts';
import { oneOf } from './check.ts';
import { parseSizes, readNetworks, readOptions } from './networks.ts';
import type { Terminal } from './terminal.ts';

export function runSizes(args: readonly string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      net: { type: 'string' },
      scale: { type: 'string' },
      near: { type: 'string', multiple: true, default: [] },
      ...readOptions,
    },
  });
  const format = oneOf('format', values.format, ['text', 'json']);
  const near = parseSizes('near', values.near);
  const { analysis, networks: written } = readNetworks('sizes', positionals, values.net ?? values.scale, values);
  // A format that can only write numbers is asked what it would be for any size.
  const networks = analysis.language.readFree?.(analysis.source.text, createNetworkBuilder) ?? written;
  const lines = createLineIndex(analysis.source.text);
  if (format === 'json')
    terminal.out(`${JSON.stringify({ networks: networks.map((network) => jsonSizes(network, near, lines)) }, undefined, 2)}\n`);
  else for (const network of networks) terminal.out(`${textSizes(network, near, lines, terminal)}\n`);
  return analysis.findings.some(({ diagnostic }) => diagnostic.severity === 'error') ? 1 : 0;
}

function jsonSizes(network: Network, near: ReadonlyMap<string, number>, lines: LineIndex) {
  const { pairs, unproven } = jointConditions(network);
  const symbols = fittingSymbols(network, near).map(({ name, summary, exact, because, near: nearest }) => [
    name,
    { ...summary, exact, because: because.map((reason) => jsonReason(reason, lines)), near: nearest },
  ]);
  return {
    name: network.name,
    symbols: Object.fromEntries(symbols) as Record<string, unknown>,
    pairs: pairs.map(({ names, pairs: fitting, because }) => ({
      symbols: names,
      fits: fitting,
      line: lineOf(because.node?.source.range ?? because.range, lines),
    })),
    unproven: unproven.map((reason) => jsonReason(reason, lines)),
  };
}

function jsonReason({ message, range }: Reason, lines: LineIndex) {
  return { line: lineOf(range, lines), message };
}

function textSizes(network: Network, near: ReadonlyMap<string, number>, lines: LineIndex, { style }: Terminal): string {
  const { pairs, unproven } = jointConditions(network);
  const symbols = fittingSymbols(network, near);
  const reason = ({ message, range }: Reason) => `    ${style('dim', `line ${lineOf(range, lines)}`)}  ${message}`;
  const span = (name: string, [from, to]: readonly [number, number]) => (from === to ? `${name} = ${from}` : `${name} = ${from} to ${to}`);
  return [
    style('bold', network.name),
    ...(symbols.length === 0 ? ['  The inputs have no free sizes.'] : []),
    ...symbols.flatMap((symbol) => [
      `  ${symbol.words}${symbol.exact ? '' : ', or fewer'}${nearText(symbol)}`,
      ...symbol.because.map(reason),
    ]),
    ...pairs.flatMap(({ names, pairs: fitting, because }) => [
      `  ${names.join(' and ')} in pairs: ${fitting.length === 0 ? 'none fits' : fitting.map(({ first, second }) => `${span(names[0], first)} with ${span(names[1], second)}`).join('; ')}`,
      `    ${style('dim', `line ${lineOf(because.node?.source.range ?? because.range, lines)}`)}  ${because.node?.operator ?? 'The claim'}`,
    ]),
    ...(unproven.length === 0 ? [] : ['  unproven, may leave out more:', ...unproven.map(reason)]),
    '',
  ].join('\n');
}

function nearText({ near, nearTo }: SymbolFit): string {
  if (nearTo === undefined) return '';
  if (near.includes(nearTo)) return `; ${nearTo} fits`;
  return near.length === 0 ? `; ${nearTo} does not fit` : `; nearest to ${nearTo}: ${near.join(', ')}`;
}

function lineOf({ start }: { readonly start: number }, lines: LineIndex): number {
  return positionAt(lines, start).line + 1;
}
