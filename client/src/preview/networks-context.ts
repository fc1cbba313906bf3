// Tells menus and keys which open files are networks: the name says it of a .nn file alone, of all others their content does.
import { commands, Disposable, window, workspace } from 'vscode';
import { isOurs } from '../claims.ts';

/** In `when` clauses: `resource in shapelint.networks`. */
const contextKey = 'shapelint.networks';

export function keepNetworksContext(): Disposable {
  let told = '';
  const tell = () => {
    const networks = window.visibleTextEditors.map(({ document }) => document).filter(isOurs);
    const uris = [...new Set(networks.map(({ uri }) => uri.toString()))].sort();
    if (uris.join() === told) return;
    told = uris.join();
    void commands.executeCommand('setContext', contextKey, uris);
  };
  tell();
  return Disposable.from(
    window.onDidChangeVisibleTextEditors(tell),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (window.activeTextEditor?.document === document) tell();
    }),
  );
}
