// The arithmetic of a window in words: the guide's name for it, the formula with its numbers, and what goes in and out.
import { floorDivide } from '../../dims/arithmetic.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import type { Network, Node } from '../../network/network.ts';
import { createCall, dimension, string } from '../../operators/call.ts';
import { operators } from '../../operators/registry.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { spatialName } from '../../rules/words.ts';
import { guideCase, relationshipText } from './guide-case.ts';
import { sampleOf } from './sample.ts';
import { adaptiveLines, directLines, transposedLines } from './window-lines.ts';

interface AxisText {
  readonly name: string;
  readonly title: string;
  /** The formula first; the others are notes. */
  readonly lines: readonly string[];
}

/** What is the same on all axes is said once. `docs` is the address of the rules' pages. */
export function windowText(node: Node, network: Network, windows: readonly AxisWindow[], docs?: string): string {
  const shape = node.inputs[0]?.shape;
  const fill = fillOf(node);
  const isAdaptive = node.operator.startsWith('Adaptive');
  const axes = windows.map((window, at): AxisText => {
    const fromEnd = at - windows.length;
    const input = sampleOf(network, shape?.[shape.length + fromEnd]);
    const name = spatialName(node.operator, fromEnd);
    if (isAdaptive) return { name, title: '', lines: adaptiveLines(window, input, outputOf(node, network, fromEnd)) };
    const found = guideCase(window, fill);
    const title = found === undefined ? '' : `**${found.name}** · ${relationshipText(found.relationship, docs)}`;
    return { name, title, lines: window.kind === 'transposed' ? transposedLines(window, input) : directLines(window, input) };
  });
  const [first] = axes;
  if (first === undefined) return '';
  const hasOneTitle = axes.every(({ title }) => title === first.title);
  const isShared = (line: string) => axes.every(({ lines }) => lines.includes(line));
  const own = axes.flatMap(({ name, title, lines }) => {
    const parts = [...(hasOneTitle || title === '' ? [] : [title]), ...lines.filter((line) => !isShared(line))];
    return parts.length === 0 ? [] : [`- ${name}: ${parts.join('  \n  ')}`];
  });
  const shared = first.lines.filter(isShared).map((line) => `- ${line}`);
  const head = [hasOneTitle ? first.title : '', kernelText(node, windows)].filter((line) => line !== '').join('  \n');
  return [head, [...own, ...shared].join('\n')].filter((part) => part !== '').join('\n\n');
}

function outputOf(node: Node, network: Network, fromEnd: number): Dimension {
  const shape = node.outputs[0]?.shape;
  return sampleOf(network, shape?.[shape.length + fromEnd]);
}

function fillOf(node: Node): string {
  const operator = operators.get(node.operator);
  const mode = operator === undefined ? undefined : string(createCall(operator, node.arguments, []).arguments, 'padding_mode');
  return mode === undefined || mode === 'zeros' ? 'zero' : mode;
}

/** The guide's kernel shape (n, m, k1, ..., kN): output and input feature maps, then the sizes of the window; for each group where there are several. */
function kernelText(node: Node, windows: readonly AxisWindow[]): string {
  const operator = operators.get(node.operator);
  if (operator === undefined || !node.operator.includes('Conv') || windows.some(({ kernel }) => kernel === undefined)) return '';
  const from = createCall(operator, node.arguments, []).arguments;
  const shape = node.inputs[0]?.shape;
  const groups = dimension(from, 'groups');
  const isGrouped = isConcrete(groups) && groups > 1;
  const maps = [dimension(from, 'out_channels'), dimension(from, 'in_channels') ?? shape?.[shape.length - windows.length - 1]];
  const sizes = [...maps.map((count) => (isGrouped ? floorDivide(count, groups) : count)), ...windows.map(({ kernel }) => kernel)];
  const names = ['n', 'm', ...windows.map((_, at) => `k${at + 1}`)].join(', ');
  return `${isGrouped ? `${groups} groups of kernels` : 'kernel'} \`(${names}) = (${sizes.map(formatSize).join(', ')})\``;
}
