// The language server: connects the features to a client. Knows no transport and no platform.
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MarkupKind,
  SymbolKind,
  TextDocumentSyncKind,
  TextDocuments,
  type CodeAction,
  type Connection,
  type DocumentSymbol,
  type InitializeParams,
  type Location,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis, Finding } from '../analysis/analyse.ts';
import { totalCost } from '../features/cost.ts';
import { codeLenses, previewLenses } from '../features/code-lenses.ts';
import { completions } from '../features/completion.ts';
import { definitionAt, referencesAt, type Definition } from '../features/definition.ts';
import { hoverAt } from '../features/hover/hover.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { outline, type OutlineItem } from '../features/outline.ts';
import { disabledQuickFixes, fixAllEdit, quickFixes } from '../features/quick-fixes.ts';
import { refactorings } from '../features/refactorings.ts';
import { previewLayerCommand } from '../protocol/preview.ts';
import { documentStatusMethod, type DocumentStatus } from '../protocol/status.ts';
import { settingsSection } from '../protocol/settings.ts';
import { createRunner, type StartWorker } from '../reference/runner.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';
import { isModuleFile } from '../languages/yolo/module-files.ts';
import { shippedText } from '../languages/yolo/library.ts';
import { shippedScheme, shippedTextMethod, type AddressRequest } from '../protocol/files.ts';
import { toAddition, toLspDiagnostic, toLspEdits, toLspRange } from './convert.ts';
import { clientFiles, NO_FILES, type FileAccess } from './file-access.ts';
import { ModuleFiles } from './module-files.ts';
import { previewLink, previewTarget } from './preview-link.ts';
import { servePreview } from './preview.ts';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';
import { AnalysisCache, takesModules } from './workspace.ts';

