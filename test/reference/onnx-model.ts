// Writes an ONNX model with a single node, as protocol buffers, for a run of onnxruntime to compare with.

/** Field numbers are those of onnx.proto3. */
type Field = readonly [number: number, value: number | string | Uint8Array];

/** An integer, in groups of seven bits, the lowest first. */
function variableInteger(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Numbers as integers, everything else with its length in front. */
function message(fields: readonly Field[]): Uint8Array {
  const bytes = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [...variableInteger(number * 8), ...variableInteger(value)];
    const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return [...variableInteger(number * 8 + 2), ...variableInteger(content.length), ...content];
  });
  return Uint8Array.from(bytes);
}

const FLOAT = 1;
const ATTRIBUTE_INTEGER = 2;
const ATTRIBUTE_INTEGERS = 7;

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? message([
        [1, name],
        [3, value],
        [20, ATTRIBUTE_INTEGER],
      ])
    : message([[1, name], ...value.map((part): Field => [8, part]), [20, ATTRIBUTE_INTEGERS]]);
}

function valueInfo(name: string, rank: number): Uint8Array {
  const axes = Array.from({ length: rank }, (_, axis): Field => [1, message([[2, `${name}${axis}`]])]);
  return message([
    [1, name],
    [
      2,
      message([
        [
          1,
          message([
            [1, FLOAT],
            [2, message(axes)],
          ]),
        ],
      ]),
    ],
  ]);
}

/** A model of float32 tensors: `inputs` gives their ranks by name, and the node's one output is `y`. */
export function singleNodeModel(
  operator: string,
  attributes: Readonly<Record<string, number | readonly number[]>>,
  inputs: Readonly<Record<string, number>>,
  outputRank: number,
): Uint8Array {
  const names = Object.keys(inputs);
  const node = message([
    ...names.map((name): Field => [1, name]),
    [2, 'y'],
    [4, operator],
    ...Object.entries(attributes).map(([name, value]): Field => [5, attribute(name, value)]),
  ]);
  const graph = message([
    [1, node],
    [2, 'graph'],
    ...names.map((name): Field => [11, valueInfo(name, inputs[name] ?? 0)]),
    [12, valueInfo('y', outputRank)],
  ]);
  return message([
    [1, 8],
    [7, graph],
    [8, message([[2, 17]])],
  ]);
}
