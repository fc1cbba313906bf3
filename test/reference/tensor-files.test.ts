// Files of tensors: every kind of number is read, and what is wrong is said with its place and its numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonTensors, toJsonTensor } from '../../server/src/reference/json-tensors.ts';
import { readNpy } from '../../server/src/reference/npy.ts';
import { readSafetensors, writeSafetensors } from '../../server/src/reference/safetensors.ts';
import type { TensorFile } from '../../server/src/reference/tensor-file.ts';

/** A file with this header and data. */
function safetensors(header: unknown, data: readonly number[] = [], length?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

function one(dtype: string, shape: unknown, data: readonly number[], offsets: unknown = [0, data.length]): Uint8Array {
  return safetensors({ __metadata__: { format: 'pt' }, w: { dtype, shape, data_offsets: offsets } }, data);
}

const bytesOf = (array: ArrayBufferView<ArrayBuffer>) => [...new Uint8Array(array.buffer)];
const only = (file: TensorFile) => (file.kind === 'tensors' ? [...file.tensors.values()][0] : file);

describe('safetensors', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['F32', bytesOf(Float32Array.of(1.5, -2)), [1.5, -2]],
    ['F64', bytesOf(Float64Array.of(1.5, -2)), [1.5, -2]],
    // 1, -2, the largest, the smallest above 0, infinity.
    ['F16', [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x7c], [1, -2, 65504, 2 ** -24, Infinity]],
    ['BF16', [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
    ['I64', bytesOf(BigInt64Array.of(-3n, 7n)), [-3, 7]],
    ['I32', bytesOf(Int32Array.of(-3)), [-3]],
    ['U16', bytesOf(Uint16Array.of(65535)), [65535]],
    ['I8', [0xff], [-1]],
    ['U8', [0xff], [255]],
    ['BOOL', [0, 1, 2], [0, 1, 1]],
  ])('reads %s', (dtype, data, expected) => {
    expect(only(readSafetensors(one(dtype, [expected.length], data)))).toEqual({
      shape: [expected.length],
      data: Float32Array.from(expected),
    });
  });

  it.each<[string, Uint8Array, string]>([
    ['is too short', new Uint8Array(3), 'A safetensors file begins with 8 bytes; this one has 3.'],
    ['has a header longer than itself', safetensors({}, [], 999), 'The header says that it has 999 bytes, and 2 are there.'],
    ['has no JSON', safetensors('{"a'), 'The header is not JSON: '],
    ['has no object', safetensors('[1]'), 'The header is no JSON object.'],
    ['has an entry that is none', safetensors({ w: 1 }), 'Tensor `w`: its entry in the header is no object.'],
    ['has numbers of another kind', one('F8_E4M3', [1], [0]), 'Tensor `w`: its dtype is "F8_E4M3"; F64, F32,'],
    ['has a negative size', one('F32', [-1], []), 'Tensor `w`: its shape is [-1], and not a list of whole numbers.'],
    [
      'points behind its end',
      one('F32', [2], [0, 0, 0, 0], [0, 8]),
      'Tensor `w`: its data_offsets are [0,8], and the file has 4 bytes of data.',
    ],
    ['has another size than its shape', one('F32', [2], [0, 0, 0, 0]), 'Tensor `w`: its shape [2] as F32 takes 8 bytes, and it has 4.'],
    ['has a size beyond counting', one('F32', [2 ** 40, 2 ** 40], []), 'Tensor `w`: its shape [1099511627776, 1099511627776]'],
  ])('refuses a file that %s', (_, bytes, message) => {
    const file = readSafetensors(bytes);
    expect(file).toMatchObject({ kind: 'invalid' });
    expect('message' in file && file.message.slice(0, message.length)).toBe(message);
  });

  it('reads what it writes', () => {
    const tensor = fc.array(fc.float(), { maxLength: 20 }).map((values) => ({ shape: [values.length], data: Float32Array.from(values) }));
    const names = fc.string().filter((name) => name !== '__metadata__' && name !== '__proto__');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, tensor), { maxLength: 4 }), (entries) => {
        const tensors = new Map(entries);
        const file = readSafetensors(writeSafetensors(tensors));
        // A header's names are in the order of a JavaScript object.
        expect(file.kind === 'tensors' && file.tensors.size === tensors.size).toBe(true);
        for (const [name, { data }] of tensors) expect(file.kind === 'tensors' && file.tensors.get(name)?.data).toEqual(data);
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    const valid = [...one('F32', [1, 1], [0, 0, 128, 63])];
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.nat(255), (at, byte) => {
        expect(['tensors', 'invalid']).toContain(readSafetensors(Uint8Array.from(valid.with(at, byte))).kind);
      }),
    );
  });
});

