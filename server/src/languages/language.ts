// What a language is: how to tell its files, read them into networks, and write an edit back.
import type { NetworkBuilder } from '../network/builder.ts';
import type { LoweredDocument, Network, Node } from '../network/network.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';

/** A file beside the document that blocks are taken from. */
export interface ModuleFile {
  /** As it is to be shown and opened: a path or an address. */
  readonly path: string;
  readonly text: string;
}

export interface Language {
  /** As in `docs/languages/<id>.md` and in the JSON of the command line. */
  readonly id: string;
  readonly name: string;
  /** Whether a file is this language's, by its name and the text it begins with. `path` has forward slashes. */
  readonly claims: (path: string, text: string) => boolean;
  /** A longer text is not read; absent where reading is as quick as of most. */
  readonly longestText?: number;
  /** Never throws, whatever the text. `modules` are the user's files with modules, the nearest first. */
  readonly read: (text: string, createBuilder: () => NetworkBuilder, path: string, modules?: readonly ModuleFile[]) => LoweredDocument;
  /** The edits that give an argument of a node a new value, written as in Python; undefined where it cannot be written. */
  readonly setArgument: (text: string, node: Node, name: string, value: string) => readonly TextEdit[] | undefined;
  /** The edits that apply a call to an input of a node before the node takes it; `name` says what the result may be called. */
  readonly applyBefore: (text: string, node: Node, input: number, call: string, name: string) => readonly TextEdit[] | undefined;
  /** The edits that add a requirement to a network. */
  readonly addRequirement: (text: string, network: Network, condition: string) => readonly TextEdit[] | undefined;
  /** The networks with symbols, H and W, for the sizes of images that the format can only write as numbers; absent where it has symbols. */
  readonly readFree?: (text: string, createBuilder: () => NetworkBuilder) => readonly Network[];
  /** How a name is written in place of a size of an input, where it is not as it is. */
  readonly symbolText?: (name: string) => string;
  /** What a word of the format means at a place, where the format has words of its own to explain; absent where it has none. */
  readonly describe?: (text: string, offset: number, place: TextPlace) => WordHelp | undefined;
  /** What may be written at a place, where that is no call of an operator; absent for the language of calls. */
  readonly complete?: (text: string, offset: number) => readonly LanguageCompletion[];
  /** Changes of the text at a place that keep what it means, in the format's own terms; absent where there are none. */
  readonly refactorings?: (text: string, range: Range) => readonly LanguageRefactoring[];
}

/** Where a text stands, as `read` gets it. */
export interface TextPlace {
  readonly path: string;
  readonly modules: readonly ModuleFile[];
}

export interface LanguageCompletion {
  readonly label: string;
  readonly detail: string;
  readonly insertText: string;
}

export interface WordHelp {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

export interface LanguageRefactoring {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}
