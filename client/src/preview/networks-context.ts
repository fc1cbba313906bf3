// Tells menus and keys which open files are networks: the name says it of a .nn file alone, of all others their content does.
import { commands, Disposable, window, workspace } from 'vscode';
import { isOurs } from '../claims.ts';

/** In `when` clauses: `resourcePath in shapelint.networks`. The window may know a file under another scheme than we do, where it is on another machine. */
const contextKey = 'shapelint.networks';

export function keepNetworksContext(): Disposable {
  let told = '';
  const tell = () => {
    const networks = window.visibleTextEditors.map(({ document }) => document).filter(isOurs);
    const paths = [...new Set(networks.map(({ uri }) => uri.fsPath))].sort();
    if (paths.join() === told) return;
    told = paths.join();
    void commands.executeCommand('setContext', contextKey, paths);
  };
  tell();
  return Disposable.from(
    window.onDidChangeVisibleTextEditors(tell),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (window.activeTextEditor?.document === document) tell();
    }),
  );
}
