// What the commands on one file have in common: reading its networks, and numbers for symbols.
import type { ParseArgsConfig } from 'node:util';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import type { Network } from '../network/network.ts';
import { wholeNumber } from './check.ts';
import { findFiles, UsageError } from './files.ts';
import { createModuleFinder } from './modules.ts';

/** The options of every command that reads one file. */
export const readOptions = {
  'stdin-filename': { type: 'string' },
  modules: { type: 'string', multiple: true, default: [] },
} as const satisfies ParseArgsConfig['options'];

interface ReadOptions {
  readonly 'stdin-filename'?: string | undefined;
  readonly modules: readonly string[];
}

/** The networks of the file that a command names, or the one of them with the given name. */
export function readNetworks(
  command: string,
  paths: readonly string[],
  name: string | undefined,
  options: ReadOptions,
): { analysis: Analysis; networks: readonly Network[] } {
  const [path] = paths;
  if (path === undefined || paths.length > 1) throw new UsageError(`${command} takes one file.`);
  const [file] = findFiles([path], options['stdin-filename']);
  const analysis = file === undefined ? undefined : analyse(file, { modules: createModuleFinder(options.modules)(file.path) });
  if (analysis === undefined) throw new UsageError(`No language of Shapelint's claims ${path}.`);
  const networks = analysis.document.networks.filter((network) => name === undefined || network.name === name);
  if (name !== undefined && networks.length === 0) throw new UsageError(`${path} has no network ${name}.`);
  return { analysis, networks };
}

/** `H=224,W=224`. */
export function parseSizes(option: string, values: readonly string[]): ReadonlyMap<string, number> {
  const parts = values.flatMap((value) => value.split(',')).filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=');
      if (name === '') throw new UsageError(`--${option} takes symbols with numbers, as in H=224,W=224, not ${part}.`);
      return [name, wholeNumber(`${option} ${name}`, value)] as const;
    }),
  );
}
