// Reads .npy: an array as NumPy saves it, in versions 1 to 3 of the format.
import { NUMBER_FORMATS, readNumbers, type NumberFormat } from './number-formats.ts';
import { elementCount, type TensorData } from './tensor-data.ts';
import { InvalidTensorFile, readTensorFile, toShape } from './tensor-file.ts';

export type NpyFile = { readonly kind: 'tensor'; readonly tensor: TensorData } | { readonly kind: 'invalid'; readonly message: string };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const FORMATS: ReadonlyMap<string, NumberFormat> = new Map<string, NumberFormat>([
  ['f8', NUMBER_FORMATS.float64],
  ['f4', NUMBER_FORMATS.float32],
  ['f2', NUMBER_FORMATS.float16],
  ['i8', NUMBER_FORMATS.int64],
  ['u8', NUMBER_FORMATS.uint64],
  ['i4', NUMBER_FORMATS.int32],
  ['u4', NUMBER_FORMATS.uint32],
  ['i2', NUMBER_FORMATS.int16],
  ['u2', NUMBER_FORMATS.uint16],
  ['i1', NUMBER_FORMATS.int8],
  ['u1', NUMBER_FORMATS.uint8],
  ['b1', NUMBER_FORMATS.bool],
]);

/** Reads an array, converted to float32 and to C order. */
export function readNpy(bytes: Uint8Array): NpyFile {
  const file = readTensorFile(() => new Map([['', read(bytes)]]));
  if (file.kind === 'invalid') return file;
  const tensor = file.tensors.get('');
  return tensor === undefined ? { kind: 'invalid', message: 'The file has no array.' } : { kind: 'tensor', tensor };
}

function read(bytes: Uint8Array): TensorData {
  const version = bytes[6];
  if (bytes.length < 12 || MAGIC.some((byte, at) => bytes[at] !== byte)) throw new InvalidTensorFile('This is no .npy file.');
  if (version === undefined || version < 1 || version > 3)
    throw new InvalidTensorFile(`The file has version ${version ?? 0} of the format; 1 to 3 can be read.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [begin, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (begin + length > bytes.length)
    throw new InvalidTensorFile(`The header says that it has ${length} bytes, and ${bytes.length - begin} are there.`);
  const { order, format, isFortran, shape } = parseHeader(new TextDecoder().decode(bytes.subarray(begin, begin + length)));
  const data = bytes.subarray(begin + length);
  const count = elementCount(shape);
  if (data.length < count * format.bytes)
    throw new InvalidTensorFile(`The shape [${shape.join(', ')}] takes ${count * format.bytes} bytes, and the file has ${data.length}.`);
  const numbers = readNumbers(data, format, count, order !== '>');
  return { shape, data: isFortran ? toCOrder(numbers, shape) : numbers };
}

/** The header is a Python dictionary with three keys. */
function parseHeader(header: string) {
  const [, description] = /'descr'\s*:\s*'([^']*)'/.exec(header) ?? [];
  if (description === undefined) throw new InvalidTensorFile('The header has no descr that names one type of numbers.');
  const order = description.charAt(0);
  const format = '<>|='.includes(order) ? FORMATS.get(description.slice(1)) : undefined;
  if (format === undefined)
    throw new InvalidTensorFile(`The numbers are of type ${description}; ${[...FORMATS.keys()].join(', ')} can be read.`);
  const [, sizes] = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header) ?? [];
  const shape = toShape(sizes?.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)])));
  if (shape === undefined) throw new InvalidTensorFile('The header has no shape that is a list of whole numbers.');
  return { order, format, shape, isFortran: /'fortran_order'\s*:\s*True/.test(header) };
}

/** From the first axis fastest to the last axis fastest. */
function toCOrder(from: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const to = new Float32Array(from.length);
  for (let at = 0; at < to.length; at++) {
    let [rest, source] = [at, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      source += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    to[at] = from[source] ?? 0;
  }
  return to;
}
