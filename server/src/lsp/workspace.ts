// The open documents with the analysis of their newest version, worked out once a version.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import type { ModuleFile } from '../languages/language.ts';
import { languageOf } from '../languages/registry.ts';
import type { Settings } from './settings.ts';

interface CachedAnalysis {
  readonly version: number;
  readonly settings: Settings;
  /** The files with modules that it was worked out with; absent for a document that takes none. */
  readonly modules: readonly ModuleFile[] | undefined;
  readonly analysis: Analysis | undefined;
}

/** Caches one analysis for each open document. */
export class AnalysisCache {
  private readonly cached = new Map<string, CachedAnalysis>();

  /** The analysis of the document's newest version, or undefined where no language claims it. */
  get(document: TextDocument, settings: Settings, modulesOf: (uri: string) => readonly ModuleFile[] | undefined): Analysis | undefined {
    const { uri, version } = document;
    const known = this.cached.get(uri);
    const isCurrent = known?.version === version && known.settings === settings;
    if (known !== undefined && isCurrent && (known.modules === undefined || known.modules === modulesOf(uri))) return known.analysis;
    // Let go before the next is there, so that the collector has one analysis to move and not two.
    this.cached.delete(uri);
    const source = { path: pathOf(document), text: document.getText() };
    const modules = takesModules(document) ? (modulesOf(uri) ?? NO_MODULES) : undefined;
    const analysis = analyse(source, { levels: settings.levels, ...(modules !== undefined && { modules }) });
    this.cached.set(uri, { version, settings, modules, analysis });
    return analysis;
  }

  forget(uri: string): void {
    this.cached.delete(uri);
  }
}

/** What stands for the files with modules while they are being read. */
const NO_MODULES: readonly ModuleFile[] = [];

/** Whether files with modules are looked for: for YOLO models alone. */
export function takesModules(document: TextDocument): boolean {
  return languageOf(pathOf(document), document.getText())?.id === 'yolo';
}

/** The path that tells the language. A document that the editor calls ours is ours, whatever its name. */
function pathOf({ uri, languageId }: TextDocument): string {
  const path = decode(uri).replace(/[?#].*$/, '');
  return languageId === 'shapelint' && !path.endsWith('.nn') ? `${path}.nn` : path;
}

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
