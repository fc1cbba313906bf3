// What the preview panel asks the server: a layer in words and numbers at once, then its values, worked out in a worker.
import type { WindowDescription } from './preview-window.ts';

/** Answers with a `LayerAnswer`, without running anything. */
export const describeLayerMethod = 'shapelint/preview/describe';
/** Answers with a `ValuesAnswer`. Cancelled as every request; a newer one cancels the older. */
export const computeLayerMethod = 'shapelint/preview/compute';
/** Server to client, a `PreviewProgress`, while values are worked out. */
export const previewProgressMethod = 'shapelint/preview/progress';
/** Hands the bytes of a file over, once; answers with a `LoadedFile`. */
export const loadFileMethod = 'shapelint/preview/load';

/** The client's command that opens the panel, with a `PreviewTarget` for a certain layer. Clients that have it say `preview: true` in their initialization options. */
export const previewLayerCommand = 'shapelint.previewLayer';

/** A layer to show, from a link. */
export interface PreviewTarget {
  readonly uri: string;
  readonly position: PreviewPosition;
}

/** Zero-based, in UTF-16 units, as in the protocol of language servers. */
export interface PreviewPosition {
  readonly line: number;
  readonly character: number;
}

export interface PreviewRange {
  readonly start: PreviewPosition;
  readonly end: PreviewPosition;
}

/** A layer by a place in the text; `use` says which, where a line is several layers: in a block or a loop, or in a format whose rows are modules. */
export interface LayerPlace {
  readonly position: PreviewPosition;
  /** Null for the first one with a window. */
  readonly use: number | null;
}

/** A value that is tried for an argument, written as in Python. */
export interface ArgumentChange {
  readonly name: string;
  readonly value: string;
}

export interface LayerRequest {
  readonly textDocument: { readonly uri: string };
  readonly place: LayerPlace;
  /** What is tried without being written. */
  readonly changes: readonly ArgumentChange[];
  /** Numbers for symbols, in place of the samples of the text. */
  readonly sizes: Readonly<Record<string, number>>;
}

export type LayerAnswer = NoLayer | LayerDescription;

/** Nothing at that place can be shown. */
export interface NoLayer {
  readonly kind: 'none';
  readonly message: string;
}

export interface LayerDescription {
  readonly kind: 'layer';
  readonly version: number;
  readonly place: LayerPlace & { readonly use: number };
  /** All uses of the line, in order; one where it stands in no block or loop. */
  readonly uses: readonly string[];
  readonly network: string;
  readonly operator: string;
  /** The bound name, if there is one. */
  readonly name: string | null;
  /** The call as it is written, with what is tried. */
  readonly call: string;
  readonly summary: string;
  readonly range: PreviewRange;
  readonly inputs: readonly PreviewShape[];
  readonly outputs: readonly PreviewShape[];
  /** Null for an operator without a window. */
  readonly window: WindowDescription | null;
  readonly axes: readonly AxisWords[];
  readonly guide: GuideWords | null;
  readonly controls: readonly ArgumentControl[];
  readonly symbols: readonly PreviewSymbol[];
  readonly chain: readonly ChainLink[];
  readonly trial: Trial | null;
  /** Why there are no values, and what to do. */
  readonly obstacle: Obstacle | null;
}

export interface PreviewShape {
  readonly label: string;
  /** As everywhere else: `[N, 64, H//2, W//2]`. */
  readonly text: string;
  /** Null where a size is not known. */
  readonly sizes: readonly number[] | null;
}

/** The arithmetic of one axis in words, or of all where they agree. */
export interface AxisWords {
  readonly name: string;
  readonly formula: string;
  readonly notes: readonly string[];
}

export interface GuideWords {
  readonly name: string;
  readonly relationship: number;
}

/** An argument that a slider may change. */
export interface ArgumentControl {
  readonly name: string;
  readonly doc: string;
  /** One for each axis. */
  readonly values: readonly number[];
  readonly axes: readonly string[];
  /** As it is written, `"same"` or `k // 2`; null where the default counts. */
  readonly written: string | null;
  /** What the slider spans. */
  readonly minimum: number;
  readonly maximum: number;
  /** Why no other value can be written here; null where one can. */
  readonly fixed: string | null;
  /** What is legal here on each axis, with all other arguments as they are; null where that is not known. */
  readonly legal: readonly (readonly [number, number])[] | null;
}

export interface PreviewSymbol {
  readonly name: string;
  /** What is used: asked for, else the sample of the text. */
  readonly value: number | null;
  readonly sample: number | null;
  /** A small size that fits, for where there is no number. */
  readonly suggested: number;
}

