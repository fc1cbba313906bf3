// missing-activation: two dense layers in a row with nothing non-linear in between, which could be one.
import type { Network, Node } from '../network/network.ts';
import { argumentOf, isActivation } from './activation-kinds.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { linesWhere, onlyConsumer, usesOf, type Uses } from './uses.ts';
import { windowsOf } from './windows.ts';
import { nodeName } from './words.ts';

const LINEAR = /^(Lazy)?Linear$/;
const CONVOLUTION = /^(Lazy)?Conv[123]d$/;
/** What may stand in between and is linear, once the network is trained. */
const PASSES = /^(Dropout\w*|Identity|(Lazy)?BatchNorm[123]d|SyncBatchNorm)$/;
/** Activations between layers, none of which needs an argument. */
const RECTIFIER = /^(ReLU6?|LeakyReLU|ELU|SELU|CELU|GELU|SiLU|Mish|Hardswish)$/;
const MOST_STEPS = 4;

export const missingActivation: NetworkRule = {
  code: 'missing-activation',
  severity: 'hint',
  summary: 'Two layers in a row with nothing non-linear in between.',
  needsWhole: true,
  everyUse: true,
  check: (network) => {
    // A network without any activation is a sketch of sizes, or linear on purpose.
    if (!network.nodes.some(isActivation)) return [];
    const uses = usesOf(network);
    return linesWhere(uses, (node) => layerBefore(node, uses) !== undefined).flatMap((node) => {
      const first = layerBefore(node, uses);
      if (first === undefined) return [];
      const message = `Nothing non-linear stands between this ${nodeName(node)} and the ${nodeName(first)} before it.\nTwo linear layers in a row can do no more than one. Put an activation in between, such as ReLU, or leave one of them out.`;
      return [
        {
          message,
          range: node.source.nameRange,
          related: [{ message: `${nodeName(first)} comes before it`, range: first.source.nameRange }],
          fixes: [insertion(network, node)],
        },
      ];
    });
  },
};

/** The activation that the network has elsewhere, where one like ReLU is among its own. */
function insertion({ nodes }: Network, node: Node): FixIdea {
  const name = nodes.find(({ operator }) => RECTIFIER.test(operator))?.operator ?? 'ReLU';
  const call = `${name}()`;
  return { title: `Insert ${call} before ${nodeName(node)}`, changes: [{ kind: 'before', node, input: 0, call, name: 'active' }] };
}

/** The layer of the same kind whose result this one gets as it is, where the two are no known pair. */
function layerBefore(node: Node, uses: Uses): Node | undefined {
  const kind = [LINEAR, CONVOLUTION].find((names) => names.test(node.operator));
  if (kind === undefined) return undefined;
  let before = node.inputs[0]?.producer;
  for (let step = 0; step < MOST_STEPS && before !== undefined && PASSES.test(before.operator); step++) before = soleSource(before, uses);
  // What branches off goes somewhere else without a second layer: to a residual join, or out of the network.
  if (before === undefined || !kind.test(before.operator) || onlyConsumer(uses, before) === undefined) return undefined;
  return isPlain(node) && isPlain(before) && !isBottleneck(before, node) ? before : undefined;
}

function soleSource(node: Node, uses: Uses): Node | undefined {
  return onlyConsumer(uses, node) === undefined ? undefined : node.inputs[0]?.producer;
}

/** Pairs that are meant are of narrow kernels (1 x 1, 1 x 3 and 3 x 1) or of groups: factors of one large kernel. */
function isPlain(node: Node): boolean {
  if (node.fault !== undefined) return false;
  if (LINEAR.test(node.operator)) return true;
  const windows = windowsOf(node);
  return (
    argumentOf(node, 'groups') === 1 && windows.length > 0 && windows.every(({ kernel }) => kernel > 1 && kernel === windows[0]?.kernel)
  );
}

/** A narrow middle makes two factors of a matrix of low rank, which one layer would not be. */
function isBottleneck(first: Node, second: Node): boolean {
  const [before, middle, after] = [first.inputs[0], first.outputs[0], second.outputs[0]].map((tensor) => channels(tensor?.shape, first));
  if (typeof before !== 'number' || typeof middle !== 'number' || typeof after !== 'number') return true;
  return middle < before && middle < after;
}

function channels(shape: NonNullable<Network['inputs'][number]>['shape'], { operator }: Node) {
  const spatial = Number(/([123])d$/.exec(operator)?.[1] ?? 0);
  return shape?.[shape.length - 1 - spatial];
}
