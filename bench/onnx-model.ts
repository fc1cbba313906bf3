// Writes an ONNX model of one layer, as much of the format as that takes (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).

export interface OneLayerModel {
  /** `Conv` or `ConvTranspose`. */
  readonly operator: string;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** By the names that the layer takes behind its input, in order: W and B. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array }[];
}

const INT = 2;
const INTS = 7;
const FLOAT_TENSOR = 1;

/** A model from the input `X` to the output `Y`. */
export function encodeOnnxModel({ operator, attributes, input, output, weights }: OneLayerModel): Uint8Array {
  const node = message(
    ...['X', ...weights.map(({ name }) => name)].map((name) => text(1, name)),
    text(2, 'Y'),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      field(
        5,
        typeof value === 'number'
          ? message(text(1, name), number(3, value), number(20, INT))
          : message(text(1, name), ...value.map((item) => number(8, item)), number(20, INTS)),
      ),
    ),
  );
  const initializers = weights.map(({ name, shape, data }) =>
    field(
      5,
      message(
        ...shape.map((size) => number(1, size)),
        number(2, FLOAT_TENSOR),
        text(8, name),
        field(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      ),
    ),
  );
  const graph = message(
    field(1, node),
    text(2, 'layer'),
    ...initializers,
    field(11, valueInfo('X', input)),
    field(12, valueInfo('Y', output)),
  );
  const opset = message(text(1, ''), number(2, 13));
  return message(number(1, 8), field(7, graph), field(8, opset));
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = shape.map((size) => field(1, message(number(1, size))));
  const tensor = message(number(1, FLOAT_TENSOR), field(2, message(...dimensions)));
  return message(text(1, name), field(2, message(field(1, tensor))));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

const number = (id: number, value: number) => message(varint(id * 8), varint(value));
const field = (id: number, content: Uint8Array) => message(varint(id * 8 + 2), varint(content.length), content);
const text = (id: number, content: string) => field(id, new TextEncoder().encode(content));

function message(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
