// claim-mismatch: a claimed shape, or a requirement, that does not hold.
import { formatShape, formatSize } from '../dims/format.ts';
import { faultRule, type FixIdea } from './rule.ts';
import { producerIdeas } from './solve/channels.ts';
import { sizeIdeas } from './solve/sizes.ts';
import { tensorPlace, theAxis } from './words.ts';

export const claimMismatch = faultRule({
  code: 'claim-mismatch',
  severity: 'error',
  summary: 'A claimed shape that is not the shape that comes out.',
  word: ({ reason, claimed, actual, axes }, problem) => {
    if (reason === 'requirement')
      return {
        message: 'This requirement holds for no input size.\nWhat is required is assumed from here on, so that nothing could be checked.',
        related: [],
      };
    const tensor = problem.node?.outputs[0];
    const related = tensorPlace(tensor);
    if (reason === 'rank')
      return {
        message: `The claim has ${claimed?.length === 1 ? '1 axis' : `${claimed?.length ?? 0} axes`}, but the tensor has ${actual?.length ?? 0}: ${formatShape(actual)}.`,
        related,
      };
    const parts = axes.map(
      ({ axis }) => `${formatSize(claimed?.[axis])} for ${theAxis(actual?.length ?? 0, axis)}, but it is ${formatSize(actual?.[axis])}`,
    );
    return { message: `The claim says ${parts.join(', and ')}.\nThe tensor is ${formatShape(actual)}.`, related };
  },
  fixes: ({ reason, claimed, actual, axes }, { node, frames }, text): FixIdea[] => {
    if (reason !== 'size') return [];
    const edits = axes.map(({ axis, range }) => ({ kind: 'text', edit: { range, newText: formatSize(actual?.[axis]) } }) as const);
    const correct: FixIdea = {
      title: `Change the claim to ${axes.map(({ axis }) => formatSize(actual?.[axis])).join(', ')}`,
      changes: edits,
    };
    const rank = actual?.length ?? 0;
    const wanted = new Map(axes.filter(({ axis }) => axis >= 2).map(({ axis }) => [axis - rank, claimed?.[axis]] as const));
    const tensor = node?.outputs[0];
    const solved = wanted.size === axes.length && frames.length === 0 ? sizeIdeas([{ tensor, wanted }], text) : [];
    const [only] = axes;
    const channels = axes.length === 1 && only !== undefined ? producerIdeas(tensor, only.axis, claimed?.[only.axis]) : [];
    // Whether the claim or the network is the mistake cannot be known: none of them is the smaller one.
    return [correct, ...solved, ...channels].map((idea) => ({ ...idea, larger: true }));
  },
});
