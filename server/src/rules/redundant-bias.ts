// redundant-bias: a bias that the norm behind it takes away again.
import type { Node } from '../network/network.ts';
import { argumentOf } from './activation-kinds.ts';
import type { NetworkRule } from './network-rule.ts';
import { argumentPlace, linesWhere, usesOf, type Uses } from './uses.ts';
import { nodeName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

const BIASED = /^(Lazy)?(Conv(Transpose)?[123]d|Linear)$/;
/** Norms that subtract the mean of each channel. */
const NORM = /^(Lazy)?(BatchNorm|InstanceNorm)[123]d$|^SyncBatchNorm$/;

export const redundantBias: NetworkRule = {
  code: 'redundant-bias',
  severity: 'hint',
  summary: 'A bias that the norm behind it takes away again.',
  needsWhole: true,
  everyUse: true,
  check: (network) => {
    const uses = usesOf(network);
    return linesWhere(uses, (node) => normBehind(node, uses) !== undefined).flatMap((node) => {
      const norm = normBehind(node, uses);
      if (norm === undefined) return [];
      return [
        {
          message: `The bias of ${nodeName(node)} is lost in the ${nodeName(norm)} behind it.\nThe norm subtracts the mean of each channel, and the bias with it${argumentOf(norm, 'affine') === true ? '; it has an offset of its own' : ''}. It can be left out.`,
          range: argumentPlace(node, 'bias'),
          related: [{ message: `${nodeName(norm)} subtracts the mean`, range: norm.source.nameRange }],
          fixes: [argumentIdea(node, { bias: 'False' })],
        },
      ];
    });
  },
};

/** The norm that takes what this node gives, where nothing else does. */
function normBehind(node: Node, { consumers, isResult }: Uses): Node | undefined {
  if (!BIASED.test(node.operator) || node.fault !== undefined || isResult(node)) return undefined;
  const users = consumers(node);
  const [norm] = users;
  if (norm === undefined || !users.every(isWholeNorm) || argumentOf(node, 'bias') !== true) return undefined;
  // The bias of Linear is one number for each value of the last axis: the channels of a norm only where there are two axes.
  return node.operator.endsWith('Linear') && node.outputs[0]?.shape?.length !== 2 ? undefined : norm;
}

function isWholeNorm({ operator, fault }: Node): boolean {
  return fault === undefined && NORM.test(operator);
}
