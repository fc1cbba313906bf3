// What the fast path uses of WebAssembly, which the types of the language do not declare; Node and browsers both have it.

/** A linear memory; growing it leaves views of the old buffer empty. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A compiled module: opaque. */
export type WasmModule = object;

interface WebAssemblyNamespace {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  Instance: new (module: WasmModule) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** Undefined where scripts are kept from WebAssembly. */
export const webAssembly = (globalThis as { readonly WebAssembly?: unknown }).WebAssembly as WebAssemblyNamespace | undefined;
