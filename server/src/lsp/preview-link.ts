// Links from the text to the preview of a layer: what the client's command takes, and its form in Markdown.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { previewLayerCommand, type PreviewTarget } from '../protocol/preview.ts';

export function previewTarget(document: TextDocument, layerAt: number): PreviewTarget {
  return { uri: document.uri, position: document.positionAt(layerAt) };
}

/** A paragraph of its own, to stand behind a hover's text. */
export function previewLink(document: TextDocument, layerAt: number): string {
  const target = encodeURIComponent(JSON.stringify([previewTarget(document, layerAt)]));
  // Brackets would end the link in Markdown.
  const escaped = target.replace(/[()']/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `\n\n[Preview this layer](command:${previewLayerCommand}?${escaped} "Show this layer at work, with real numbers")`;
}
