// The layer types: one line for each family. A type that is not here has sizes that are not known.
import { cellWise } from './cell-wise.ts';
import { data } from './data.ts';
import { detection } from './detection.ts';
import { joins } from './joins.ts';
import type { LayerRule } from './layer-rule.ts';
import { recurrent } from './recurrent.ts';
import { resizes } from './resizes.ts';
import { results } from './results.ts';
import { shapes } from './shapes.ts';
import { windows } from './windows.ts';

export const layerRules: ReadonlyMap<string, LayerRule> = new Map(
  [windows, cellWise, joins, shapes, resizes, data, recurrent, results, detection].flatMap((family) => Object.entries(family)),
);
