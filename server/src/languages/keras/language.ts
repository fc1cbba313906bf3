// Keras models in JSON: the architecture that `model.to_json()` writes, and the `model.json` of TensorFlow.js.
import type { Language } from '../language.ts';
import { applyLayerBefore } from './apply-before.ts';
import { setSetting } from './edit.ts';
import { lowerModel } from './lower.ts';
import { isModel, parseModel } from './parse.ts';

export const keras: Language = {
  id: 'keras',
  name: 'Keras',
  longestText: 4_000_000,
  claims: (path, text) => path.toLowerCase().endsWith('.json') && isModel(text),
  read: (text, createBuilder) => lowerModel(text, parseModel(text), createBuilder),
  setArgument: setSetting,
  applyBefore: applyLayerBefore,
  addRequirement: () => undefined,
  symbolText: (name) => `"${name}"`,
};
