// The types of layers that are known: one line for each file of this folder.
import type { LayerRule } from '../layer-use.ts';
import { activations } from './activation.ts';
import { convolutions } from './convolution.ts';
import { denseLayers } from './dense.ts';
import { merges } from './merge.ts';
import { normalizations } from './normalization.ts';
import { pools } from './pooling.ts';
import { recurrents } from './recurrent.ts';
import { shapeLayers } from './shape.ts';

const families = [convolutions, pools, denseLayers, normalizations, activations, merges, shapeLayers, recurrents];

export const layerRules: ReadonlyMap<string, LayerRule> = new Map(families.flatMap((family) => Object.entries(family)));
