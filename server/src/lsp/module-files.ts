// The user's files with modules for each model that is open: found once, read anew when they change, with what is open but not saved.
import { LONGEST_TEXT } from '../analysis/analyse.ts';
import type { ModuleFile } from '../languages/language.ts';
import { foldersAbove, isModuleFile, MOST_MODULE_FILES } from '../languages/yolo/module-files.ts';
import type { FileAccess } from './file-access.ts';

export interface Surroundings {
  readonly access: () => FileAccess;
  /** The text of a document that is open. */
  readonly openText: (uri: string) => string | undefined;
  /** The folder of the workspace that holds a document. */
  readonly rootOf: (uri: string) => string | undefined;
  /** Files and folders that the settings name, absolute or from the root. */
  readonly named: () => readonly string[];
  /** Something has been read that was not known. */
  readonly changed: () => void;
}

interface Folder {
  /** Absent while they are being read. */
  files?: readonly ModuleFile[];
  /** The files with the texts that are open, kept so that the same texts are the same list. */
  current?: readonly ModuleFile[];
}

export class ModuleFiles {
  private folders = new Map<string, Folder>();

  constructor(private readonly surroundings: Surroundings) {}

  /** The files for a model, the nearest first; undefined while they are being read, after which `changed` is called. */
  of(uri: string): readonly ModuleFile[] | undefined {
    const key = uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
    const known = this.folders.get(key);
    if (known !== undefined) return known.files === undefined ? undefined : this.withOpenTexts(known, known.files);
    const folder: Folder = {};
    this.folders.set(key, folder);
    void this.load(uri).then((files) => {
      folder.files = files;
      // What was forgotten meanwhile is read once more when it is asked for.
      this.surroundings.changed();
    });
    return undefined;
  }

  /** The text of one of the files, by its address. */
  textOf(uri: string): string | undefined {
    for (const { current = [] } of this.folders.values()) {
      const file = current.find(({ path }) => path === uri);
      if (file !== undefined) return file.text;
    }
    return undefined;
  }

  /** Reads everything anew when it is asked for. */
  forget(): void {
    this.folders = new Map();
  }

  private withOpenTexts(folder: Folder, files: readonly ModuleFile[]): readonly ModuleFile[] {
    const now = files.map((file) => ({ path: file.path, text: this.surroundings.openText(file.path) ?? file.text }));
    const isSame = folder.current?.every(({ text }, at) => text === now[at]?.text) ?? false;
    if (folder.current !== undefined && isSame) return folder.current;
    folder.current = now;
    return now;
  }

  private async load(uri: string): Promise<readonly ModuleFile[]> {
    const { access, rootOf, named } = this.surroundings;
    const { list, read } = access();
    const root = rootOf(uri);
    const found: string[] = [];
    for (const folder of foldersAbove(uri, root ?? uri.slice(0, uri.lastIndexOf('/')))) {
      const names = await list(folder);
      found.push(
        ...names
          .filter(isModuleFile)
          .sort()
          .map((name) => `${folder}/${encodeURIComponent(name)}`),
      );
    }
    for (const path of named()) {
      const address = addressOf(path, root);
      if (address === undefined) continue;
      if (/\.nn$/i.test(address)) found.push(address);
      else {
        const names = await list(address);
        found.push(
          ...names
            .filter((name) => /\.nn$/i.test(name))
            .sort()
            .map((name) => `${address}/${encodeURIComponent(name)}`),
        );
      }
    }
    const files: ModuleFile[] = [];
    for (const path of [...new Set(found)].slice(0, MOST_MODULE_FILES)) {
      const text = await read(path);
      if (text !== undefined && text.length <= LONGEST_TEXT) files.push({ path, text });
    }
    return files;
  }
}

/** A path of the settings as an address: from the root, or absolute, or an address already. */
function addressOf(path: string, root: string | undefined): string | undefined {
  const slashed = path.replaceAll('\\', '/').replace(/\/+$/, '');
  if (/^[a-z][a-z\d+.-]+:/i.test(slashed)) return slashed;
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  if (slashed.startsWith('/')) return `file://${encoded}`;
  return root === undefined ? undefined : `${root}/${encoded.replace(/^\.\//, '')}`;
}