/** A layer on the way from the input to the one that is shown; that one is the last. */
export interface ChainLink {
  /** Null for an input of the network. */
  readonly place: LayerPlace | null;
  readonly range: PreviewRange;
  readonly name: string;
  readonly operator: string;
  readonly shape: string;
}

/** What changes would do. */
export interface Trial {
  /** The edits that write them. */
  readonly edits: readonly { readonly range: PreviewRange; readonly newText: string }[];
  /** Problems that the text has with them and does not have without. */
  readonly newProblems: readonly TrialProblem[];
  /** How many problems are gone with them. */
  readonly solved: number;
  /** Output shapes without the changes. */
  readonly before: readonly string[];
}

export interface TrialProblem {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly range: PreviewRange;
  /** Whether it is on the line of the layer itself. */
  readonly isHere: boolean;
}

export interface Obstacle {
  readonly message: string;
  readonly advice: string;
}

export type SampleKind = 'ramp' | 'impulse' | 'checkerboard' | 'noise' | 'file' | 'image';
export type WeightKind = 'he' | 'ones' | 'identity' | 'blur' | 'sobel' | 'file';

export interface ComputeRequest extends LayerRequest {
  /** Told by the client; progress names it. */
  readonly id: number;
  readonly sample: SampleRequest;
  readonly weights: WeightRequest;
  readonly shown: ShownParts;
}

/** What the panel shows now: it is sent in any case, where there is too much to send all. */
export interface ShownParts {
  /** Which of the layer's inputs; a join has several. */
  readonly input: number;
  readonly inputChannel: number;
  readonly outputChannel: number;
}

export interface SampleRequest {
  readonly kind: SampleKind;
  readonly seed: number;
  /** For `file`: what `load` has answered. */
  readonly file?: string;
  /** For `image`: red, green, blue planes from 0 to 1, decoded by the page. */
  readonly image?: EncodedTensor;
}

export interface WeightRequest {
  readonly kind: WeightKind;
  readonly seed: number;
  readonly file?: string;
}

/** Float32, little-endian, as base64. */
export interface EncodedTensor {
  readonly shape: readonly number[];
  readonly data: string;
}

export interface PreviewProgress {
  readonly id: number;
  /** From 0 to 1. */
  readonly fraction: number;
}

export type ValuesAnswer = LayerValues | { readonly kind: 'refused'; readonly obstacle: Obstacle } | { readonly kind: 'cancelled' };

export interface LayerValues {
  readonly kind: 'values';
  readonly version: number;
  /** Which input is shown. */
  readonly inputIndex: number;
  /** That input, of the first item of the batch; null for an operator without any. */
  readonly input: MapTensor | null;
  /** The first output. */
  readonly output: MapTensor;
  readonly weight: KernelTensor | null;
  /** One number for each output channel that is sent. */
  readonly bias: EncodedTensor | null;
  /** As many as the chain has links; null where there is no picture of it. */
  readonly thumbnails: readonly (EncodedTensor | null)[];
  /** Of each input, in the order of the description. */
  readonly inputThumbnails: readonly (EncodedTensor | null)[];
  /** Of an operator without a window; null where it is not known. */
  readonly links: CellLinks | null;
}

/** Which cells of the inputs an output cell is made of. */
export type CellLinks =
  /** By the axes of the input that is shown: the axis of the output on which the place is the same; null for an axis that is read as a whole. */
  | { readonly kind: 'axes'; readonly axes: readonly (number | null)[] }
  /** For each cell of the output maps the cell that it is a copy of, in all inputs one after the other; -1 for a constant. */
  | { readonly kind: 'copies'; readonly sources: EncodedTensor };

/** Some channels of a tensor, `[channels, planes, rows, columns]` whatever its axes. */
export interface MapTensor {
  /** How many channels there are in all; the ones from `first` on are here. */
  readonly channels: number;
  readonly first: number;
  readonly maps: EncodedTensor;
  /** What the rows and columns are where they are no places of an image: a vector that is wrapped, or features. */
  readonly layout: 'image' | 'sequence' | 'features';
}

/** `[output channels, channels of a group, planes, rows, columns]`: those from `firstOutput` and `firstInput` on. */
export interface KernelTensor {
  readonly firstOutput: number;
  /** Counted in the group. */
  readonly firstInput: number;
  readonly tensor: EncodedTensor;
}

export interface LoadRequest {
  readonly name: string;
  /** The bytes as base64. */
  readonly data: string;
}

export type LoadedFile =
  { readonly kind: 'loaded'; readonly file: string; readonly summary: string } | { readonly kind: 'refused'; readonly message: string };
