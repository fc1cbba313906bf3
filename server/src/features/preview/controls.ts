// The arguments that sliders may change: their values on each axis, what a slider spans, and what is legal.
import type { Analysis } from '../../analysis/analyse.ts';
import { substitute } from '../../dims/arithmetic.ts';
import { isConcrete, type Shape } from '../../dims/size.ts';
import type { Node } from '../../network/network.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';
import type { ArgumentControl } from '../../protocol/preview.ts';
import { spatialName } from '../../rules/words.ts';
import { contains } from '../../text/range.ts';
import { legalRanges } from '../hover/legal-here.ts';

const SLIDERS = ['kernel_size', 'stride', 'padding', 'dilation', 'output_padding'] as const;
type Slider = (typeof SLIDERS)[number];

/** None where the operator's window cannot be changed, or is not known in numbers. */
export function controlsOf(analysis: Analysis, node: Node, sizes: ReadonlyMap<string, number>): ArgumentControl[] {
  const {
    language,
    source: { text },
  } = analysis;
  const operator = operators.get(node.operator);
  const windows = axisWindowsOf(node);
  if (operator === undefined || windows === undefined || node.operator.startsWith('Adaptive')) return [];
  const inputs = node.inputs.map(({ shape }): Shape => shape?.map((size) => substitute(size, sizes)));
  return SLIDERS.flatMap((name): ArgumentControl[] => {
    const parameter = operator.parameters.find((other) => other.name === name);
    const values = windows.map((window) => substitute(valueOf(window, name), sizes)).filter(isConcrete);
    if (parameter === undefined || values.length < windows.length) return [];
    const legal = legalRanges(operator, node.arguments, inputs, name) ?? null;
    const range = node.source.argumentRanges.get(name);
    const written = range === undefined ? null : text.slice(range.start, range.end);
    const [minimum, maximum] = span(name, windows, values, legal);
    const others = [values[0] ?? 0, minimum, maximum].flatMap((value) => [value - 1, value + 1]);
    const isWritable = others.some(
      (value) => value >= minimum && value <= maximum && language.setArgument(text, node, name, String(value)) !== undefined,
    );
    return [
      {
        name,
        doc: parameter.doc,
        values,
        axes: windows.map((_, at) => spatialName(node.operator, at - windows.length)),
        written,
        minimum,
        maximum,
        fixed: isWritable ? null : fixedWords(analysis, node, name, written),
        legal,
      },
    ];
  });
}

function fixedWords({ language, document }: Analysis, { source }: Node, name: Slider, written: string | null): string {
  const format = language.name;
  const isUnread = document.problems.some(({ fault, range }) => fault.code === 'syntax' && contains(source.range, range.start));
  if (isUnread) return 'The line cannot be read yet: solve its problem first.';
  if (source.isInLibrary === true) return 'It stands in a module of another file.';
  if (written === null) return `${format} has no number for ${name} to write here.`;
  return `What ${format} has here, ${written}, is no number that could be changed.`;
}

function valueOf(window: AxisWindow, name: Slider): AxisWindow['kernel'] {
  switch (name) {
    case 'kernel_size':
      return window.kernel;
    case 'stride':
      return window.stride;
    case 'padding':
      return window.paddingStart;
    case 'dilation':
      return window.dilation;
    case 'output_padding':
      return window.outputPadding ?? 0;
  }
}

/** A little beyond what is legal, so that one can see where it ends and why; and no more than a hand can hit. */
function span(name: Slider, windows: readonly AxisWindow[], values: readonly number[], legal: ArgumentControl['legal']): [number, number] {
  const least = name === 'padding' || name === 'output_padding' ? 0 : 1;
  const reach = Math.max(
    ...windows.map(({ kernel, dilation }) => (isConcrete(kernel) && isConcrete(dilation) ? dilation * (kernel - 1) + 1 : 1)),
  );
  const legalMost = legal === null ? Infinity : Math.max(...legal.map(([, to]) => to));
  const usual = { kernel_size: 11, stride: 6, padding: Math.max(reach, 2), dilation: 6, output_padding: 3 }[name];
  return [Math.min(least, ...values), Math.max(...values, Math.min(usual, legalMost + 1))];
}
