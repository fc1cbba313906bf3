// An image whose sides the strides of a model do not divide: which sides would do.
import type { TextIdea } from '../../network/network.ts';
import { imageSizeOf } from './image-size.ts';
import type { StrideOf } from './shift.ts';
import type { ModelTree } from './tree.ts';

/** Undefined where the largest stride divides both sides. */
export function explainImage(
  tree: ModelTree,
  strideOf: StrideOf,
): { readonly words: string; readonly ideas: readonly TextIdea[] } | undefined {
  const total = tree.rows.reduce((most, { index }) => Math.max(most, strideOf(index) ?? 1), 1);
  const { height, width, places } = imageSizeOf(tree);
  const sides = [...new Set([height, width])].filter((side) => side % total !== 0);
  if (sides.length === 0) return undefined;
  const nearest = (side: number, up: boolean) => (up ? Math.ceil(side / total) : Math.floor(side / total)) * total;
  const said = sides.map(
    (side) =>
      `${side} is not a multiple of ${total}, the total stride: ${nearest(side, true)}${nearest(side, false) > 0 ? ` or ${nearest(side, false)}` : ''} would do`,
  );
  const ideas = [true, false].flatMap((up): TextIdea[] => {
    const [high, wide] = [nearest(height, up), nearest(width, up)];
    if (places === undefined || high === 0 || wide === 0) return [];
    return [
      {
        title: `Change the image to ${high}x${wide}`,
        edits: [
          { range: places[0], newText: String(high) },
          { range: places[1], newText: String(wide) },
        ],
        larger: !up,
      },
    ];
  });
  return { words: `\n${said.join('; ')}.`, ideas };
}
