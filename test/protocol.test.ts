// The built language server, spoken to over stdio as an editor does.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Hover, InlayHint, Location, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  computeLayerMethod,
  previewLayerCommand,
  previewProgressMethod,
  type ComputeRequest,
  type ValuesAnswer,
} from '../server/src/protocol/preview.ts';
import { SERVER, ServerClient } from './server-client.ts';

const text = `block Stem(c):
    Conv2d(4, c, 3)

net A:
    input x: [N, 3, H=32, W=32]
    skip = Stem(8)
    Conv2d(8, 16, 1)
    Conv2d(8, 4, 1)(skip)
`;

describe.runIf(existsSync(SERVER))('the server', () => {
  let client: ServerClient;
  beforeAll(async () => {
    client = new ServerClient();
    await client.start();
  });
  afterAll(async () => {
    expect(await client.stop()).toBe(0);
  });

  it('publishes a diagnostic with its range, its code, and the place in the block that it comes from', async () => {
    const uri = 'file:///broken.nn';
    const [only, ...others] = (await client.open(uri, text)).filter(({ severity }) => severity === 1);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      code: 'channel-mismatch',
      source: 'shapelint',
      range: { start: { line: 5, character: 11 }, end: { line: 5, character: 18 } },
      message: expect.stringContaining('Conv2d is made for 4 channels, but its input has 3.') as string,
      relatedInformation: [{ location: { uri, range: { start: { line: 1, character: 11 }, end: { line: 1, character: 12 } } } }, {}],
    });
  });

  it('offers a fix, after which the diagnostic is gone', async () => {
    const uri = 'file:///fixed.nn';
    const [diagnostic] = await client.open(uri, text);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    });
    const fix = actions.find(({ title }) => title === 'Change in_channels to 3');
    const edits = fix?.edit?.changes?.[uri] ?? [];
    expect(edits).toEqual([{ range: { start: { line: 1, character: 11 }, end: { line: 1, character: 12 } }, newText: '3' }]);
    const left = await client.change(
      uri,
      2,
      edits.map(({ range, newText }) => ({ range, text: newText })),
    );
    expect(left.filter(({ code }) => code === 'channel-mismatch')).toEqual([]);
  });

  it('follows edits that come in parts, as the whole text would be read', async () => {
    const uri = 'file:///edited.nn';
    await client.open(uri, text);
    const edits: TextEdit[] = [
      { range: { start: { line: 1, character: 11 }, end: { line: 1, character: 12 } }, newText: '3' },
      { range: { start: { line: 8, character: 0 }, end: { line: 8, character: 0 } }, newText: '    MaxPool2d(0)\n' },
    ];
    const found = await client.change(
      uri,
      2,
      edits.map(({ range, newText }) => ({ range, text: newText })),
    );
    const whole = TextDocument.applyEdits(TextDocument.create(uri, 'shapelint', 1, text), edits);
    expect(found.map(({ code }) => code)).toContain('argument-range');
    expect(found.map(({ code, range }) => ({ code, range }))).toEqual(
      (await client.open('file:///whole.nn', whole)).map(({ code, range }) => ({ code, range })),
    );
  });

  it('shows sizes: in hovers, and behind each line', async () => {
    const uri = 'file:///sizes.nn';
    await client.open(uri, text.replace('Conv2d(4', 'Conv2d(3'));
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 6, character: 6 } });
    expect(JSON.stringify(hover.contents)).toContain('[N, 16, H - 2, W - 2]');
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } },
    });
    expect(hints.map(({ position, label }) => ({ position, label }))).toContainEqual({
      position: { line: 5, character: 18 },
      label: '[N, 8, H - 2, W - 2]',
    });
  });

  it('answers a hover at once while a preview computes, and cancels the preview when asked', async () => {
    const uri = 'file:///long.nn';
    // Hundreds of billions of multiplications: far more than are done before the hover is answered.
    await client.open(uri, 'net Long:\n    input x: [1, 256, 128, 128]\n    repeat 30: Conv2d(256, 256, 3, padding=1)\n    Sigmoid()\n');
    const begun = new Promise((resolve) => client.connection.onNotification(previewProgressMethod, resolve));
    const source = new CancellationTokenSource();
    let isComputing = true;
    const request: ComputeRequest = {
      textDocument: { uri },
      place: { position: { line: 3, character: 4 }, use: 0 },
      changes: [],
      sizes: {},
      id: 1,
      sample: { kind: 'ramp', seed: 0 },
      weights: { kind: 'identity', seed: 0 },
      shown: { input: 0, inputChannel: 0, outputChannel: 0 },
    };
    const values = client.connection
      .sendRequest<ValuesAnswer>(computeLayerMethod, request, source.token)
      .finally(() => (isComputing = false));
    expect(await Promise.race([begun, values])).toEqual({ id: 1, fraction: 0 });
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 6 } });
    expect(JSON.stringify(hover.contents)).toContain('Sigmoid');
    expect(isComputing).toBe(true);
    source.cancel();
    expect(await values).toEqual({ kind: 'cancelled' });
  });

  it('links to the preview where the client has one', async () => {
    const uri = 'file:///links.nn';
    const named = 'net Net:\n    input x: [1, 1, 4, 4]\n    Conv2d(1, 1, 3)\n';
    const position = { line: 2, character: 6 };
    const hoverOf = async (asked: ServerClient) =>
      JSON.stringify((await asked.request<Hover>('textDocument/hover', { textDocument: { uri }, position })).contents);
    await client.open(uri, named);
    expect(await hoverOf(client)).not.toContain('command:');
    const editor = new ServerClient();
    await editor.start({}, { preview: true });
    await editor.open(uri, named);
    const target = { uri, position: { line: 2, character: 4 } };
    const [, link = ''] = /command:shapelint\.previewLayer\?([^ )]*)/.exec(await hoverOf(editor)) ?? [];
    expect(JSON.parse(decodeURIComponent(link))).toEqual([target]);
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map(({ command }) => command)).toContainEqual({
      title: 'Preview',
      command: previewLayerCommand,
      arguments: [target],
    });
    expect(await editor.stop()).toBe(0);
  });

  it('goes from a name to where it is bound', async () => {
    const uri = 'file:///names.nn';
    await client.open(uri, text);
    const definition = await client.request<Location>('textDocument/definition', {
      textDocument: { uri },
      position: { line: 7, character: 22 },
    });
    expect(definition).toEqual({ uri, range: { start: { line: 5, character: 4 }, end: { line: 5, character: 8 } } });
  });

  it('turns a rule off when the settings say so', async () => {
    const uri = 'file:///settings.nn';
    expect((await client.open(uri, text)).map(({ code }) => code)).toContain('channel-mismatch');
    await client.notify('workspace/didChangeConfiguration', { settings: { shapelint: { rules: { 'channel-mismatch': 'off' } } } });
    while (client.latest(uri).some(({ code }) => code === 'channel-mismatch')) await client.publication();
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    while (!client.latest(uri).some(({ code }) => code === 'channel-mismatch')) await client.publication();
    expect(client.latest(uri).map(({ code }) => code)).toContain('channel-mismatch');
  });

  it('says nothing of what is closed, and nothing of what no language claims', async () => {
    const uri = 'file:///closed.nn';
    expect(await client.open(uri, text)).not.toEqual([]);
    await client.notify('textDocument/didClose', { textDocument: { uri } });
    while (client.latest(uri).length > 0) await client.publication();
    expect(client.latest(uri)).toEqual([]);
  });
});
