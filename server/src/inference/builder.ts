// Builds a network and works out each tensor's size as it is built: one pass, one fault a mistake, never throwing.
import { isEqual } from '../dims/compare.ts';
import type { Shape } from '../dims/size.ts';
import type { Inference, NetworkBuilder, OperatorUse } from '../network/builder.ts';
import type { Fault, OperatorFault } from '../network/fault.ts';
import type { Frame, Node, OpenCondition, PlacedCondition, Problem, Tensor } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import type { Operator } from '../operators/operator.ts';
import { operators } from '../operators/registry.ts';
import type { Range } from '../text/range.ts';
import { createAlike } from './alike.ts';
import { argumentsAt, inputShapeAt, shapeAt, type GivenSizes } from './given-sizes.ts';
import { placeOf } from './place.ts';

/** With `given`, numbers stand for symbols from the start, so that all sizes, and what they decide, are those of one run. */
export function createNetworkBuilder(given?: GivenSizes): NetworkBuilder {
  const nodes: Node[] = [];
  const placed: PlacedCondition[] = [];
  const problems: Problem[] = [];

  const atGiven = (written: OperatorUse): OperatorUse =>
    given === undefined ? written : { ...written, arguments: argumentsAt(written.arguments, given) };

  function apply(asked: OperatorUse, known?: Inference): Node {
    const use = atGiven(asked);
    const { arguments: written, inference } = known === undefined ? alike(use) : { arguments: use.arguments, inference: known };
    const { fault, outputs, conditions } = inference;
    const { operator, inputs, source, sharesParameters, parameters } = use;
    const node: Node & { outputs: readonly Tensor[] } = {
      operator,
      arguments: written,
      inputs,
      // A node and its tensors point at each other: these are put in once the node is there.
      outputs: NO_TENSORS,
      source,
      sharesParameters,
      parameters,
      fault,
    };
    const keepsSpatial = fault === undefined || !SPATIAL_FAULTS.has(fault.code);
    node.outputs = outputs.map((inferred, index) => {
      const shape = keepsSpatial ? inferred : inferred?.map((size, axis) => (axis < 2 ? size : undefined));
      return { shape, producer: node, index, label: operator, range: source.range };
    });
    nodes.push(node);
    const { frames } = source;
    if (fault !== undefined)
      problems.push({
        fault,
        range: placeOf(fault, source),
        node,
        frames,
        ...(use.ideas !== undefined && { ideas: use.ideas(fault) }),
      });
    else
      for (const { condition, fault: open } of conditions)
        placed.push({ condition, fault: open, range: placeOf(open, source), node, frames });
    return node;
  }

  function claim(tensor: Tensor, written: Shape, axisRanges: readonly Range[], range: Range, frames: readonly Frame[]): Tensor {
    const { shape } = tensor;
    const claimed = given === undefined ? written : shapeAt(written, given);
    if (claimed === undefined) return tensor;
    // What is not known is taken from the author, who does know.
    if (shape === undefined) return { ...tensor, shape: claimed };
    // The fault has been told: which sizes the layer would have without it is the author's to say.
    if (tensor.producer?.fault !== undefined)
      return { ...tensor, shape: claimed.map((size, axis) => size ?? (shape.length === claimed.length ? shape[axis] : undefined)) };
    const node = tensor.producer === undefined ? {} : { node: tensor.producer };
    if (shape.length !== claimed.length) {
      problems.push({ fault: { code: 'claim-mismatch', reason: 'rank', claimed, actual: shape, axes: [] }, range, frames, ...node });
      return { ...tensor, shape: undefined };
    }
    const wrong = claimed.flatMap((size, axis) => (isEqual(size, shape[axis]) === false ? [axis] : []));
    const axes = wrong.map((axis) => ({ axis, range: axisRanges[axis] ?? range }));
    const [first] = axes;
    const last = axes[axes.length - 1];
    if (first !== undefined && last !== undefined) {
      const place = { start: first.range.start, end: last.range.end };
      problems.push({ fault: { code: 'claim-mismatch', reason: 'size', claimed, actual: shape, axes }, range: place, frames, ...node });
    }
    claimed.forEach((size, axis) => {
      const actual = shape[axis];
      if (wrong.length > 0 || size === undefined || actual === undefined || isEqual(size, actual) !== undefined) return;
      const place = axisRanges[axis] ?? range;
      const fault: Fault = { code: 'claim-mismatch', reason: 'size', claimed, actual: shape, axes: [{ axis, range: place }] };
      placed.push({ condition: { kind: 'equal', left: actual, right: size }, fault, range: place, frames, ...node });
    });
    // Which of the two is the mistake cannot be known, so that nothing may be built on either.
    return { ...tensor, shape: shape.map((size, axis) => (wrong.includes(axis) ? undefined : (size ?? claimed[axis]))) };
  }

  return {
    input: (label, written, range, axisRanges) => {
      const shape = given === undefined ? written : inputShapeAt(label, written, given);
      return { shape, index: 0, label, range, ...(axisRanges !== undefined && { axisRanges }) };
    },
    apply,
    infer: (use) => alike(atGiven(use)).inference,
    claim,
    report: (problem) => problems.push(problem),
    nodes,
    conditions: placed,
    problems,
  };
}

