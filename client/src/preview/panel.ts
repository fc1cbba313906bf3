// The preview panel: follows the cursor or stays with a layer, and asks the server for what it shows.
import {
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { LayerPlace, PreviewRange } from '../../../server/src/protocol/preview.ts';
import { isOurs } from '../claims.ts';
import type { Server } from '../server.ts';
import { chooseFile } from './files.ts';
import { previewHtml } from './html.ts';
import { INITIAL_OPTIONS, type FromPage, type PreviewOptions, type SavedState, type ToPage } from './messages.ts';
import { createQuestions } from './questions.ts';

/** A cursor that moves on within this many milliseconds has not arrived. */
const DEBOUNCE = 90;

export interface PreviewPanel {
  /** Shows what the cursor of an editor is on, unless the panel is pinned. */
  readonly follow: (editor: TextEditor | undefined) => void;
  /** Shows the layer at a place, pinned or not. */
  readonly show: (uri: Uri, position: LayerPlace['position']) => void;
}

/** Fills a panel of the editor. */
export function openPanel(panel: WebviewPanel, server: Server, extension: Uri, saved: SavedState | undefined): PreviewPanel {
  const post = (message: ToPage) => void panel.webview.postMessage(message);
  const questions = createQuestions(server, post);
  // `isChosen`: this use of the line was asked for in the page.
  let subject: { readonly uri: Uri; readonly place: LayerPlace; readonly isChosen: boolean } | undefined;
  let options: PreviewOptions = { ...INITIAL_OPTIONS, ...saved?.options };
  let [isPinned, isReady] = [saved?.pinned ?? false, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  if (saved !== undefined) subject = { uri: Uri.parse(saved.uri), place: saved.place, isChosen: true };

  function ask(): void {
    clearTimeout(timer);
    if (!isReady || subject === undefined) return;
    const { uri, place } = subject;
    panel.title = `Preview ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`;
    void questions.ask(uri, place, options, isPinned).then((found) => {
      // A line of another layer has other arguments: what was tried there is not tried here.
      if (found?.isOther === true) options = { ...options, changes: [], shown: INITIAL_OPTIONS.shown };
      if (found !== undefined && subject?.uri.toString() === uri.toString()) subject = { ...subject, place: found.place };
    });
  }

  function askSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  }

  function follow(editor: TextEditor | undefined): void {
    if (editor === undefined || !isOurs(editor.document) || isPinned) return;
    const { active } = editor.selection;
    show(editor.document.uri, { line: active.line, character: active.character });
  }

  function show(uri: Uri, position: LayerPlace['position']): void {
    subject = { uri, place: { position, use: null }, isChosen: false };
    askSoon();
  }

  async function reveal({ start, end }: PreviewRange): Promise<void> {
    if (subject === undefined) return;
    const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === subject?.uri.toString());
    const range = new Range(start.line, start.character, end.line, end.character);
    const editor = await window.showTextDocument(subject.uri, { viewColumn: open?.viewColumn ?? ViewColumn.One, preserveFocus: true });
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async function apply({ edits, version }: Extract<FromPage, { type: 'apply' }>): Promise<void> {
    if (subject === undefined) return;
    const document = await workspace.openTextDocument(subject.uri);
    if (document.version !== version) {
      post({ type: 'notice', message: 'The text has changed since. It is looked at again; then apply it once more.' });
      ask();
      return;
    }
    const change = new WorkspaceEdit();
    for (const { range, newText } of edits) {
      change.replace(subject.uri, new Range(range.start.line, range.start.character, range.end.line, range.end.character), newText);
    }
    options = { ...options, changes: [] };
    await workspace.applyEdit(change);
    ask();
  }

  async function receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        isReady = true;
        options = message.options;
        // After a reload nobody else may have opened the file; the server knows open ones only.
        if (subject !== undefined) await workspace.openTextDocument(subject.uri).then(undefined, () => undefined);
        ask();
        break;
      case 'options':
        options = message.options;
        ask();
        break;
      case 'show':
        if (subject !== undefined) subject = { ...subject, place: message.place, isChosen: true };
        options = { ...options, changes: [] };
        ask();
        return reveal({ start: message.place.position, end: message.place.position });
      case 'reveal':
        return reveal(message.range);
      case 'apply':
        return apply(message);
      case 'pin':
        isPinned = message.pinned;
        if (!isPinned) follow(window.visibleTextEditors.find(({ document }) => document.uri.toString() === subject?.uri.toString()));
        ask();
        break;
      case 'choose': {
        const answer = await chooseFile(message.purpose, server);
        if (answer !== undefined) post(answer);
      }
    }
  }

  function isSubject(document: TextDocument): boolean {
    return subject?.uri.toString() === document.uri.toString();
  }

  const listeners: { readonly dispose: () => unknown }[] = [
    panel.webview.onDidReceiveMessage((message: FromPage) => void receive(message)),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      // A place that the panel itself has revealed is shown already.
      const at = subject?.place.position;
      const { line } = textEditor.selection.active;
      if (isSubject(textEditor.document) && at?.line === line && subject?.isChosen === true) return;
      follow(textEditor);
    }),
    window.onDidChangeActiveTextEditor(follow),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isSubject(document) || contentChanges.length === 0 || subject === undefined) return;
      // A layer that is pinned moves with the lines above it.
      let { line } = subject.place.position;
      const { character } = subject.place.position;
      for (const { range, text } of contentChanges) {
        if (isPinned && range.end.line < line) line += text.split('\n').length - 1 - (range.end.line - range.start.line);
      }
      // A plain object: to a worker in a browser no class arrives as it is.
      subject = { ...subject, place: { ...subject.place, position: { line: Math.max(line, 0), character } } };
      askSoon();
    }),
    server.onStateChange((state) => {
      if (state === 'running') askSoon();
    }),
    questions,
  ];
  panel.onDidDispose(() => {
    clearTimeout(timer);
    listeners.forEach((listener) => void listener.dispose());
  });
  panel.webview.html = previewHtml(panel.webview, extension);
  return { follow, show };
}
