// Between offsets and LSP's lines and characters.
import {
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Addition } from '../analysis/fixes.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toLspRange(document: TextDocument, { start, end }: Range): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** `docs` is the address of the folder with a page for each code, where the client has told one. */
export function toLspDiagnostic(document: TextDocument, diagnostic: Diagnostic, docs: string | undefined): LspDiagnostic {
  const { code, severity, message, range, related } = diagnostic;
  return {
    range: toLspRange(document, range),
    severity: SEVERITIES[severity],
    code,
    source: 'shapelint',
    message,
    ...(docs !== undefined && { codeDescription: { href: `${docs}/${code}.md` } }),
    ...(related.length > 0 && {
      relatedInformation: related.map(({ message: text, range: at, file }) => {
        const holder = file === undefined ? document : TextDocument.create(file.path, 'shapelint', 0, file.text);
        return { message: text, location: { uri: holder.uri, range: toLspRange(holder, at) } };
      }),
    }),
  };
}

export function toLspEdits(document: TextDocument, edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map(({ range, newText }) => ({ range: toLspRange(document, range), newText }));
}

/** Puts text at the end of a file with modules, and makes it beside the document where there is none. */
export function toAddition({ uri }: TextDocument, { file, text }: Addition): WorkspaceEdit {
  const target = file?.path ?? `${uri.slice(0, uri.lastIndexOf('/'))}/modules.nn`;
  const existing = TextDocument.create(target, 'shapelint', 0, file?.text ?? '');
  const end = existing.positionAt(existing.getText().length);
  const edit = { textDocument: { uri: target, version: null }, edits: [{ range: { start: end, end }, newText: text }] };
  return { documentChanges: file === undefined ? [{ kind: 'create', uri: target, options: { ignoreIfExists: true } }, edit] : [edit] };
}
