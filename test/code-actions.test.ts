// Code actions over the protocol: quick fixes, disabled ones for clients that show them, and the fix for the whole file.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type InitializeResult,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from '../server/src/lsp/server.ts';

const URI = 'file:///net.nn';
const TEXT = `net Net:
    input x: [N, 3, 56, 56]
    Conv2d(4, 64, 3, padding=1)
    skip = Conv2d(32, 8, 3, padding=1)
    ConvTranspose2d(_, 8, 2, stride=2) -> [N, 8, 114, 114]
`;

describe.each([true, false])('for a client that shows disabled actions: %s', (disabledSupport) => {
  let client: MessageConnection;
  let answer: InitializeResult;

  beforeAll(async () => {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), () => {
      throw new Error('nothing is computed here');
    });
    client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.listen();
    answer = await client.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { codeAction: { disabledSupport } } },
    });
    await client.sendNotification('initialized', {});
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'shapelint', version: 1, text: TEXT } });
  });
  afterAll(() => {
    client.dispose();
  });

  const actions = async (only?: readonly string[]): Promise<CodeAction[]> => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    return client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: URI },
      range,
      context: { diagnostics: [], ...(only !== undefined && { only }) },
    });
  };

  it('says which kinds there are', () => {
    expect(answer.capabilities.codeActionProvider).toMatchObject({
      codeActionKinds: expect.arrayContaining(['quickfix', 'source.fixAll.shapelint']) as unknown,
    });
  });

  it('offers quick fixes, preferred where one is sure', async () => {
    const offered = await actions(['quickfix']);
    expect(offered.filter(({ isPreferred }) => isPreferred === true).map(({ title }) => title)).toEqual([
      'Change in_channels to 3',
      'Change in_channels to 64',
    ]);
    expect(offered.every(({ kind, edit, disabled }) => kind === 'quickfix' && (edit === undefined) === (disabled !== undefined))).toBe(
      true,
    );
    expect(offered.flatMap(({ disabled }) => (disabled === undefined ? [] : [disabled.reason]))).toEqual(
      disabledSupport
        ? ['output_padding would have to be 2, but must be below 2', 'padding would have to be -1, but must be at least 0']
        : [],
    );
  });

  it.each(['source', 'source.fixAll', 'source.fixAll.shapelint'])('makes all preferred fixes for %s', async (kind) => {
    const [action, ...more] = await actions([kind]);
    expect(more).toEqual([]);
    expect(action).toMatchObject({ kind: 'source.fixAll.shapelint' });
    const text = TextDocument.applyEdits(TextDocument.create(URI, 'shapelint', 1, TEXT), action?.edit?.changes?.[URI] ?? []);
    expect(text).toBe(TEXT.replace('Conv2d(4,', 'Conv2d(3,').replace('Conv2d(32,', 'Conv2d(64,'));
  });

  it('writes the number that a `_` stands for', async () => {
    const [action, ...more] = await actions(['refactor']);
    expect(more).toEqual([]);
    expect(action).toMatchObject({ title: 'Write in_channels as 8', kind: 'refactor.rewrite' });
    expect(action?.edit?.changes?.[URI]).toMatchObject([{ newText: '8' }]);
  });

  it('offers nothing of another kind', async () => {
    expect(await actions(['source.organizeImports'])).toEqual([]);
  });
});
