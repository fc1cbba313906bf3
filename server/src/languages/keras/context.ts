// What the lowering of one Keras model is done with, and what lowering a model gives.
import type { Shape } from '../../dims/size.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Frame, Layer, NetworkSymbol, Reference, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { KerasFormat, KerasLayer, KerasModel } from './tree.ts';

/** What all parts of one model are lowered with. */
export interface Context {
  readonly builder: NetworkBuilder;
  readonly format: KerasFormat;
  readonly symbols: Map<string, NetworkSymbol>;
  /** The symbols that a null stands for, which Keras takes for no number. */
  readonly openSizes: Set<string>;
  readonly references: Reference[];
  /** The layers that have been called, by where their objects begin. */
  readonly layersByStart: Map<number, KerasLayer>;
  /** Those that have been told of. */
  readonly unknownClasses: Set<string>;
  /** The layers of which a call on sizes unlike the first has been told. */
  readonly unlikeCalls: Set<KerasLayer>;
  calls: number;
  /** Lowers a model that stands among the layers of another; `given` is what it is called on. */
  readonly runModel: (model: KerasModel, given: readonly Tensor[] | undefined, within: Within) => ModelResult;
}

export interface ModelResult {
  readonly layers: readonly Layer[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly { readonly tensor: Tensor; readonly range: Range }[];
}

/** Where a model is called: within which others, and whether for the first time, since later calls share the weights. */
export interface Within {
  readonly frames: readonly Frame[];
  readonly isFirstCall: boolean;
  /** The first call of a layer that is called once more. */
  readonly first?: Layer | undefined;
  /** The outputs that the file keeps of the call, for a layer whose own are not known. */
  readonly recorded?: () => readonly Shape[];
}
