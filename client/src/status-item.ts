// The item in the language status of our documents: is the server well, what is wrong here, how big is the network.
import { languages, LanguageStatusSeverity, RelativePattern, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { documentStatusMethod, type DocumentStatus, type NetworkStatus } from '../../server/src/protocol/status.ts';
import { statusSelector } from './claims.ts';
import { restartServerCommand, showOutputCommand } from './commands.ts';
import type { ServerState } from './server.ts';

export interface StatusItem {
  readonly listenTo: (client: BaseLanguageClient) => void;
  readonly show: (state: ServerState) => void;
  readonly dispose: () => void;
}

export function createStatusItem(): StatusItem {
  const item = languages.createLanguageStatusItem('shapelint.status', statusSelector);
  item.name = 'Shapelint';
  const known = new Map<string, DocumentStatus>();
  let state: ServerState = 'stopped';

  function update(): void {
    item.busy = state === 'starting';
    if (state !== 'running') {
      const isDown = state !== 'starting';
      item.severity = isDown ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
      item.text = isDown ? 'Shapelint is not running' : 'Shapelint is starting';
      item.detail = '';
      item.command = isDown ? { title: 'Restart', command: restartServerCommand } : { title: 'Show Log', command: showOutputCommand };
      return;
    }
    const uri = window.activeTextEditor?.document.uri;
    const problems = uri === undefined ? 0 : countProblems(uri);
    item.severity = problems > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    item.text = problems === 0 ? 'Sizes fit' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`;
    item.detail = (known.get(uri?.toString() ?? '')?.networks ?? []).map(describe).join('; ');
    item.command = { title: 'Show Log', command: showOutputCommand };
  }

  const listeners = [window.onDidChangeActiveTextEditor(update), languages.onDidChangeDiagnostics(update)];
  update();
  return {
    listenTo(client) {
      known.clear();
      client.onNotification(documentStatusMethod, (status: DocumentStatus) => {
        known.set(status.uri, status);
        item.selector = [...statusSelector, ...sniffed(known)];
        update();
      });
    },
    show(next) {
      state = next;
      update();
    },
    dispose() {
      listeners.forEach((listener) => void listener.dispose());
      item.dispose();
    },
  };
}

/** The YAML documents that are ours by their content have no pattern in common: each is named. */
function sniffed(known: ReadonlyMap<string, DocumentStatus>): { scheme: string; pattern: RelativePattern }[] {
  return [...known.keys()]
    .map((text) => Uri.parse(text))
    .filter((uri) => /\.ya?ml$/.test(uri.path))
    .map((uri) => ({
      scheme: uri.scheme,
      pattern: new RelativePattern(Uri.joinPath(uri, '..'), uri.path.slice(uri.path.lastIndexOf('/') + 1)),
    }));
}

function countProblems(uri: Uri): number {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'shapelint').length;
}

function describe({ name, layers, parameters }: NetworkStatus): string {
  const size = parameters === null ? 'parameters unknown' : `${count(parameters)} parameters`;
  return `${name}: ${layers} layers, ${size}`;
}

function count(parameters: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(parameters);
}
