// What the tests need of the editor: open a file, wait for its problems. Events are awaited; nothing sleeps.
import * as vscode from 'vscode';

/** How long an answer may take: on a machine with much to do an editor is slow by seconds. */
const patience = 60_000;
/** For a whole test, which waits for several. */
export const longestTest = 4 * patience;

function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document);
  return document;
}

export function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'shapelint');
}

/** The codes of our diagnostics, in order, once they are what is expected. */
export function codesBecome(uri: vscode.Uri, ...expected: string[]): Promise<vscode.Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const isThere = () => codesOf(ours(uri)).join() === expected.join();
    const done = () => {
      listener.dispose();
      clearTimeout(timer);
    };
    const check = () => {
      if (!isThere()) return;
      done();
      resolve(ours(uri));
    };
    const listener = vscode.languages.onDidChangeDiagnostics(check);
    const timer = setTimeout(() => {
      done();
      reject(new Error(`expected [${expected.join()}] in ${uri.path}, but there is [${codesOf(ours(uri)).join()}]`));
    }, patience);
    check();
  });
}

function codesOf(diagnostics: readonly vscode.Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

export async function edit(document: vscode.TextDocument, change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const edits = new vscode.WorkspaceEdit();
  change(edits);
  if (!(await vscode.workspace.applyEdit(edits))) throw new Error(`the edit of ${document.uri.path} was refused`);
}

/** The place of `text` in a document, `into` characters behind its start. */
export function placeOf(document: vscode.TextDocument, text: string, into = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`no ${text} in ${document.uri.path}`);
  return document.positionAt(at + into);
}

export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')))
    .join('\n');
}

export async function inlayLabels(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

export async function codeActions(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind);
}

/** Asks again and again, each time with a round trip through the server, until the answer is right. */
export async function eventually<T>(ask: () => Thenable<T>, isRight: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`the answer stayed ${JSON.stringify(answer)}`);
  }
}

/** Takes back edits of ours, of which there is nothing else, until the text is what it was. */
export async function undo(document: vscode.TextDocument, text: string): Promise<void> {
  await eventually(
    async () => {
      // The command is for the editor that has the focus.
      await vscode.window.showTextDocument(document);
      if (document.getText() !== text) await vscode.commands.executeCommand('undo');
      return document.getText();
    },
    (found) => found === text,
  );
}

export async function set(section: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('shapelint').update(section, value, vscode.ConfigurationTarget.Global);
}
