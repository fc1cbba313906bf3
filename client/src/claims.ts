// Which documents are ours. Most YAML is not: it never reaches the server, so that it costs nothing.
import type { DocumentSelector } from 'vscode-languageclient';
import { languages, Range, type TextDocument } from 'vscode';

const shapelintLanguageId = 'shapelint';
const yamlLanguageId = 'yaml';
const prototxtLanguageId = 'prototxt';
const jsonLanguageId = 'json';
export const darknetLanguageId = 'darknet';
/** What editors call files that end in .cfg: Darknet's are told from the others by their first section. */
const configurationLanguageIds = ['properties', 'ini', 'plaintext'];

/** What the server may be asked about; which YAML documents really are sent is decided by `isOurs`. */
export const documentSelector: DocumentSelector = [
  { language: shapelintLanguageId },
  { language: yamlLanguageId },
  { language: prototxtLanguageId },
  { language: jsonLanguageId },
  { language: darknetLanguageId },
  ...configurationLanguageIds.map((language) => ({ language, pattern: '**/*.cfg' })),
];

/** Where the status item shows, besides the YAML documents that are known by their content. */
export const statusSelector = [{ language: shapelintLanguageId }, { language: yamlLanguageId, pattern: '**/*.nn.{yaml,yml}' }];

/** A top-level key `shapelint`: at the start of a line, quoted or not. */
const mark = /^(?:shapelint|"shapelint"|'shapelint')[ \t]*:[ \t]*1\b/m;

/** A YOLO model: a backbone or a head, and a row such as `[-1, 1, Conv, [64, 3, 2]]`. */
const section = /^(?:backbone|head)[ \t]*:/m;
const row = /\[\s*(?:-?\d+|\[[-\d,\s]*\])\s*,\s*-?\d+\s*,\s*["']?[A-Za-z_][\w.]*["']?\s*[,\]]/;

/** The key stands near the top where it stands at all; a generated file of megabytes is not read to its end at each key press. */
const head = new Range(0, 0, 200, 0);

/** A layer at the start of a line, or the input of a network: solvers and label maps have neither. */
const layer = /^(?:layers?\b[ \t]*:?[ \t]*(?:[{<]|$)|input_(?:dim|shape)\b)/m;

/** A layer of a Keras model: `"class_name": "Conv2D"` and its settings, or a whole model written as a string. */
const kerasLayer = /"class_name\\?"[ \t]*:/;

/** The first section of a network, behind nothing but comments. */
const netSection = /^(?:[ \t]*(?:[#;].*)?\r?\n)*[ \t]*\[[ \t]*net(?:work)?[ \t]*\]/;

function isConfiguration({ languageId, fileName }: TextDocument): boolean {
  return languageId === darknetLanguageId || (configurationLanguageIds.includes(languageId) && /\.cfg$/i.test(fileName));
}

/** Whether a .cfg, whatever the editor calls it, is a network of Darknet's. */
export function isDarknet(document: TextDocument): boolean {
  return isConfiguration(document) && netSection.test(document.getText(head));
}

export function isOurs(document: TextDocument): boolean {
  if (isConfiguration(document)) return isDarknet(document);
  if (document.languageId === jsonLanguageId) return kerasLayer.test(document.getText(head));
  if (document.languageId === prototxtLanguageId) return layer.test(document.getText(head));
  if (languages.match(statusSelector, document) > 0) return true;
  if (document.languageId !== yamlLanguageId) return false;
  const text = document.getText(head);
  return mark.test(text) || (section.test(text) && row.test(text));
}