/** For `editor.codeActionsOnSave`. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.shapelint`;

/** `startWorker` is how this platform starts the worker in which the preview computes, `files` its own file system. */
export function startServer(connection: Connection, startWorker: StartWorker, files: FileAccess = NO_FILES): void {
  const documents = new TextDocuments(TextDocument);
  const cache = new AnalysisCache();
  const pending = new Set<string>();
  let settings = DEFAULT_SETTINGS;
  let client: InitializeParams | undefined;
  /** The folders of the workspace. */
  let folders: readonly string[] = [];

  const find = (uri: string): { document: TextDocument; analysis: Analysis } | undefined => {
    const document = documents.get(uri);
    const analysis = document === undefined ? undefined : cache.get(document, settings, (model) => modules.of(model));
    return document === undefined || analysis === undefined ? undefined : { document, analysis };
  };

  const modules = new ModuleFiles({
    access: () => (hasOption(client, 'files') ? clientFiles(connection) : files),
    openText: (uri) => documents.get(uri)?.getText(),
    rootOf: (uri) => folders.find((folder) => uri.startsWith(`${folder}/`)),
    named: () => settings.modules,
    changed: () => scheduleModels(),
  });
  /** What models say hangs on the files with modules; one whose modules are as they were has its analysis still. */
  function scheduleModels(): void {
    for (const document of documents.all()) if (takesModules(document)) schedule(document.uri);
  }

  connection.onInitialize((params) => {
    client = params;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri.replace(/\/+$/, ''));
    return {
      serverInfo: { name: 'shapelint' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        codeLensProvider: {},
        completionProvider: { triggerCharacters: [] },
      },
    };
  });

  connection.onInitialized(() => {
    const workspace = client?.capabilities.workspace;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.nn' }] });
    if (workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri.replace(/\/+$/, '')));
        folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => uri.replace(/\/+$/, ''))];
        rereadModules();
      });
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection });
    }
    void refreshSettings(undefined);
  });

  connection.onDidChangeWatchedFiles(rereadModules);

  function rereadModules(): void {
    modules.forget();
    scheduleModels();
  }

  connection.onDidChangeConfiguration(({ settings: sent }: { settings: unknown }) => void refreshSettings(sent));

  /** Asks the client for the settings where it can be asked; else takes what it has sent. */
  async function refreshSettings(sent: unknown): Promise<void> {
    const canAsk = client?.capabilities.workspace?.configuration === true;
    const answer: unknown = canAsk ? await connection.workspace.getConfiguration(settingsSection).catch(() => undefined) : sectionOf(sent);
    settings = readSettings(answer);
    modules.forget();
    for (const document of documents.all()) schedule(document.uri);
    if (client?.capabilities.workspace?.inlayHint?.refreshSupport === true)
      void connection.languages.inlayHint.refresh().catch(() => undefined);
  }

  /** Publishes after the messages that are waiting: of a burst of edits only the last is analysed. */
  function schedule(uri: string): void {
    if (pending.has(uri)) return;
    pending.add(uri);
    setTimeout(() => {
      pending.delete(uri);
      publish(uri);
    }, 0);
  }

  function publish(uri: string): void {
    const opened = documents.get(uri);
    // What is said once the modules have been read is not said before.
    if (opened !== undefined && takesModules(opened) && modules.of(uri) === undefined) return;
    const found = uri.startsWith(`${shippedScheme}:`) ? undefined : find(uri);
    if (found === undefined) {
      void connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    const { document, analysis } = found;
    const docs = docsFolder(client?.initializationOptions);
    const diagnostics = analysis.findings.map(({ diagnostic }) => toLspDiagnostic(document, diagnostic, docs));
    void connection.sendDiagnostics({ uri, version: document.version, diagnostics });
    if (hasOption(client, 'documentStatus')) void connection.sendNotification(documentStatusMethod, statusOf(document, analysis));
  }

  documents.onDidChangeContent(({ document }) => {
    schedule(document.uri);
    if (modules.textOf(document.uri) !== undefined) scheduleModels();
    // One that is new may not have been found yet.
    else if (document.version <= 1 && isModuleFile(document.uri)) rereadModules();
  });
  documents.onDidClose(({ document }) => {
    cache.forget(document.uri);
    if (modules.textOf(document.uri) !== undefined) scheduleModels();
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onHover(({ textDocument, position }) => {
    const found = find(textDocument.uri);
    const hover =
      found === undefined
        ? undefined
        : hoverAt(found.analysis, found.document.offsetAt(position), docsFolder(client?.initializationOptions));
    if (found === undefined || hover === undefined) return null;
    const link = hasOption(client, 'preview') && hover.layerAt !== undefined ? previewLink(found.document, hover.layerAt) : '';
    return { contents: { kind: MarkupKind.Markdown, value: hover.text + link }, range: toLspRange(found.document, hover.range) };
  });

  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const found = find(textDocument.uri);
    if (found === undefined || !settings.inlayHints) return [];
    const { document, analysis } = found;
    const within = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return inlayHints(analysis, within).map(({ offset, label, tooltip }) => ({
      position: document.positionAt(offset),
      label,
      paddingLeft: true,
      tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    }));
  });

  connection.onCodeAction(({ textDocument, range, context: { only = [] } }): CodeAction[] => {
    const found = find(textDocument.uri);
    if (found === undefined) return [];
    const { document, analysis } = found;
    const at = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const changeOf = (edits: readonly TextEdit[]) => ({ changes: { [document.uri]: toLspEdits(document, edits) } });
    const actions = isAsked(only, CodeActionKind.QuickFix) ? quickFixActions(document, analysis, at) : [];
    if (isAsked(only, CodeActionKind.RefactorRewrite)) {
      actions.push(
        ...refactorings(analysis, at).map(({ title, edits }): CodeAction => ({
          title,
          kind: CodeActionKind.RefactorRewrite,
          edit: changeOf(edits),
        })),
      );
    }
    // The fix for the whole file is worked out for those alone who ask for it by its kind.
    const edit = only.length > 0 && isAsked(only, FIX_ALL) ? fixAllEdit(analysis) : undefined;
    if (edit === undefined) return actions;
    return [...actions, { title: 'Make all preferred fixes', kind: FIX_ALL, edit: changeOf([edit]) }];
  });

  connection.onCodeLens(({ textDocument }) => {
    const found = find(textDocument.uri);
    if (found === undefined) return [];
    const { document, analysis } = found;
    // A lens without a command is text that cannot be clicked.
    const words = codeLenses(analysis).map(({ range, title }) => ({ range: toLspRange(document, range), command: { title, command: '' } }));
    if (!hasOption(client, 'preview')) return words;
    const links = previewLenses(analysis).map(({ range, layerAt }) => ({
      range: toLspRange(document, range),
      command: { title: 'Preview', command: previewLayerCommand, arguments: [previewTarget(document, layerAt)] },
    }));
    return [...links, ...words];
  });

  function quickFixActions(document: TextDocument, analysis: Analysis, at: Range): CodeAction[] {
    const docs = docsFolder(client?.initializationOptions);
    const base = ({ diagnostic }: Finding) => ({
      kind: CodeActionKind.QuickFix,
      diagnostics: [toLspDiagnostic(document, diagnostic, docs)],
    });
    const canMakeFiles = client?.capabilities.workspace?.workspaceEdit?.resourceOperations?.includes('create') === true;
    const actions = quickFixes(analysis, at)
      .filter(({ addition }) => addition === undefined || canMakeFiles)
      .map(({ title, edits, addition, preferred, finding }): CodeAction => ({
        ...base(finding),
        title,
        isPreferred: preferred,
        edit: addition === undefined ? { changes: { [document.uri]: toLspEdits(document, edits) } } : toAddition(document, addition),
      }));
    if (client?.capabilities.textDocument?.codeAction?.disabledSupport !== true) return actions;
    return [
      ...actions,
      ...disabledQuickFixes(analysis, at).map(({ title, reason, finding }): CodeAction => ({
        ...base(finding),
        title,
        disabled: { reason },
      })),
    ];
  }

  connection.onDefinition(({ textDocument, position }) => {
    const found = find(textDocument.uri);
    const definition = found === undefined ? undefined : definitionAt(found.analysis, found.document.offsetAt(position));
    return found === undefined || definition === undefined ? null : toLocation(found.document, definition);
  });

  connection.onRequest(shippedTextMethod, ({ uri }: AddressRequest): string | null => shippedText(uri) ?? null);

  /** Undefined where the client could not open the file. */
  function toLocation(document: TextDocument, { range, file }: Definition): Location | null {
    if (file === undefined) return { uri: document.uri, range: toLspRange(document, range) };
    const isShipped = file.startsWith(`${shippedScheme}:`);
    const text = isShipped ? shippedText(file) : modules.textOf(file);
    if (text === undefined || (isShipped && !hasOption(client, 'files'))) return null;
    return { uri: file, range: toLspRange(TextDocument.create(file, 'shapelint', 0, text), range) };
  }

  connection.onReferences(({ textDocument, position }) => {
    const found = find(textDocument.uri);
    if (found === undefined) return [];
    return referencesAt(found.analysis, found.document.offsetAt(position)).map((range) => ({
      uri: textDocument.uri,
      range: toLspRange(found.document, range),
    }));
  });

  connection.onDocumentHighlight(({ textDocument, position }) => {
    const found = find(textDocument.uri);
    if (found === undefined) return [];
    return referencesAt(found.analysis, found.document.offsetAt(position)).map((range) => ({ range: toLspRange(found.document, range) }));
  });

  connection.onDocumentSymbol(({ textDocument }) => {
    const found = find(textDocument.uri);
    return found === undefined ? [] : outline(found.analysis).map((item) => toSymbol(found.document, item));
  });

  connection.onCompletion(({ textDocument, position }) => {
    const found = find(textDocument.uri);
    return found === undefined ? [] : [...completions(found.analysis, found.document.offsetAt(position))];
  });

  const runner = createRunner(startWorker);
  servePreview(connection, runner, find);
  connection.onShutdown(runner.dispose);

  documents.listen(connection);
  connection.listen();
}

