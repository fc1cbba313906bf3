// Pad (torch.nn.functional.pad) and the padding modules: ZeroPad, ConstantPad, ReflectionPad, ReplicationPad, CircularPad.
import { dimensions, string } from './call.ts';
import { Checks } from './checks.ts';
import type { Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkPadding, type PaddingMode } from './padding-rules.ts';
import type { SpatialRank } from './window-arguments.ts';

const VALUE: Parameter = { name: 'value', type: 'number', doc: 'What the new cells are filled with.' };

const pad: Operator = {
  name: 'Pad',
  summary: 'Adds cells to both ends of the last axes, or takes them off where a number is negative.',
  parameters: [
    { name: 'pad', type: 'integers', doc: 'Two numbers for each axis, before and after, the last axis first.' },
    { name: 'mode', type: 'string', default: 'constant', choices: ['constant', 'reflect', 'replicate', 'circular'], doc: 'What the new cells are filled with.' },
    { ...VALUE, default: 0, nullable: true },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const mode = string(from, 'mode');
    const amounts = dimensions(from, 'pad');
    if (amounts === undefined || mode === undefined || !isMode(mode)) return checks.answer([undefined]);
    return checks.answer([checkPadding(checks, input, amounts, mode, 'pad')]);
  },
};

const MODULES = [
  ['ZeroPad', 'constant', 'zeros'],
  ['ConstantPad', 'constant', 'a constant'],
  ['ReflectionPad', 'reflect', 'the mirror image of the cells at the end'],
  ['ReplicationPad', 'replicate', 'copies of the last cell'],
  ['CircularPad', 'circular', 'the cells of the other end'],
] as const;

export const paddings: readonly Operator[] = [pad, ...MODULES.flatMap(([name, mode, filling]) => ([1, 2, 3] as const).map((spatial) => declare(name, mode, filling, spatial)))];

function declare(name: string, mode: PaddingMode, filling: string, spatial: SpatialRank): Operator {
  const padding: Parameter = { name: 'padding', type: 'integers', doc: `Cells at each end: one number for all, or ${2 * spatial}, two for each axis, the last axis first.` };
  return {
    name: `${name}${spatial}d`,
    summary: `Adds ${filling} at both ends of the last ${spatial === 1 ? 'axis' : `${spatial} axes`}.`,
    parameters: name === 'ConstantPad' ? [padding, VALUE] : [padding],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => inferModule(call, mode, spatial),
  };
}

function inferModule({ arguments: from, inputs: [input] }: OperatorCall, mode: PaddingMode, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const written = dimensions(from, 'padding');
  const value = from.get('padding');
  if (written === undefined) return checks.answer([undefined]);
  const amounts = written.length === 1 && !Array.isArray(value) ? Array.from({ length: 2 * spatial }, () => written[0]) : written;
  const fits = checks.holds(amounts.length === 2 * spatial, () => ({
    code: 'argument-type',
    reason: 'tuple-length-mismatch',
    argument: 'padding',
    value: value ?? null,
    expected: `one number, or ${2 * spatial}`,
  }));
  return checks.answer([fits ? checkPadding(checks, input, amounts, mode, 'padding') : undefined]);
}

function isMode(mode: string): mode is PaddingMode {
  return mode === 'constant' || mode === 'reflect' || mode === 'replicate' || mode === 'circular';
}
