// Reductions: Mean, Sum, Max and their kin over some axes or all of them. They count no multiply-accumulates.
import type { Shape } from '../dims/size.ts';
import { resolveAxes, isEmptyList } from './axis-order.ts';
import { integers } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

interface Reduction {
  readonly name: string;
  readonly summary: string;
  /** Whether several axes may be given. */
  readonly several: boolean;
  /** Whether there is no result for no cells, as for the largest of none. */
  readonly needsCells: boolean;
}

const REDUCTIONS: readonly Reduction[] = [
  { name: 'Mean', summary: 'The mean over axes.', several: true, needsCells: false },
  { name: 'Sum', summary: 'The sum over axes.', several: true, needsCells: false },
  { name: 'Prod', summary: 'The product over an axis.', several: false, needsCells: false },
  { name: 'Max', summary: 'The largest value over an axis, without its place.', several: false, needsCells: true },
  { name: 'Min', summary: 'The smallest value over an axis, without its place.', several: false, needsCells: true },
  { name: 'Amax', summary: 'The largest value over axes.', several: true, needsCells: true },
  { name: 'Amin', summary: 'The smallest value over axes.', several: true, needsCells: true },
  { name: 'Argmax', summary: 'The place of the largest value along an axis.', several: false, needsCells: true },
  { name: 'Argmin', summary: 'The place of the smallest value along an axis.', several: false, needsCells: true },
];

export const reductions: readonly Operator[] = REDUCTIONS.map(({ name, summary, several, needsCells }) => ({
  name,
  summary,
  parameters: [
    {
      name: 'dim',
      type: several ? 'integers' : 'integer',
      default: null,
      nullable: true,
      doc: several ? 'The axes that go, as a number or a tuple; None for all.' : 'The axis that goes; None for all.',
    },
    { name: 'keepdim', type: 'boolean', default: false, doc: 'Whether the axes stay, with size 1.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const keep = from.get('keepdim');
    const dim = from.get('dim');
    const isAll = dim === null || isEmptyList(dim);
    if (input === undefined) return checks.answer([isAll && keep === false ? [] : undefined]);
    const asked = integers(from, 'dim');
    const axes = isAll ? input.map((_, axis) => axis) : asked && resolveAxes(checks, 'dim', asked, input.length);
    if (needsCells && axes !== undefined) {
      const empty = axes.find((axis) => input[axis] === 0) ?? -1;
      checks.holds(empty < 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: empty, input: 0, output: 0 }));
    }
    return checks.answer([reduce(input, axes, asked?.length, keep)]);
  },
}));

function reduce(input: NonNullable<Shape>, axes: readonly number[] | undefined, asked: number | undefined, keep: unknown): Shape {
  if (typeof keep !== 'boolean') return undefined;
  if (axes !== undefined)
    return keep ? input.map((size, axis) => (axes.includes(axis) ? 1 : size)) : input.filter((_, axis) => !axes.includes(axis));
  // An axis that is out of range: how many axes are left is known, not which.
  if (keep) return input.map(() => undefined);
  return asked === undefined ? undefined : Array.from({ length: Math.max(input.length - asked, 0) }, () => undefined);
}
