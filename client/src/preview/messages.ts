// What the extension and the page of the preview say to each other.
import type {
  ArgumentChange,
  LayerAnswer,
  LayerDescription,
  LayerPlace,
  PreviewRange,
  SampleRequest,
  ShownParts,
  Trial,
  ValuesAnswer,
  WeightRequest,
} from '../../../server/src/protocol/preview.ts';

/** What the user has chosen in the page; the extension asks the server with it. */
export interface PreviewOptions {
  readonly changes: readonly ArgumentChange[];
  readonly sizes: Readonly<Record<string, number>>;
  readonly sample: SampleRequest;
  readonly weights: WeightRequest;
  readonly shown: ShownParts;
}

export const INITIAL_OPTIONS: PreviewOptions = {
  changes: [],
  sizes: {},
  sample: { kind: 'ramp', seed: 1 },
  weights: { kind: 'he', seed: 1 },
  shown: { input: 0, inputChannel: 0, outputChannel: 0 },
};

export type FilePurpose = 'sample' | 'image' | 'weights';

export interface LayerMessage {
  readonly type: 'layer';
  readonly answer: LayerAnswer;
  readonly uri: string;
  readonly pinned: boolean;
  /** What is tried in it: none after it has been written, or on another layer. */
  readonly changes: readonly ArgumentChange[];
}

export type ToPage =
  | LayerMessage
  | { readonly type: 'computing' }
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'values'; readonly answer: ValuesAnswer }
  | { readonly type: 'image'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly type: 'loaded'; readonly purpose: FilePurpose; readonly name: string; readonly file: string; readonly summary: string }
  | { readonly type: 'notice'; readonly message: string };

export type FromPage =
  | { readonly type: 'ready'; readonly options: PreviewOptions }
  | { readonly type: 'options'; readonly options: PreviewOptions }
  | { readonly type: 'show'; readonly place: LayerPlace }
  | { readonly type: 'reveal'; readonly range: PreviewRange }
  | { readonly type: 'apply'; readonly edits: Trial['edits']; readonly version: number }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'choose'; readonly purpose: FilePurpose };

/** What a reload of the window brings back. */
export interface SavedState {
  readonly uri: string;
  readonly place: LayerDescription['place'];
  readonly pinned: boolean;
  readonly options: PreviewOptions;
}
