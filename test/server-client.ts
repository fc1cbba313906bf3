// A client of the built server over stdio, as small as a test needs: requests, notifications, and waiting for either.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import type { Diagnostic, PublishDiagnosticsParams, TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';

/** What `npm run build` makes. */
export const SERVER = fileURLToPath(new URL('../dist/server.js', import.meta.url));

export class ServerClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private waiting: (() => void)[] = [];

  constructor() {
    const server = spawn(process.execPath, ['--max-semi-space-size=64', SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process = server;
    this.connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      const woken = this.waiting;
      this.waiting = [];
      for (const wake of woken) wake();
    });
    this.connection.listen();
  }

  request<Answer>(method: string, params: object): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, params);
  }

  notify(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  async start(capabilities: object = {}, initializationOptions: object = {}): Promise<{ readonly capabilities: object }> {
    const answer = await this.request<{ readonly capabilities: object }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions,
    });
    await this.notify('initialized', {});
    return answer;
  }

  /** Opens a document and gives its diagnostics. */
  async open(uri: string, text: string, languageId = 'shapelint'): Promise<readonly Diagnostic[]> {
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return this.diagnostics(uri, 1);
  }

  async change(uri: string, version: number, contentChanges: readonly TextDocumentContentChangeEvent[]): Promise<readonly Diagnostic[]> {
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return this.diagnostics(uri, version);
  }

  /** The diagnostics of a version of a document, once they are there. */
  async diagnostics(uri: string, version: number): Promise<readonly Diagnostic[]> {
    for (;;) {
      const known = this.published.get(uri);
      if (known?.version === version) return known.diagnostics;
      await this.publication();
    }
  }

  /** The next diagnostics that are published for any document. */
  publication(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  latest(uri: string): readonly Diagnostic[] {
    return this.published.get(uri)?.diagnostics ?? [];
  }

  /** Ends the server as a client does, and gives its exit code. */
  async stop(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.notify('exit', {});
    await exited;
    this.connection.dispose();
    return this.process.exitCode;
  }
}
