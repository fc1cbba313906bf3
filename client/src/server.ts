// The one running server of this window: started with the first document that is ours, restarted on request.
import { type CancellationToken, EventEmitter, type LogOutputChannel, type TextDocument, workspace } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import { previewLayerCommand, previewProgressMethod, type PreviewProgress } from '../../server/src/protocol/preview.ts';
import { documentSelector, isOurs } from './claims.ts';
import { createSync } from './sync.ts';

/** Makes the client for this kind of extension host: a process under Node, a Web Worker in a browser. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

export interface Server {
  readonly state: () => ServerState;
  readonly onStateChange: EventEmitter<ServerState>['event'];
  readonly restart: () => Promise<void>;
  /** Undefined where the server does not run, or the request was cancelled or went wrong. */
  readonly request: <Answer>(method: string, parameters: object, token?: CancellationToken) => Promise<Answer | null | undefined>;
  readonly onPreviewProgress: EventEmitter<PreviewProgress>['event'];
  readonly stop: () => Promise<void>;
  /** Stops listening to the editor; `stop` is for the process. */
  readonly dispose: () => void;
}

export interface Surroundings {
  readonly output: LogOutputChannel;
  /** The address of the folder with a page for each code. */
  readonly docs: string;
}

/** `prepare` is called for each client that is made, before it starts, so that listeners are there for its first message. */
export function createServer(
  createClient: CreateClient,
  { output, docs }: Surroundings,
  prepare: (client: BaseLanguageClient) => void,
): Server {
  const changes = new EventEmitter<ServerState>();
  const previewProgress = new EventEmitter<PreviewProgress>();
  let current: { readonly client: BaseLanguageClient; readonly started: Promise<void> } | undefined;
  let state: ServerState = 'stopped';

  function become(next: ServerState): void {
    if (next === state) return;
    state = next;
    output.info(`The language server is ${next}.`);
    changes.fire(next);
  }

  function start(): Promise<void> {
    if (current !== undefined) return current.started;
    const sync = createSync(() => client);
    const client = createClient({
      documentSelector,
      outputChannel: output,
      middleware: sync.middleware,
      initializationOptions: { docs, documentStatus: true, preview: true, files: true },
      // Hovers may open the preview, and do nothing else.
      markdown: { supportHtml: false, isTrusted: { enabledCommands: [previewLayerCommand] } },
      diagnosticCollectionName: 'shapelint',
    });
    client.onDidChangeState(({ newState }) => {
      // After a crash the client starts the server anew and opens the documents again.
      if (newState === State.Stopped) sync.reset();
      become(stateOf(newState));
    });
    client.onNotification(previewProgressMethod, (progress: PreviewProgress) => previewProgress.fire(progress));
    prepare(client);
    const started = client.start().catch((error: unknown) => {
      output.error(`The language server did not start: ${String(error)}`);
      become('failed');
    });
    current = { client, started };
    return started;
  }

  async function stop(): Promise<void> {
    if (current === undefined) return;
    const { client, started } = current;
    current = undefined;
    await started;
    await client.dispose();
    become('stopped');
  }

  const startFor = (document: TextDocument) => {
    if (isOurs(document)) void start();
  };
  const listeners = [
    workspace.onDidOpenTextDocument(startFor),
    // A YAML document becomes ours when its first line is typed.
    workspace.onDidChangeTextDocument(({ document }) => {
      if (current === undefined) startFor(document);
    }),
  ];
  workspace.textDocuments.forEach(startFor);

  return {
    state: () => state,
    onStateChange: changes.event,
    onPreviewProgress: previewProgress.event,
    async request<Answer>(method: string, parameters: object, token?: CancellationToken) {
      if (current === undefined) return undefined;
      const { client, started } = current;
      await started;
      try {
        return await client.sendRequest<Answer | null>(method, parameters, token);
      } catch (error) {
        if (token?.isCancellationRequested !== true) output.warn(`${method}: ${String(error)}`);
        return undefined;
      }
    },
    stop,
    async restart() {
      await stop();
      await start();
    },
    dispose() {
      listeners.forEach((listener) => void listener.dispose());
      changes.dispose();
      previewProgress.dispose();
    },
  };
}

function stateOf(state: State): ServerState {
  if (state === State.Running) return 'running';
  return state === State.Starting ? 'starting' : 'stopped';
}
