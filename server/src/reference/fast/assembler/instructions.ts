// WebAssembly's instructions as expressions, so that a kernel reads like its arithmetic: `f32x4.add(sum, f32x4.multiply(a, b))`.
import { signed, unsigned, type Code, type FunctionDeclaration, type ValueType } from './module.ts';

/** A parameter or local of a function. */
export interface Variable {
  readonly get: Code;
  set: (value: Code) => Code;
}

const VOID = 0x40;
const END = 0x0b;
const SIMD = 0xfd;
/** Alignment hint of a memory access, as a power of two. What is not so aligned works as well. */
const ALIGNED_TO_4 = 2;

type Binary = (left: Code, right: Code) => Code;
const binary =
  (...opcode: readonly number[]): Binary =>
  (left, right) => [...left, ...right, ...opcode];
const simd = (opcode: number) => [SIMD, ...unsigned(opcode)];

/** `offset` is a number of bytes that is added to the address without an instruction. */
type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;
const load =
  (...opcode: readonly number[]): Load =>
  (address, offset = 0) => [...address, ...opcode, ALIGNED_TO_4, ...unsigned(offset)];
const store =
  (...opcode: readonly number[]): Store =>
  (address, value, offset = 0) => [...address, ...value, ...opcode, ALIGNED_TO_4, ...unsigned(offset)];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28),
  add: binary(0x6a),
  subtract: binary(0x6b),
  multiply: binary(0x6c),
  isEqual: binary(0x46),
  /** The smaller of two; the operands are written twice. */
  least: (left: Code, right: Code): Code => [...left, ...right, ...left, ...right, 0x49, 0x1b],
  isLess: binary(0x49),
};

export const f32 = {
  load: load(0x2a),
  store: store(0x38),
};

export const v128 = {
  load: load(...simd(0x00)),
  store: store(...simd(0x0b)),
  /** Loads one float32 into all four lanes. */
  loadSplat: load(...simd(0x09)),
};

export const f32x4 = {
  zero: [SIMD, 0x0c, ...new Array<number>(16).fill(0)] as Code,
  add: binary(...simd(0xe4)),
  subtract: binary(...simd(0xe5)),
  multiply: binary(...simd(0xe6)),
  /** left * right + sum, rounded once or twice as the machine likes. Part of relaxed SIMD. */
  relaxedMultiplyAdd: (left: Code, right: Code, sum: Code): Code => [...left, ...right, ...sum, ...simd(0x105)],
  /** Lanes 0 to 3 are `left`'s, 4 to 7 are `right`'s. */
  shuffle: (left: Code, right: Code, lanes: readonly number[]): Code => [
    ...left,
    ...right,
    ...simd(0x0d),
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
};

export function sequence(...statements: readonly Code[]): Code {
  return statements.flat();
}

/** Runs the body once, and again as long as the condition holds. */
export function repeatWhile(condition: Code, ...body: readonly Code[]): Code {
  return [0x03, VOID, ...body.flat(), ...condition, 0x0d, 0, END];
}

function when(condition: Code, ...body: readonly Code[]): Code {
  return [...condition, 0x04, VOID, ...body.flat(), END];
}

export function either(condition: Code, then: Code, otherwise: Code): Code {
  return [...condition, 0x04, VOID, ...then, 0x05, ...otherwise, END];
}

/** `while`: nothing is run where the condition does not hold at the start. */
export function whileHolds(condition: Code, ...body: readonly Code[]): Code {
  return when(condition, repeatWhile(condition, ...body));
}

/** variable += amount. */
export function advance(variable: Variable, amount: Code): Code {
  return variable.set(i32.add(variable.get, amount));
}

/** A function of the module that is being written: its declaration, and how others call it. */
export interface ModuleFunction {
  readonly declaration: FunctionDeclaration;
  call: (...values: readonly Code[]) => Code;
}

/** Declares a function of i32 parameters. `at` is its place in the module's list of functions. */
export function defineFunction<Name extends string>(
  at: number,
  name: string,
  parameters: readonly Name[],
  write: (parameters: Readonly<Record<Name, Variable>>, local: (type: ValueType) => Variable) => readonly Code[],
): ModuleFunction {
  const locals: ValueType[] = [];
  const named = Object.fromEntries(parameters.map((parameter, index) => [parameter, variable(index)])) as Record<Name, Variable>;
  const body = write(named, (type) => variable(parameters.length + locals.push(type) - 1)).flat();
  return {
    declaration: { name, parameters: parameters.map(() => 'i32'), locals, body },
    call: (...values) => [...values.flat(), 0x10, ...unsigned(at)],
  };
}

function variable(index: number): Variable {
  return { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] };
}
