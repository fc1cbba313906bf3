// A join of maps of unlike strides, mended by one more row: one that brings a map to the stride of the other.
import type { TextIdea } from '../../network/network.ts';
import { renumberEdits } from './renumber.ts';
import { insertedAbove } from './row-refactorings.ts';
import type { FromElement, ModelTree, Row } from './tree.ts';

/** A row that is joined, by a number of `from`. */
export interface Joined {
  readonly element: FromElement;
  readonly index: number;
  readonly stride: number | undefined;
}

/** A row makes a map larger or smaller by no more than this. */
const MOST_TIMES = 16;

/** One for each of two joined rows, the larger map made smaller first: it costs less. */
export function resizingIdeas(tree: ModelTree, row: Row, joined: readonly Joined[]): TextIdea[] {
  const [a, b, ...more] = joined;
  if (a?.stride === undefined || b?.stride === undefined || more.length > 0 || row.list?.isFlow !== true) return [];
  return [idea(tree, row, a, b.stride), idea(tree, row, b, a.stride)]
    .filter((found) => found !== undefined)
    .sort((one, other) => Number(one.isEnlarged) - Number(other.isEnlarged))
    .map(({ title, edits }) => ({ title, edits, larger: true }));
}

interface Resizing extends TextIdea {
  readonly isEnlarged: boolean;
}

function idea(tree: ModelTree, row: Row, { element, index, stride = 1 }: Joined, wanted: number): Resizing | undefined {
  const isEnlarged = stride > wanted;
  const times = isEnlarged ? stride / wanted : wanted / stride;
  if (!Number.isInteger(times) || times < 2 || times > MOST_TIMES || element.isAlias) return undefined;
  // The join reads the new row, which stands in front of it, and all others mean what they meant.
  const edits = renumberEdits(tree, {
    moved: (at) => (at < row.index ? at : at + 1),
    meaning: (target) => target,
    stays: (other, value) => other === row && value === element.value,
  });
  if (edits === undefined) return undefined;
  const from = index === row.index - 1 ? -1 : index;
  const module = isEnlarged ? `nn.Upsample, [None, ${times}, nearest]` : `nn.MaxPool2d, [${times}, ${times}, 0]`;
  const reads = element.value < 0 ? -1 : row.index;
  const what = isEnlarged ? `an nn.Upsample by ${times}` : `an nn.MaxPool2d of stride ${times}`;
  return {
    title: `Insert ${what} above row ${row.index} for row ${index}, and renumber`,
    edits: [
      ...edits,
      ...insertedAbove(tree, row, `[${from}, 1, ${module}]`),
      ...(reads === element.value ? [] : [{ range: element.range, newText: String(reads) }]),
    ],
    isEnlarged,
  };
}
