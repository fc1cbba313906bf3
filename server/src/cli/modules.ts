// Finds the files with modules of the user's own: those beside a model and in the folders above it, and those that a command names.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { LONGEST_TEXT } from '../analysis/analyse.ts';
import type { ModuleFile } from '../languages/language.ts';
import { isModuleFile, MOST_MODULE_FILES } from '../languages/yolo/module-files.ts';
import { UsageError } from './files.ts';

/** Gives the files for a document, the nearest first; `named` are files and folders, which come after those that are found. */
export function createModuleFinder(named: readonly string[]): (path: string) => readonly ModuleFile[] {
  const known = new Map<string, readonly ModuleFile[]>();
  const given = named.flatMap((path) => filesAt(path));
  return (path) => {
    const folder = dirname(resolve(path));
    const found = known.get(folder) ?? readAll([...foldersUp(folder).flatMap(modulesIn), ...given]);
    known.set(folder, found);
    return found;
  };
}

function filesAt(path: string): string[] {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) throw new UsageError(`There is no file or folder ${path} for --modules.`);
  if (!kind.isDirectory()) return [resolve(path)];
  const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith('.nn'));
  return names.sort().map((name) => resolve(path, name));
}

/** From the folder up to that of the project, which is the one that git knows; else the folder of the command, else the folder alone. */
function foldersUp(folder: string): string[] {
  const all: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    all.push(at);
    if (existsSync(join(at, '.git')) || at === process.cwd()) return all;
    if (dirname(at) === at) return [folder];
  }
}

function modulesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(isModuleFile);
    return names.sort().map((name) => join(folder, name));
  } catch {
    // A folder that may not be read has none.
    return [];
  }
}

function readAll(paths: readonly string[]): readonly ModuleFile[] {
  return [...new Set(paths)].slice(0, MOST_MODULE_FILES).flatMap((path) => {
    try {
      const text = readFileSync(path, 'utf8');
      return text.length > LONGEST_TEXT ? [] : [{ path: shown(path), text }];
    } catch {
      return [];
    }
  });
}

function shown(path: string): string {
  const near = relative('', path);
  return (near === '' || near.startsWith('..') || isAbsolute(near) ? path : near).split(sep).join('/');
}
