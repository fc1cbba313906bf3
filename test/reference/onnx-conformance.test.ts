// ONNX's own node tests against our operators, wherever these can say what the node says.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lowerings } from './onnx-lowering.ts';
import type { OnnxNode } from './onnx-node.ts';
import { difference } from './run-operator.ts';

const ORACLE = new URL('../../../shared/oracle/onnx-conformance.json', import.meta.url);

/** Whole numbers that are only moved or compared are the same as float32; with others ONNX counts modulo a power of 2, or truncates. */
const ARITHMETIC = ['Add', 'Sub', 'Mul', 'Div'];

/** Nodes whose expected values were written down by hand, with few digits. */
const FEW_DIGITS = ['test_averagepool_2d_ceil_last_window_starts_on_pad'];

type Outcome = { readonly kind: 'agrees' } | { readonly kind: 'differs' | 'not-applicable'; readonly why: string };

function outcomeOf(node: OnnxNode): Outcome {
  if (ARITHMETIC.includes(node.op) && node.outputs[0]?.dtype !== 'float32')
    return { kind: 'not-applicable', why: 'arithmetic of whole numbers' };
  const lowering = lowerings[node.op];
  if (lowering === undefined) return { kind: 'differs', why: 'no word on this operator' };
  const answer = lowering(node);
  if (typeof answer === 'string') return { kind: 'not-applicable', why: answer };
  const actual = 'data' in answer ? [answer] : answer;
  const found = actual
    .map((tensor, at) => difference(tensor, expected(node, at), 1e-5, FEW_DIGITS.includes(node.name) ? 1e-4 : 1e-5))
    .find((text) => text !== undefined);
  return found === undefined ? { kind: 'agrees' } : { kind: 'differs', why: found };
}

function expected(node: OnnxNode, at: number) {
  const { shape = [], data = [] } = node.outputs[at] ?? {};
  return { shape, data: data.map(Number) };
}

describe.skipIf(!existsSync(ORACLE))("ONNX's node tests", () => {
  const nodes = existsSync(ORACLE) ? (JSON.parse(readFileSync(ORACLE, 'utf8')) as { readonly cases: readonly OnnxNode[] }).cases : [];
  const outcomes = nodes.map((node) => ({ node, outcome: outcomeOf(node) }));

  it('agree', () => {
    expect(outcomes.flatMap(({ node, outcome }) => (outcome.kind === 'differs' ? [`${node.name}: ${outcome.why}`] : []))).toEqual([]);
  });

  it('are covered, but for those that PyTorch cannot say', () => {
    const reasons: Record<string, number> = {};
    for (const { node, outcome } of outcomes) {
      const line = outcome.kind === 'not-applicable' ? `${node.op}: ${outcome.why}` : 'covered';
      reasons[line] = (reasons[line] ?? 0) + 1;
    }
    expect(reasons).toMatchInlineSnapshot(`
      {
        "Add: arithmetic of whole numbers": 6,
        "AveragePool: PyTorch has no dilation there": 6,
        "BatchNormalization: training": 2,
        "CenterCropPad: torchvision's middle is the even one of two": 1,
        "Col2Im: PyTorch has it in 2-d alone": 1,
        "ConvInteger: no operator of ours": 2,
        "DeformConv: no operator of ours": 4,
        "Div: arithmetic of whole numbers": 7,
        "Dropout: training": 6,
        "LpPool: PyTorch has no dilation there": 1,
        "MaxUnpool: no operator of ours": 2,
        "Mul: arithmetic of whole numbers": 6,
        "QLinearConv: no operator of ours": 1,
        "Resize: ONNX does not round the size before it aligns the corners": 2,
        "Resize: ONNX smooths with another filter": 4,
        "Resize: PyTorch has no such coordinates": 7,
        "Resize: PyTorch has no such rounding": 3,
        "Resize: PyTorch never leaves out what lies outside": 2,
        "Resize: PyTorch takes the later of two cells that are as near": 4,
        "Resize: PyTorch takes the middle for a single cell": 1,
        "Resize: keeping the aspect ratio chooses another size": 4,
        "Shape: no operator of ours": 11,
        "Slice: PyTorch has no negative steps": 1,
        "Sub: arithmetic of whole numbers": 6,
        "covered": 279,
      }
    `);
  });
});