/** Whether a client that asks for some kinds, or for all, asks for this one: `source` includes `source.fixAll`. */
function isAsked(only: readonly CodeActionKind[], kind: CodeActionKind): boolean {
  return only.length === 0 || only.some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
}

/** The section of ours in what a client pushes, which some wrap in its name and some do not. */
function sectionOf(sent: unknown): unknown {
  return typeof sent === 'object' && sent !== null && settingsSection in sent ? sent[settingsSection] : sent;
}

function docsFolder(options: unknown): string | undefined {
  const docs: unknown = typeof options === 'object' && options !== null && 'docs' in options ? options.docs : undefined;
  return typeof docs === 'string' ? docs : undefined;
}

/** A message of ours is for clients that say that they know it. */
function hasOption(client: InitializeParams | undefined, name: 'documentStatus' | 'files' | 'preview'): boolean {
  const options: unknown = client?.initializationOptions;
  return typeof options === 'object' && options !== null && Object.entries(options).some(([key, value]) => key === name && value === true);
}

function statusOf({ uri, version }: TextDocument, { document }: Analysis): DocumentStatus {
  const networks = document.networks.map(({ name, nodes }) => {
    const { parameters } = totalCost(nodes);
    return { name, layers: nodes.length, parameters: typeof parameters === 'number' ? parameters : null };
  });
  return { uri, version, networks };
}

const SYMBOL_KINDS = { network: SymbolKind.Class, block: SymbolKind.Function, layer: SymbolKind.Field } as const;

function toSymbol(document: TextDocument, item: OutlineItem): DocumentSymbol {
  return {
    name: item.name === '' ? '?' : item.name,
    detail: item.detail,
    kind: SYMBOL_KINDS[item.kind],
    range: toLspRange(document, item.range),
    selectionRange: toLspRange(document, item.nameRange),
    children: item.children.map((child) => toSymbol(document, child)),
  };
}
