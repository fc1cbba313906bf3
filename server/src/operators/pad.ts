// Pad (torch.nn.functional.pad) and the padding modules: ZeroPad, ConstantPad, ReflectionPad, ReplicationPad, CircularPad.
import type { Dimension } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { dimensions, number, string } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, OperatorCall, Parameter } from './operator.ts';
import { padShape, type PaddingMode } from './padding-rules.ts';
import type { SpatialRank } from './window-arguments.ts';

const MODES = ['constant', 'reflect', 'replicate', 'circular'] as const;

const pad: Operator = {
  name: 'Pad',
  summary: 'Adds cells at both ends of the last axes, or takes them off where a number is negative.',
  parameters: [
    { name: 'pad', type: 'integers', doc: 'Two numbers for each axis, before and after, the last axis first.' },
    { name: 'mode', type: 'string', default: 'constant', choices: MODES, doc: 'What the new cells are filled with.' },
    { name: 'value', type: 'number', default: null, nullable: true, doc: 'The constant that new cells are filled with; 0 by default.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferPad,
};

const MODULES = [
  { name: 'ZeroPad', mode: 'constant', filling: 'zeros', legal: undefined },
  { name: 'ConstantPad', mode: 'constant', filling: 'cells with a constant value', legal: undefined },
  {
    name: 'ReflectionPad',
    mode: 'reflect',
    filling: 'the mirror image of the cells beside the border',
    legal: 'below the size of the axis',
  },
  { name: 'ReplicationPad', mode: 'replicate', filling: 'copies of the border cell', legal: undefined },
  { name: 'CircularPad', mode: 'circular', filling: 'the cells of the other end', legal: 'at most the size of the axis' },
] as const;

export const paddings: readonly Operator[] = [
  pad,
  ...MODULES.flatMap((module) => ([1, 2, 3] as const).map((spatial) => declare(module, spatial))),
];

function declare({ name, mode, filling, legal }: (typeof MODULES)[number], spatial: SpatialRank): Operator {
  const padding: Parameter = {
    name: 'padding',
    type: 'integers',
    doc: `Cells at every end, or a tuple with ${2 * spatial} numbers: before and after, the last axis first.`,
    ...(legal === undefined ? {} : { legal }),
  };
  const value: Parameter = { name: 'value', type: 'number', doc: 'The constant that new cells are filled with.' };
  return {
    name: `${name}${spatial}d`,
    summary: `Adds ${filling} at both ends of the last ${spatial === 1 ? 'axis' : `${spatial} axes`}.`,
    parameters: name === 'ConstantPad' ? [padding, value] : [padding],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => inferModule(call, mode, spatial),
  };
}

function inferPad({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const mode = MODES.find((known) => known === string(from, 'mode'));
  const written = from.get('pad');
  const amounts = isList(written) ? dimensions(from, 'pad') : undefined;
  if (amounts === undefined || mode === undefined) {
    // torch.nn.functional.pad takes no single number, since it could not know for how many axes.
    const isNumber = dimensions(from, 'pad') !== undefined && amounts === undefined;
    checks.holds(!isNumber, () => ({
      code: 'argument-type',
      reason: 'wrong-type',
      argument: 'pad',
      value: written ?? null,
      expected: 'two numbers for each axis, before and after',
    }));
    return checks.answer([input?.map(() => undefined)]);
  }
  const shape = padShape(checks, input, amounts, mode, 'pad');
  const value = number(from, 'value') ?? 0;
  checks.holds(mode === 'constant' || value === 0, () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: 'value',
    value,
    legal: `left out in mode "${mode}"`,
  }));
  return checks.answer([shape]);
}

function inferModule({ arguments: from, inputs: [input] }: OperatorCall, mode: PaddingMode, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const written = dimensions(from, 'padding');
  if (written === undefined) return checks.answer([input?.map(() => undefined)]);
  const [every] = written;
  const amounts: readonly Dimension[] = isList(from.get('padding')) ? written : Array.from({ length: 2 * spatial }, () => every);
  return checks.answer([padShape(checks, input, amounts, mode, 'padding')]);
}
