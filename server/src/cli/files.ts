// Finds and reads the files that a command names: files as they are, folders walked for what a language claims.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LONGEST_TEXT } from '../analysis/analyse.ts';
import { languageOf } from '../languages/registry.ts';

export interface InputFile {
  /** As the user would name it, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Folders that hold other people's files. */
const SKIPPED = new Set(['node_modules', '.git', '.hg', '.svn', '__pycache__', '.venv']);
/** Names that some language may claim: nothing else is opened when a folder is walked. */
const CANDIDATE = /\.(nn|ya?ml|cfg|prototxt|json)$/i;
/** Of JSON only models are ours, and no model's architecture has as many bytes: a data set is not opened. */
const LONGEST_JSON = 8 * LONGEST_TEXT;

export class UsageError extends Error {}

/** A file that cannot be read or written: how the command is called is not what is wrong. */
export class FileError extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'it is not allowed',
  ENOSPC: 'the disk is full',
};

/** Why the system could not do what it was asked to, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined;
  return code ?? (error instanceof Error ? error.message : String(error));
}

/** The files that `paths` name. A file that is named itself is read whether or not a language claims it. */
export function findFiles(paths: readonly string[], stdinName: string | undefined): InputFile[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ path: stdinName ?? 'stdin.nn', text: readFileSync(0, 'utf8') }];
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind === undefined) throw new FileError(`There is no file or folder ${path}.`);
    return kind.isDirectory() ? walk(path) : [read(path)];
  });
}

function walk(folder: string): InputFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path);
    if (!entry.isFile() || !CANDIDATE.test(entry.name)) return [];
    if (/\.json$/i.test(entry.name) && statSync(path).size > LONGEST_JSON) return [];
    const file = read(path);
    return languageOf(file.path, file.text) === undefined ? [] : [file];
  });
}

function read(path: string): InputFile {
  // Far more than the longest text that is analysed is not read at all: the analysis says so from the length.
  const shown = (relative('', path) || path).split(sep).join('/');
  const text = readFileSync(path, 'utf8');
  return { path: shown, text: text.length > 8 * LONGEST_TEXT ? text.slice(0, 8 * LONGEST_TEXT) : text };
}
