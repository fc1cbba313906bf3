// The scene of a layer with a window, in the way that is chosen.
import { gatherScene } from './gather-scene.ts';
import type { LayerShown } from './layer-grids.ts';
import { scatterScene } from './scatter-scene.ts';
import type { Scene } from './scene.ts';

export function layerScene(shown: LayerShown): Scene {
  const { scatter } = shown.geometry;
  return shown.view.mode === 'scatter' && scatter !== undefined ? scatterScene(shown, scatter) : gatherScene(shown);
}
