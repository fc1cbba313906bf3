// AdaptiveAvgPool and AdaptiveMaxPool, 1-d to 3-d: pools that are told the size of their output.
import type { Dimension } from '../dims/size.ts';
import { Checks } from './checks.ts';
import type { Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkMinimum, checkRank, lengthFault, rankWords, type SpatialRank } from './window-arguments.ts';
import { isList, isSize } from '../network/argument.ts';

type Kind = 'Avg' | 'Max';

export const adaptivePools: readonly Operator[] = (['Avg', 'Max'] as const).flatMap((kind) => ([1, 2, 3] as const).map((spatial) => declare(kind, spatial)));

function declare(kind: Kind, spatial: SpatialRank): Operator {
  const size: Parameter = { name: 'output_size', type: 'any', doc: 'Size of the output on each axis; None keeps the size of the input.', legal: 'at least 0' };
  const indices: Parameter = { name: 'return_indices', type: 'boolean', default: false, doc: 'Whether the places of the largest values are given as well.' };
  return {
    name: `Adaptive${kind}Pool${spatial}d`,
    summary: `Gives the ${kind === 'Avg' ? 'mean' : 'largest value'} of as many windows as the output is to have cells.`,
    parameters: kind === 'Max' ? [size, indices] : [size],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, kind, spatial),
  };
}

function infer(call: OperatorCall, kind: Kind, spatial: SpatialRank): Inference {
  const from = call.arguments;
  const [input] = call.inputs;
  const checks = new Checks();
  const written = from.get('output_size');
  const values = isList(written) ? written : Array.from({ length: spatial }, () => written ?? null);
  // The largest value of two axes and more is checked before the sizes are looked at, the mean after them.
  const rankWord = rankWords(spatial);
  const ranks = [spatial + 1, spatial + 2];
  const rankFits = checkRank(checks, input, ranks, rankWord);
  const lengthFits = checks.holds(values.length === spatial || (values.length === 1 && spatial === 1), () => lengthFault(from, 'output_size', spatial));
  const sizes = values.map((value) => (isSize(value) ? value : undefined));
  if (kind === 'Avg') checkMinimum(checks, from, 'output_size', sizes, 0, 'negative-output-size');
  if (input === undefined || !rankFits) return checks.answer([undefined]);
  const leading = input.length - spatial;
  const first = kind === 'Max' || spatial < 3 ? (input.length === spatial + 2 ? 1 : 0) : leading;
  input.forEach((size, axis) => {
    const counted = kind === 'Avg' ? axis >= leading : axis >= first;
    if (counted) checks.holds(size !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - input.length, input: 0, output: 0 }));
  });
  const outputs = Array.from({ length: spatial }, (_, at): Dimension => {
    const value = values[at];
    if (!lengthFits) return undefined;
    const size = value === null ? input[leading + at] : sizes[at];
    if (typeof size !== 'number' || size >= 0) return size;
    checks.holds(kind === 'Avg', () => ({ code: 'empty-output', reason: 'negative-output', axis: at - spatial, input: input[leading + at], output: size }));
    return undefined;
  });
  return checks.answer([[...input.slice(0, leading), ...outputs]]);
}
