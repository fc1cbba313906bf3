// Before a join: pads the smaller inputs, or crops the larger ones, until all have one size.
import { subtract } from '../../dims/arithmetic.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Shape } from '../../dims/size.ts';
import type { Node, Tensor } from '../../network/network.ts';
import type { Change, FixIdea } from '../rule.ts';
import { layerName } from '../words.ts';

/** No more cells than this are added or taken off on one axis: a larger step is no rounding. */
const MOST_CELLS = 64;

/** Ideas that bring all inputs of a join to the size of one of them. */
export function padIdeas(node: Node | undefined): FixIdea[] {
  if (node === undefined) return [];
  const ideas = node.inputs.flatMap((goal): FixIdea[] => {
    const changes: Change[] = [];
    const words: string[] = [];
    for (const [at, tensor] of node.inputs.entries()) {
      const pad = padTo(tensor.shape, goal.shape);
      if (pad === undefined) return [];
      if (pad.every((cells) => cells === 0)) continue;
      const call = `Pad((${pad.join(', ')}))`;
      const isCrop = pad.every((cells) => cells <= 0);
      changes.push({ kind: 'before', node, input: at, call, name: isCrop ? 'cropped' : 'padded' });
      // Where layers have names, the call is none that the author knows.
      const how = node.source.name === undefined ? `with ${call}` : `to ${spatialText(goal.shape)}`;
      words.push(`${isCrop ? 'Crop' : 'Pad'} ${labelOf(tensor)} ${how}`);
    }
    return changes.length === 0 ? [] : [{ title: `${sentence(words)} before ${layerName(node)}`, changes, larger: true }];
  });
  // What adds cells loses nothing.
  const distinct = ideas.filter(({ title }, at) => ideas.findIndex((other) => other.title === title) === at);
  return [...distinct.filter(({ title }) => title.startsWith('Pad')), ...distinct.filter(({ title }) => !title.startsWith('Pad'))].slice(
    0,
    3,
  );
}

/** `48x48`: the axes behind the channels. */
function spatialText(shape: Shape): string {
  return (shape ?? []).slice(2).map(formatSize).join('x');
}

/** `torch.nn.functional.pad`'s numbers: the last axis first, the odd cell at the end. */
function padTo(shape: Shape, goal: Shape): readonly number[] | undefined {
  if (shape === undefined || goal?.length !== shape.length || shape.length < 3) return undefined;
  const pad: number[] = [];
  for (let axis = shape.length - 1; axis >= 2; axis--) {
    const missing = shape[axis] === goal[axis] ? 0 : subtract(goal[axis], shape[axis]);
    if (!isConcrete(missing) || Math.abs(missing) > MOST_CELLS) return undefined;
    const start = Math.trunc(missing / 2);
    pad.push(start, missing - start);
  }
  // Axes at the end of the list, which are the first ones, need not be named.
  while (pad.length > 2 && pad[pad.length - 1] === 0 && pad[pad.length - 2] === 0) pad.splice(-2);
  return pad.map((cells) => (cells === 0 ? 0 : cells));
}

function labelOf({ label, producer }: Tensor): string {
  return label === producer?.operator ? `the ${label}` : `\`${label}\``;
}

function sentence(words: readonly string[]): string {
  return words.map((part, at) => (at === 0 ? part : part.replace(/^\w/, (letter) => letter.toLowerCase()))).join(' and ');
}
