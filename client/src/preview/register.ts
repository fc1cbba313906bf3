// The command of the preview, and the one panel that there is: opened beside the editor, and brought back by a reload.
import { commands, type Disposable, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { previewLayerCommand, type PreviewTarget } from '../../../server/src/protocol/preview.ts';
import { isOurs } from '../claims.ts';
import type { Server } from '../server.ts';
import type { SavedState } from './messages.ts';
import { keepNetworksContext } from './networks-context.ts';
import { openPanel, type PreviewPanel } from './panel.ts';

const viewType = 'shapelint.preview';

export function registerPreview(server: Server, extension: Uri): Disposable[] {
  let current: (PreviewPanel & { readonly webview: WebviewPanel }) | undefined;
  const webviewOptions = { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, 'dist')] };

  function adopt(webview: WebviewPanel, saved: SavedState | undefined): PreviewPanel {
    const opened = { ...openPanel(webview, server, extension, saved), webview };
    current = opened;
    webview.onDidDispose(() => {
      if (current === opened) current = undefined;
    });
    return opened;
  }

  function open(): PreviewPanel {
    if (current !== undefined) {
      current.webview.reveal(undefined, true);
      return current;
    }
    const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    return adopt(window.createWebviewPanel(viewType, 'Preview', beside, webviewOptions), undefined);
  }

  return [
    // From a link with its layer; from a key or a menu for the cursor, with whatever the menu hands over.
    commands.registerCommand(previewLayerCommand, (target: unknown) => {
      // The palette may be opened while the panel itself has the focus.
      const editor = window.activeTextEditor ?? window.visibleTextEditors.find(({ document }) => isOurs(document));
      const panel = open();
      if (isTarget(target)) panel.show(Uri.parse(target.uri), target.position);
      else panel.follow(editor);
    }),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel(webview, state: unknown) {
        webview.webview.options = webviewOptions;
        adopt(webview, isSavedState(state) ? state : undefined);
        return Promise.resolve();
      },
    }),
    keepNetworksContext(),
  ];
}

function isTarget(value: unknown): value is PreviewTarget {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'position' in value;
}

function isSavedState(state: unknown): state is SavedState {
  return typeof state === 'object' && state !== null && 'uri' in state && 'place' in state && 'options' in state && 'pinned' in state;
}
