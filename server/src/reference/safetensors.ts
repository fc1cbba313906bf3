// Reads and writes .safetensors: 8 bytes with the length of a header, the header as JSON, and the data of all tensors.
import { NUMBER_FORMATS, readNumbers, type NumberFormat } from './number-formats.ts';
import { elementCount, type TensorData } from './tensor-data.ts';
import { InvalidTensorFile, readTensorFile, toShape, type TensorFile } from './tensor-file.ts';

const FORMATS: ReadonlyMap<string, NumberFormat> = new Map<string, NumberFormat>([
  ['F64', NUMBER_FORMATS.float64],
  ['F32', NUMBER_FORMATS.float32],
  ['F16', NUMBER_FORMATS.float16],
  ['BF16', NUMBER_FORMATS.bfloat16],
  ['I64', NUMBER_FORMATS.int64],
  ['U64', NUMBER_FORMATS.uint64],
  ['I32', NUMBER_FORMATS.int32],
  ['U32', NUMBER_FORMATS.uint32],
  ['I16', NUMBER_FORMATS.int16],
  ['U16', NUMBER_FORMATS.uint16],
  ['I8', NUMBER_FORMATS.int8],
  ['U8', NUMBER_FORMATS.uint8],
  ['BOOL', NUMBER_FORMATS.bool],
]);

/** As the format's own implementation has it. */
const LONGEST_HEADER = 100_000_000;

/** Reads all tensors, converted to float32. Lengths, offsets and shapes are checked before anything is read with them. */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  return readTensorFile(() => {
    if (bytes.length < 8) throw new InvalidTensorFile(`A safetensors file begins with 8 bytes; this one has ${bytes.length}.`);
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
    if (length > Math.min(LONGEST_HEADER, bytes.length - 8))
      throw new InvalidTensorFile(`The header says that it has ${length} bytes, and ${bytes.length - 8} are there.`);
    const data = bytes.subarray(8 + length);
    const entries = Object.entries(parseHeader(bytes.subarray(8, 8 + length))).filter(([name]) => name !== '__metadata__');
    return new Map(entries.map(([name, entry]) => [name, readTensor(name, entry, data)]));
  });
}

function parseHeader(bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new InvalidTensorFile(`The header is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new InvalidTensorFile('The header is no JSON object.');
  return header;
}

function readTensor(name: string, entry: unknown, data: Uint8Array): TensorData {
  const fail = (message: string) => new InvalidTensorFile(`Tensor \`${name}\`: ${message}`);
  if (typeof entry !== 'object' || entry === null) throw fail('its entry in the header is no object.');
  const { dtype, shape: sizes, data_offsets: offsets } = entry as Record<string, unknown>;
  const format = typeof dtype === 'string' ? FORMATS.get(dtype) : undefined;
  if (format === undefined) throw fail(`its dtype is ${JSON.stringify(dtype)}; ${[...FORMATS.keys()].join(', ')} can be read.`);
  const shape = toShape(sizes);
  if (shape === undefined) throw fail(`its shape is ${JSON.stringify(sizes)}, and not a list of whole numbers.`);
  const [start, end, ...more] = toShape(offsets) ?? [];
  if (start === undefined || end === undefined || more.length > 0 || start > end || end > data.length)
    throw fail(`its data_offsets are ${JSON.stringify(offsets)}, and the file has ${data.length} bytes of data.`);
  const count = elementCount(shape);
  if (count * format.bytes !== end - start)
    throw fail(`its shape [${shape.join(', ')}] as ${String(dtype)} takes ${count * format.bytes} bytes, and it has ${end - start}.`);
  return { shape, data: readNumbers(data.subarray(start, end), format, count) };
}

/** The bytes of a file with these tensors as F32, the data aligned to 8 bytes. */
export function writeSafetensors(tensors: ReadonlyMap<string, TensorData>): Uint8Array {
  const entries: [string, object][] = [];
  let size = 0;
  for (const [name, { shape, data }] of tensors) {
    entries.push([name, { dtype: 'F32', shape, data_offsets: [size, size + data.length * 4] }]);
    size += data.length * 4;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { data } of tensors.values())
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return bytes;
}
