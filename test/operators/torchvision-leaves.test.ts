// Every leaf module that torchvision's models call, as PyTorch ran it: the same output and the same number of parameters.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatShape } from '../../server/src/dims/format.ts';
import { operators } from '../../server/src/operators/registry.ts';
import { apply } from './apply.ts';

const MODELS = new URL('../../../shared/golden/pytorch/', import.meta.url);

interface Leaf {
  readonly name: string;
  readonly type: string;
  /** PyTorch's repr of the arguments. */
  readonly extra: string;
  readonly input: readonly (readonly number[] | null)[];
  readonly output: readonly number[];
  readonly params: number;
}

interface Model {
  readonly leaf_calls: readonly Leaf[];
}

/** Modules of torchvision's own that are not operators. */
const NOT_OURS: Readonly<Record<string, string>> = {
  WindowPartition: 'a reshape and permute of MaxViT, with sizes at run time',
  WindowDepartition: 'a reshape and permute of MaxViT, with sizes at run time',
  SwapAxes: "MaxViT's wrapper of Transpose, whose repr has no arguments",
  PositionalEncoding: 'a learnt tensor of MViT that is added',
};

/** Modules of torchvision's own that are one of our operators. */
const ALIASES: Readonly<Record<string, string>> = { Conv3DSimple: 'Conv3d', Conv3DNoTemporal: 'Conv3d' };

/** The call for a leaf, or undefined where its repr does not say the arguments. */
function callOf({
  type,
  extra,
  input,
  output,
}: Leaf): { readonly call: string; readonly input: string; readonly output: string } | undefined {
  const [given] = input;
  if (given === undefined || given === null) return undefined;
  const same = { input: formatShape(given), output: formatShape(output) };
  if (type === 'StochasticDepth') return { ...same, call: 'StochasticDepth(0.1, "row")' };
  if (type === 'Permute') return undefined;
  if (type === 'LayerNorm2d') {
    // LayerNorm over the channels, with the axes in another order.
    const last = (shape: readonly number[]) => formatShape([0, 2, 3, 1].map((axis) => shape[axis]));
    return { call: `LayerNorm(${extra})`, input: last(given), output: last(output) };
  }
  return { ...same, call: `${ALIASES[type] ?? type}(${extra.replace(/, dtype=[\w.]+/, '')})` };
}

const permutations = [
  [0, 2, 3, 1],
  [0, 3, 1, 2],
];

describe.skipIf(!existsSync(MODELS))('the leaf modules of torchvision', () => {
  const models = existsSync(MODELS) ? readdirSync(MODELS).filter((file) => file.endsWith('.json')) : [];

  it.each(Object.entries(NOT_OURS))('leaves %s out: %s', (type) => {
    expect(operators.has(type)).toBe(false);
  });

  it.each(models)('%s', (file) => {
    const { leaf_calls: leaves } = JSON.parse(readFileSync(new URL(file, MODELS), 'utf8')) as Model;
    const answers = new Map<string, ReturnType<typeof apply>>();
    for (const leaf of leaves) {
      if (leaf.type in NOT_OURS) continue;
      expect(operators.has(ALIASES[leaf.type] ?? leaf.type) || leaf.type === 'LayerNorm2d', leaf.type).toBe(true);
      if (leaf.type === 'Permute') {
        const answer = permutations.map((dims) => apply(`Permute(${dims.join(', ')})`, formatShape(leaf.input[0] ?? [])).shapes);
        expect(answer, leaf.name).toContain(formatShape(leaf.output));
        continue;
      }
      const use = callOf(leaf);
      if (use === undefined) continue;
      const key = `${use.call} ${use.input}`;
      const answer = answers.get(key) ?? apply(use.call, use.input);
      answers.set(key, answer);
      expect(answer, `${leaf.name} ${key}`).toMatchObject({ shapes: use.output, fault: '', conditions: [] });
    }
  });
});
