// The open documents with the analysis of their newest version, worked out once a version.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import type { Settings } from './settings.ts';

interface CachedAnalysis {
  readonly version: number;
  readonly settings: Settings;
  readonly analysis: Analysis | undefined;
}

/** Caches one analysis for each open document. */
export class AnalysisCache {
  private readonly cached = new Map<string, CachedAnalysis>();

  /** The analysis of the document's newest version, or undefined where no language claims it. */
  get(document: TextDocument, settings: Settings): Analysis | undefined {
    const known = this.cached.get(document.uri);
    if (known?.version === document.version && known.settings === settings) return known.analysis;
    const analysis = analyse({ path: pathOf(document), text: document.getText() }, { levels: settings.levels });
    this.cached.set(document.uri, { version: document.version, settings, analysis });
    return analysis;
  }

  forget(uri: string): void {
    this.cached.delete(uri);
  }
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
