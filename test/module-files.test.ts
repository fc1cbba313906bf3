// Files with modules in the built language server: found on the disk, taken from what is open, read anew, and begun by a fix.
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, Location } from 'vscode-languageserver-protocol';
import { SERVER, ServerClient } from './server-client.ts';

const model = `nc: 4
scales:
  n: [0.33, 0.25, 1024]
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Mine, [128]]
head:
  - [[-1], 1, Detect, [nc]]
`;

describe.runIf(existsSync(SERVER))('files with modules', () => {
  const root = mkdtempSync(join(tmpdir(), 'shapelint-'));
  const address = (path: string) => pathToFileURL(join(root, path)).href;
  let client: ServerClient;

  beforeAll(async () => {
    mkdirSync(join(root, 'models'));
    writeFileSync(join(root, 'modules.nn'), 'block Mine(c1: channels, c2: width):\n    Conv(c1, c2, 3)\n');
    client = new ServerClient();
    await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'root' }],
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } },
    });
    await client.notify('initialized', {});
  });
  afterAll(async () => {
    expect(await client.stop()).toBe(0);
    rmSync(root, { recursive: true });
  });

  const actionsAt = (uri: string, line: number) => {
    const range = { start: { line, character: 12 }, end: { line, character: 12 } };
    return client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
  };

  it('are those above the model; a module leads to its block', async () => {
    const uri = address('models/a.yaml');
    expect(await client.open(uri, model, 'yaml')).toEqual([]);
    const place = { textDocument: { uri }, position: { line: 5, character: 14 } };
    expect(await client.request<Location>('textDocument/definition', place)).toEqual({
      uri: address('modules.nn'),
      range: { start: { line: 0, character: 6 }, end: { line: 0, character: 10 } },
    });
  });

  it('count as they are typed, and the models that use them are looked at anew', async () => {
    const uri = address('models/a.yaml');
    const modules = address('modules.nn');
    const next = client.publication();
    await client.open(modules, 'block Mine(c1: channels, c2: width):\n    Conv(c1 + 1, c2, 3)\n');
    await next;
    while (client.latest(uri).length === 0) await client.publication();
    expect(client.latest(uri).map(({ code }) => code)).toEqual(['channel-mismatch']);
    await client.change(modules, 2, [{ text: 'block Other():\n    ReLU()\n' }]);
    while (client.latest(uri)[0]?.code !== 'unknown-module') await client.publication();
    const added = (await actionsAt(uri, 5)).find(({ title }) => title.startsWith('Write a stub'));
    expect(added?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri: modules, version: null }, edits: [{ range: { start: { line: 2, character: 0 } } }] },
    ]);
    await client.notify('textDocument/didClose', { textDocument: { uri: modules } });
    while (client.latest(uri).length > 0) await client.publication();
  });

  it('are read anew when one comes or goes', async () => {
    const uri = address('models/a.yaml');
    rmSync(join(root, 'modules.nn'));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: address('modules.nn'), type: 3 }] });
    while (client.latest(uri).length === 0) await client.publication();
    const added = (await actionsAt(uri, 5)).find(({ title }) => title === 'Write a stub of `Mine` into a new file modules.nn');
    expect(added?.edit?.documentChanges).toMatchObject([
      { kind: 'create', uri: address('models/modules.nn') },
      { textDocument: { uri: address('models/modules.nn') } },
    ]);
  });
});
