// Gives Darknet's networks their language: for an editor every .cfg is a properties file, coloured and commented as one.
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { darknetLanguageId, isDarknet } from './claims.ts';

export function nameDarknetFiles(): Disposable {
  /** A user who chooses another language for a file keeps it. */
  const named = new Set<string>();
  const name = (document: TextDocument) => {
    const uri = document.uri.toString();
    if (document.languageId === darknetLanguageId || named.has(uri) || !isDarknet(document)) return;
    named.add(uri);
    void languages.setTextDocumentLanguage(document, darknetLanguageId);
  };
  workspace.textDocuments.forEach(name);
  return workspace.onDidOpenTextDocument(name);
}