/** As numpy.save writes it. */
function npy(header: string, data: readonly number[], version = 1): Uint8Array {
  const text = [...new TextEncoder().encode(header)];
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...data]);
}

describe('.npy', () => {
  it.each<[string, Uint8Array, readonly number[], readonly number[]]>([
    ['floats', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", bytesOf(Float32Array.of(1.5, -2))), [2], [1.5, -2]],
    ['a scalar', npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }\n", bytesOf(Float64Array.of(3))), [], [3]],
    ['big-endian numbers', npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }\n", [0, 1, 255, 254]), [2], [1, -2]],
    ['bytes, in version 2', npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3), }\n", [1, 2, 255], 2), [1, 3], [1, 2, 255]],
    [
      'Fortran order',
      npy("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }\n", [1, 4, 2, 5, 3, 6], 3),
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ],
  ])('reads %s', (_, bytes, shape, data) => {
    expect(readNpy(bytes)).toEqual({ kind: 'tensor', tensor: { shape, data: Float32Array.from(data) } });
  });

  it.each<[string, Uint8Array, string]>([
    ['another file', Uint8Array.from({ length: 40 }), 'This is no .npy file.'],
    ['version 9', npy('', [0, 0, 0], 9), 'The file has version 9 of the format; 1 to 3 can be read.'],
    ['a header longer than the file', npy('{}', []).with(8, 200), 'The header says that it has 200 bytes, and 2 are there.'],
    ['complex numbers', npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", [0]), 'The numbers are of type <c8; f8, f4,'],
    ['records', npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", [0]), 'The header has no descr'],
    [
      'too little data',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", [0]),
      'The shape [2, 2] takes 16 bytes, and the file has 1.',
    ],
  ])('refuses %s', (_, bytes, message) => {
    const file = readNpy(bytes);
    expect('message' in file && file.message.slice(0, message.length)).toBe(message);
  });
});

describe('JSON', () => {
  it('reads inputs and weights, with words for what JSON has no number for', () => {
    const text = '{"inputs": {"x": {"shape": [2], "data": [1, "-Infinity"]}}, "weights": {"0.bias": {"shape": [], "data": [2.5]}}}';
    expect(readJsonTensors(text)).toEqual({
      kind: 'tensors',
      tensors: new Map([
        ['inputs.x', { shape: [2], data: Float32Array.of(1, -Infinity) }],
        ['weights.0.bias', { shape: [], data: Float32Array.of(2.5) }],
      ]),
    });
  });

  it.each([
    ['{', 'This is not JSON: '],
    ['[]', 'The file is no JSON object of tensors by name.'],
    ['{"input": {}}', 'The file has `inputs` and `weights`, and not `input`.'],
    ['{"inputs": {"x": [1]}}', 'Tensor `inputs.x` is no JSON object of tensors by name.'],
    ['{"inputs": {"x": {"shape": 2, "data": []}}}', 'Tensor `inputs.x`: its shape is 2, and not a list of whole numbers.'],
    ['{"inputs": {"x": {"shape": [2], "data": [1]}}}', 'Tensor `inputs.x`: its shape [2] takes 2 numbers, and its data has 1.'],
    ['{"inputs": {"x": {"shape": [1], "data": [[1]]}}}', 'Tensor `inputs.x`: data[0] is [1], and no number; the data is one flat list.'],
  ])('refuses %s', (text, message) => {
    const file = readJsonTensors(text);
    expect('message' in file && file.message.slice(0, message.length)).toBe(message);
  });

  it('writes as few digits as tell a float32 number from all others', () => {
    expect(toJsonTensor({ shape: [4], data: Float32Array.of(0.1, 1 / 3, NaN, 2) }).data).toEqual([0.1, 0.33333334, 'NaN', 2]);
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // JSON has no sign of 0.
        expect(Math.fround(Number(toJsonTensor({ shape: [1], data: Float32Array.of(value) }).data[0]))).toBe(value + 0);
      }),
    );
  });
});
