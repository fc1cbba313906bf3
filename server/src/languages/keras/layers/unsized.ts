// Layers of Keras whose sizes no file tells: they run code that is not there, or take columns by their names.
import { applyUnsaid, type LayerRule } from '../layer-use.ts';

const unsizedLayer =
  (reason: string): LayerRule =>
  (use) => {
    use.tellUnsized(`\`${use.layer.className}\` ${reason}`);
    return [applyUnsaid(use, undefined, undefined)];
  };

const REASONS: Readonly<Record<string, readonly string[]>> = {
  'runs a program that is not in this file': ['TFSMLayer', 'JaxLayer', 'FlaxLayer', 'TorchModuleWrapper'],
  'takes columns by their names': ['DenseFeatures', 'FeatureSpace'],
  'gives what only its code tells': [
    'AbstractRNNCell',
    'IndexLookup',
    'MaxNumBoundingBoxes',
    'RandomFourierFeatures',
    'ReconstructPatches2D',
    'ReconstructPatches3D',
    'STFTSpectrogram',
    'Wrapper',
  ],
};

export const unsized: Readonly<Record<string, LayerRule>> = Object.fromEntries(
  Object.entries(REASONS).flatMap(([reason, names]) => names.map((name) => [name, unsizedLayer(reason)])),
);
