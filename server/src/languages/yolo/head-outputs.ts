// What anchor-based heads give for each place of a level: the numbers that the older parsers call `na` and `no`.
import type { ModelTree } from './tree.ts';

/** The anchors of a level: written as their number, or as widths and heights. */
export function anchorsOf({ keys }: Pick<ModelTree, 'keys'>): number {
  const anchors = keys.get('anchors')?.value;
  if (anchors?.kind === 'number') return anchors.value;
  const [level] = anchors?.kind === 'list' ? anchors.items : [];
  return level?.kind === 'list' ? Math.floor(level.items.length / 2) : 0;
}

/** A box, whether there is an object, and its class, for each anchor; undefined where the file does not say how many classes there are. */
export function outputsOf(tree: Pick<ModelTree, 'keys'>): number | undefined {
  const classes = tree.keys.get('nc')?.value;
  return classes?.kind === 'number' ? anchorsOf(tree) * (classes.value + 5) : undefined;
}
