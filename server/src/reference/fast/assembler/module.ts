// Writes a WebAssembly module as bytes: its sections and functions (https://webassembly.github.io/spec/core/binary/).

/** Instructions as bytes, in the order of the stack machine. */
export type Code = readonly number[];

export type ValueType = 'i32' | 'f32' | 'v128';

export interface FunctionDeclaration {
  /** Name under which it is exported. */
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

export interface ModuleDeclaration {
  /** Functions call each other by their place in this list. None has a result. */
  readonly functions: readonly FunctionDeclaration[];
  /** Size of the memory, exported as `memory`, in pages of 64 KiB. */
  readonly memory: { readonly minimum: number; readonly maximum: number };
}

const VALUE_TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };
const SECTION = { type: 1, function: 3, memory: 5, export: 7, code: 10 };
const EXPORT_KIND = { function: 0, memory: 2 };
const FUNCTION_TYPE = 0x60;
const HAS_MAXIMUM = 1;
const END = 0x0b;
const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export function encodeModule({ functions, memory }: ModuleDeclaration): Uint8Array<ArrayBuffer> {
  const exported = [
    [...encodeName('memory'), EXPORT_KIND.memory, 0],
    ...functions.map(({ name }, at) => [...encodeName(name), EXPORT_KIND.function, ...unsigned(at)]),
  ];
  const types = functions.map(({ parameters }) => [FUNCTION_TYPE, ...vector(parameters.map((type) => [VALUE_TYPES[type]])), 0]);
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(SECTION.type, vector(types)),
    ...section(SECTION.function, vector(functions.map((_, at) => unsigned(at)))),
    ...section(SECTION.memory, vector([[HAS_MAXIMUM, ...unsigned(memory.minimum), ...unsigned(memory.maximum)]])),
    ...section(SECTION.export, vector(exported)),
    ...section(SECTION.code, vector(functions.map(encodeFunction))),
  ]);
}

function encodeFunction({ locals, body }: FunctionDeclaration): Code {
  const code = [...vector(locals.map((type) => [1, VALUE_TYPES[type]])), ...body, END];
  return [...unsigned(code.length), ...code];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function encodeName(name: string): Code {
  return vector(Array.from(name, (character) => [character.charCodeAt(0)]));
}

/** LEB128 of a whole number from 0 to 2**32 - 1: seven bits a byte, the lowest first. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** Signed LEB128 of a whole number from -(2**31) to 2**31 - 1. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const low = rest & 0x7f;
    // Bit 6 of the last byte is the sign.
    if ((rest >> 6 === 0 && (low & 0x40) === 0) || (rest >> 6 === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
