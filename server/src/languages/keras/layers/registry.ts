// The types of layers that are known: one line for each file of this folder.
import type { LayerRule } from '../layer-use.ts';
import type { KerasLayer } from '../tree.ts';
import { activations } from './activation.ts';
import { applicationLayers } from './applications.ts';
import { attentions } from './attention.ts';
import { convolutions } from './convolution.ts';
import { denseLayers } from './dense.ts';
import { foldedNorms } from './folded-norm.ts';
import { keras1Layers } from './keras-1.ts';
import { locallyConnected } from './locally-connected.ts';
import { lookups } from './lookup.ts';
import { merges } from './merge.ts';
import { normalizations } from './normalization.ts';
import { operationRule } from './operation.ts';
import { pools } from './pooling.ts';
import { preprocessing } from './preprocessing.ts';
import { recurrentConvolutions } from './recurrent-convolution.ts';
import { recurrents } from './recurrent.ts';
import { shapeLayers } from './shape.ts';
import { unsized } from './unsized.ts';
import { wrappers } from './wrapper.ts';

const families = [
  convolutions,
  foldedNorms,
  locallyConnected,
  pools,
  denseLayers,
  normalizations,
  activations,
  attentions,
  merges,
  shapeLayers,
  preprocessing,
  lookups,
  recurrents,
  recurrentConvolutions,
  wrappers,
  keras1Layers,
  applicationLayers,
  unsized,
];

const layerRules: ReadonlyMap<string, LayerRule> = new Map(families.flatMap((family) => Object.entries(family)));

/** What a misspelt class may mean. */
export const knownClasses: readonly string[] = [...layerRules.keys(), 'InputLayer'];

/** Packages whose layers under the names of Keras are those of Keras, with other numbers in their weights at most. */
const SAME_LAYERS = /^(?:keras|tf_keras|tensorflow|tensorflow_core|qkeras|larq)(?:\.|$)/;

/** The rule of a layer; undefined for a class that is not known. */
export function ruleOf(layer: KerasLayer): LayerRule | undefined {
  const { className, module, registeredName } = layer;
  const operation = operationRule(layer);
  if (operation !== undefined) return operation;
  if (className.includes('>') || (module !== undefined && !SAME_LAYERS.test(module))) return undefined;
  // A class of one's own may have a name of Keras': Keras 3 writes down under which name it is registered.
  if (registeredName?.includes('>') === true && module === undefined) return undefined;
  return layerRules.get(className) ?? layerRules.get(plainName(className));
}

/** QKeras, Larq and binary networks quantize the layers of Keras; TensorFlow 1 numbered some classes. */
export function plainName(className: string): string {
  return className.replace(/^(?:Quant|Binary|Ternary|Q)(?=[A-Z])/, '').replace(/V[12]$/, '');
}
