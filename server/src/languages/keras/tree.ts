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
  readonly config: JsonNode | undefined;
}

export interface KerasLayer {
  readonly className: string;
  readonly classRange: Range;
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly config: JsonNode | undefined;
  /** What Keras 3 keeps of how the layer was built. */
  readonly buildConfig: JsonNode | undefined;
  /** `module` and `registered_name`, by which Keras 3 tells whose class it is. */
  readonly module?: string;
  readonly registeredName?: string;
  /** The layers of a model that stands among the layers of another. */
  readonly model?: KerasModel;
  /** One for each call of the layer: a layer that is shared has several. */
  readonly calls: readonly KerasCall[];
}

export interface KerasCall {
  readonly references: readonly OutputReference[];
  /** What is handed over by name: numbers and lists, and tensors that are among the references as well. */
  readonly settings: JsonNode | undefined;
}

/** One output of one call of a layer. */
export interface OutputReference {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
  /** The place of the layer's name. */
  readonly range: Range;
  /** The name under which it is handed over, where it is. */
  readonly argument?: string;
}
