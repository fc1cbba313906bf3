// A Keras model as its JSON writes it: layers with their settings, and which outputs each of them is called on.
import type { Range } from '../../text/range.ts';
import type { JsonNode } from './json.ts';

export interface KerasModel {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  /** Sequential: each layer takes what the one before gives. Functional: layers say what they are called on. */
  readonly kind: 'sequential' | 'functional';
  readonly layers: readonly KerasLayer[];
  readonly inputs: readonly OutputReference[];
  readonly outputs: readonly OutputReference[];
}

export interface KerasLayer {
  readonly className: string;
  readonly classRange: Range;
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly config: JsonNode | undefined;
  /** The layers of a model that stands among the layers of another. */
  readonly model?: KerasModel;
  /** One for each call of the layer: a layer that is shared has several. */
  readonly calls: readonly (readonly OutputReference[])[];
}

/** One output of one call of a layer. */
export interface OutputReference {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
  /** The place of the layer's name. */
  readonly range: Range;
}
