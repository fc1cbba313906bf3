// A Keras model as its JSON writes it: layers with their settings, and which outputs each of them is called on.
import type { Range } from '../../text/range.ts';
import type { JsonNode } from './json.ts';

/** Which program the file is for, as far as it says. */
export interface KerasFormat {
  /** A `model.json` of TensorFlow.js, which reads what Keras 2 writes. */
  readonly isTensorFlowJs: boolean;
  /** `2.2.4-tf` is TensorFlow's own Keras. */
  readonly version?: string;
  readonly isKeras3: boolean;
}

/**
 * Keras up to 2.3, which had several backends, and TensorFlow.js after it: a join takes two tensors and a Flatten at least
 * three axes. TensorFlow's Keras lets both pass.
 */
export function isStrict({ isTensorFlowJs, version }: KerasFormat): boolean {
  return isTensorFlowJs || /^(?:1\.|2\.[0-3]\.)\d+(?:\.\d+)?$/.test(version ?? '');
}

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
  readonly range: Range;
  /** With `args` and `kwargs`. */
  readonly isKeras3?: boolean;
  readonly references: readonly OutputReference[];
  /** What is handed over by name: numbers and lists, and tensors that are among the references as well. */
  readonly settings: JsonNode | undefined;
  /** What Keras 3 hands over by its place, tensors among it. */
  readonly written?: JsonNode;
}

/** One output of one call of a layer. */
export interface OutputReference {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
  /** The place of the layer's name. */
  readonly range: Range;
  /** Where the numbers of the call and of the output are written. */
  readonly callRange?: Range;
  readonly outputRange?: Range;
  /** The sizes that Keras 3 keeps beside it. */
  readonly shape?: JsonNode;
  /** The name under which it is handed over, where it is. */
  readonly argument?: string;
}
