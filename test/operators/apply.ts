// Applies one call, written as in a network, to inputs written as shapes: so that a table of answers reads like PyTorch's page.
import { formatShape, formatSize } from '../../server/src/dims/format.ts';
import { createNetworkBuilder } from '../../server/src/inference/builder.ts';
import { nn } from '../../server/src/languages/nn/language.ts';
import type { Fault } from '../../server/src/network/fault.ts';
import { createCall } from '../../server/src/operators/call.ts';
import { operators } from '../../server/src/operators/registry.ts';

export interface Applied {
  /** The outputs' shapes, joined by `; `. */
  readonly shapes: string;
  /** The first fault as `code reason`, or the empty string. */
  readonly fault: string;
  readonly conditions: readonly string[];
  readonly parameters: string;
  readonly macs: string;
}

/** `inputs` are shapes with `; ` between them. */
export function apply(call: string, inputs: string): Applied {
  const shapes = inputs.split(';').map((shape) => shape.trim());
  const names = shapes.map((_, at) => `x${at}`);
  const lines = ['net Test:', ...shapes.map((shape, at) => `    input x${at}: ${shape}`), `    ${call}(${names.join(', ')})`];
  const { networks, problems } = nn.read(lines.join('\n'), createNetworkBuilder, 'test.nn');
  const node = networks[0]?.nodes[0];
  const fault = problems[0]?.fault;
  if (node === undefined) throw new Error(`not read: ${call}: ${JSON.stringify(fault)}`);
  const operator = operators.get(node.operator);
  if (operator === undefined) throw new Error(`no operator: ${call}`);
  const outputs = node.outputs.map(({ shape }) => shape);
  const given = node.inputs.map(({ shape }) => shape);
  const use = createCall(operator, node.arguments, given);
  const { parameters, macs } = operator.cost?.(use, outputs) ?? { parameters: 0, macs: 0 };
  return {
    shapes: outputs.map(formatShape).join('; '),
    fault: fault === undefined ? '' : words(fault),
    conditions: operator
      .infer(use)
      .conditions.map(({ condition: { kind, left, right } }) => `${formatSize(left)} ${kind} ${formatSize(right)}`),
    parameters: formatSize(parameters),
    macs: formatSize(macs),
  };
}

function words(fault: Fault): string {
  return `${fault.code} ${'reason' in fault ? fault.reason : ''}`;
}