/** The kernel or padding that is wrong on one axis is most likely meant for all: no spatial size is certain behind these. */
const SPATIAL_FAULTS: ReadonlySet<Fault['code']> = new Set([
  'kernel-exceeds-input',
  'pool-padding',
  'reflection-padding',
  'output-padding-range',
  'empty-output',
]);

const NO_TENSORS: readonly Tensor[] = [];
const NO_CONDITIONS: readonly OpenCondition[] = [];

const alike = createAlike(inferUse);

function inferUse(use: OperatorUse): Inference {
  const operator = operators.get(use.operator);
  if (operator === undefined) return { outputs: [undefined], conditions: NO_CONDITIONS };
  const { minimum, maximum } = operator.inputs;
  const count = use.inputs.length;
  if (count < minimum || count > maximum) {
    const fault: OperatorFault = { code: 'input-count', reason: 'input-count', expected: countWords(operator), actual: count };
    return { outputs: [undefined], fault, conditions: NO_CONDITIONS };
  }
  const inference = operator.infer(
    createCall(
      operator,
      use.arguments,
      use.inputs.map(({ shape }) => shape),
    ),
  );
  const tooMany = inference.outputs.find((shape) => shape !== undefined && shape.length > MOST_AXES);
  if (tooMany !== undefined) {
    const fault: OperatorFault = {
      code: 'argument-range',
      reason: 'too-many-axes',
      argument: '',
      value: tooMany.length,
      legal: `at most ${MOST_AXES}`,
    };
    return { outputs: [undefined], fault, conditions: NO_CONDITIONS };
  }
  const tooLarge = inference.outputs.findIndex(isTooLarge);
  if (tooLarge < 0 || inference.fault !== undefined) return inference;
  const fault: OperatorFault = {
    code: 'argument-range',
    reason: 'too-large',
    argument: '',
    value: null,
    legal: `such that the output has at most 2**53 - 1 elements`,
  };
  return { ...inference, outputs: inference.outputs.map(() => undefined), fault };
}

/** As in PyTorch. */
const MOST_AXES = 64;

function countWords({ inputs: { minimum, maximum } }: Operator): string {
  if (minimum === maximum) return minimum === 1 ? '1 input' : `${minimum} inputs`;
  return maximum === Infinity ? `at least ${minimum} ${minimum === 1 ? 'input' : 'inputs'}` : `${minimum} to ${maximum} inputs`;
}

function isTooLarge(shape: Shape): boolean {
  if (shape === undefined) return false;
  let elements = 1;
  for (const size of shape) {
    if (typeof size === 'number') elements *= size;
    if (size === 0) return false;
  }
  return elements > Number.MAX_SAFE_INTEGER;
}
