// Which files hold a user's modules: `modules.nn` or `*.modules.nn` beside a model or in a folder above it.

/** Whether a file of this name is one, wherever it is. */
export function isModuleFile(path: string): boolean {
  return /(?:^|[/\\.])modules\.nn$/i.test(path);
}

/** No more files than this are read for a model. */
export const MOST_MODULE_FILES = 20;

/** The folders in which modules are looked for, the nearest first: that of the file and those above it up to `root`, at most so many. */
export function foldersAbove(path: string, root: string): string[] {
  const folders: string[] = [];
  let folder = parentOf(path);
  while (folders.length < MOST_FOLDERS) {
    folders.push(folder);
    if (folder === root || folder === '' || !folder.startsWith(root)) break;
    folder = parentOf(folder);
  }
  return folders;
}

const MOST_FOLDERS = 40;

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
