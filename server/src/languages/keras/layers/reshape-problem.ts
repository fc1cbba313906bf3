// A target_shape that does not hold the cells of the input, and the numbers with which it would.
import { formatShape } from '../../../dims/format.ts';
import { isConcrete } from '../../../dims/size.ts';
import type { Node, Problem, Tensor, TextIdea } from '../../../network/network.ts';
import type { Range } from '../../../text/range.ts';

/** The batch stands aside in both. */
export function reshapeProblem(tensor: Tensor, sizes: readonly number[], range: Range): Omit<Problem, 'frames'> | undefined {
  const behind = tensor.shape?.slice(1);
  if (behind?.every(isConcrete) !== true || sizes.some((size) => size < 0)) return undefined;
  const [have, want] = [productOf(behind), productOf(sizes)];
  if (have === want || !Number.isSafeInteger(have) || !Number.isSafeInteger(want)) return undefined;
  const message =
    `target_shape [${sizes.join(', ')}] holds ${want} cells, but the input has ${have} behind the batch: ${formatShape(tensor.shape)}.\n` +
    'A new shape has to hold as many cells as the old one; -1 lets one size be worked out.';
  return {
    fault: { code: 'reshape-mismatch', reason: 'element-count', argument: 'shape', input: 0, actual: have, expected: want },
    range,
    words: { message, related: [] },
    ideas: [...otherNumbers(sizes, have, range), ...otherUnits(tensor, want)],
  };
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** Each of the sizes as the others leave it, the last first. */
function otherNumbers(sizes: readonly number[], cells: number, range: Range): TextIdea[] {
  return sizes
    .map((_, at) => {
      const others = productOf(sizes.filter((__, other) => other !== at));
      return others > 0 && cells % others === 0
        ? `[${sizes.map((size, place) => (place === at ? cells / others : size)).join(', ')}]`
        : undefined;
    })
    .reverse()
    .flatMap((text) => (text === undefined ? [] : [{ title: `Change target_shape to ${text}`, edits: [{ range, newText: text }] }]));
}

/** The dense layer that makes the cells may make as many as are asked for. */
function otherUnits(tensor: Tensor, cells: number): TextIdea[] {
  if (tensor.shape?.length !== 2) return [];
  let maker: Node | undefined = tensor.producer;
  for (let steps = 0; steps < 20 && maker !== undefined && maker.operator !== 'Linear'; steps++)
    maker = maker.inputs[0]?.shape?.length === 2 ? maker.inputs[0].producer : undefined;
  const range = maker?.source.argumentRanges.get('out_features');
  if (maker === undefined || range === undefined) return [];
  const title = `Change units of ${maker.source.name ?? 'the layer before'} to ${cells}`;
  return [{ title, edits: [{ range, newText: String(cells) }], larger: true }];
}
