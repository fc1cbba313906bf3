// A module that was unrolled before is done again from memory: the network has to be the one that unrolling gives.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { formatShape } from '../../server/src/dims/format.ts';
import type { Layer, Network, Node, Tensor } from '../../server/src/network/network.ts';

/** At a width that no other model has, so that the first analysis finds nothing in memory. */
const model = (width: number, rows: readonly string[]) =>
  `nc: 7\nwidth_multiple: ${width}\nbackbone:\n${rows.map((row) => `  - ${row}\n`).join('')}head:\n  - [[-1], 1, Detect, [nc]]\n`;

const ROWS: readonly (readonly string[])[] = [
  ['[-1, 1, Conv, [64, 3, 2]]', '[-1, 3, C2f, [64, True]]', '[-1, 3, C2f, [64, True]]'],
  ['[-1, 1, Conv, [64, 3, 2]]', '[-1, 2, C3k2, [64, False, 0.25]]', '[-1, 1, SPPF, [64, 5]]', '[-1, 2, C2PSA, [64]]'],
  ['[-1, 1, Conv, [64, 3, 2]]', '[-1, 1, Conv, [64, 3, 1]]', '[[-1, -2], 1, Concat, [1]]', '[[-1, -1], 1, Concat, [1]]'],
  ['[-1, 1, Conv, [64, 3, 2]]', '[-1, 1, C3TR, [64]]', '[-1, 3, BottleneckCSP, [64]]', '[-1, 2, nn.Upsample, [None, 2, nearest]]'],
  ['[-1, 1, Conv, [64, 3, 2]]', '[-1, 1, CBLinear, [[64, 128]]]', '[-2, 1, Conv, [128, 3, 2]]', '[[1, -1], 1, CBFuse, [[1]]]'],
];

it.each(ROWS)('%s', (...rows) => {
  const width = 1 + (1 + ROWS.findIndex(([, second]) => second === rows[1])) / 8;
  const text = model(width, rows);
  const [first, second] = [text, text].map((source) => analyse({ path: 'm.yaml', text: source })?.document);
  expect(second?.networks.map(told)).toEqual(first?.networks.map(told));
  expect(second?.networks[0]?.nodes.length).toBeGreaterThan(rows.length);
  expect(second?.problems.length).toBe(first?.problems.length);
});

/** A network without its cycles: nodes by their number. */
function told({ nodes, layers, conditions }: Network): unknown {
  const numbers = new Map(nodes.map((node, at) => [node, at]));
  const tensor = ({ producer, shape, label, index, range }: Tensor) => ({
    producer: producer === undefined ? 'image' : numbers.get(producer),
    shape: formatShape(shape),
    label,
    index,
    range,
  });
  const node = ({ operator, arguments: written, inputs, outputs, source, sharesParameters, fault }: Node) => ({
    operator,
    written: [...written],
    inputs: inputs.map(tensor),
    outputs: outputs.map(tensor),
    source,
    sharesParameters,
    fault,
  });
  const layer = (one: Layer): unknown => ({
    ...one,
    node: one.node === undefined ? undefined : numbers.get(one.node),
    inputs: one.inputs.map(tensor),
    outputs: one.outputs.map(tensor),
    children: one.children.map(layer),
  });
  return {
    nodes: nodes.map(node),
    layers: layers.map(layer),
    conditions: conditions.map((placed) => ({ ...placed, node: placed.node === undefined ? undefined : numbers.get(placed.node) })),
  };
}
