// Cells of a scene in words, where there is no sum to explain.
import { longNumber } from './numbers.ts';
import { gridOf, labelOf, type Focus, type Scene } from './scene.ts';

/** A cell with its number; where one input cell becomes one output cell, both. */
export function valueWords(scene: Scene, focus: Focus): string {
  const { input, output, kernel } = scene.marksOf(focus);
  const words = (role: Focus['role'], cells: typeof input) => {
    const [cell, ...others] = cells;
    const value = cell === undefined ? NaN : (gridOf(scene, role)?.content.value(cell.row, cell.column) ?? NaN);
    if (cell === undefined || others.length > 0) return [];
    const label = labelOf(scene, { role, ...cell });
    return [Number.isNaN(value) || !label.includes('[') ? label : `${label} = ${longNumber(value)}`];
  };
  return [...words('input', input), ...words('kernel', kernel), ...words('output', output)].join('  →  ');
}
