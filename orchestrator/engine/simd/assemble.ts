/**
 * Assembles WebAssembly functions that walk over floats four at a time: as much of the binary format (WebAssembly Core
 * Specification 2.0, section 5) as the kernels here need.
 */

/** Instructions, as bytes; an expression leaves one value, a statement none. */
export type Code = readonly number[];

export interface Kernel {
  /** Names of its f32 parameters, after the number of bytes to walk over. */
  parameters: readonly string[];
  /** Names of vectors that hold something between instructions of one step. */
  vectors: readonly string[];
  /** One step, at the byte `at`. */
  step(registers: Registers): Code;
}

export interface Registers {
  /** A vector, or a parameter, four times. */
  get(name: string): Code;
  set(name: string, value: Code): Code;
  /** Four floats from `offset` bytes behind the place of the step. */
  load(offset: number): Code;
  store(offset: number, value: Code): Code;
}

export const add = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe4)];
export const subtract = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe5)];
export const multiply = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe6)];
export const divide = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe7)];
export const squareRoot = (a: Code): Code => [...a, ...simd(0xe3)];

/** Of the runtime, not of the language: its types come with those of browsers alone. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Record<string, unknown> };
};

export interface Instance {
  memory: Float32Array;
  /** Walks over `bytes` bytes from 0, in steps of four floats. */
  run(bytes: number, ...parameters: number[]): void;
}

/** A kernel that can be run, with `bytes` bytes of memory at least. */
export function instantiate(kernel: Kernel, bytes: number): Instance {
  const module = new WebAssembly.Module(assemble(kernel, Math.ceil(bytes / page)));
  const { memory, run } = new WebAssembly.Instance(module).exports;
  return {
    memory: new Float32Array((memory as { buffer: ArrayBuffer }).buffer),
    run: run as Instance['run'],
  };
}

const page = 65536;
const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b, function: 0x60 };

/** A module that exports `memory`, of `pages` times 64 KiB, and `run(bytes, ...parameters)`. */
function assemble({ parameters, vectors, step }: Kernel, pages: number): Uint8Array<ArrayBuffer> {
  const [bytes, at, firstSplat] = [0, parameters.length + 1, parameters.length + 2];
  const local = (name: string) => {
    const index = [...parameters, ...vectors].indexOf(name);
    if (index < 0) throw new TypeError(`the kernel has no "${name}"`);
    return firstSplat + index;
  };
  const place = [0x20, ...unsigned(at)];
  const registers: Registers = {
    get: (name) => [0x20, ...unsigned(local(name))],
    set: (name, value) => [...value, 0x21, ...unsigned(local(name))],
    load: (offset) => [...place, ...simd(0x00), 4, ...unsigned(offset)],
    store: (offset, value) => [...place, ...value, ...simd(0x0b), 4, ...unsigned(offset)],
  };
  const splats = parameters.flatMap((name, index) =>
    registers.set(name, [0x20, ...unsigned(index + 1), ...simd(0x13)]),
  );
  // do { step; at += 16 } while (at < bytes)
  const next = [...place, 0x41, 16, 0x6a, 0x22, ...unsigned(at), 0x20, bytes, 0x49, 0x0d, 0];
  const body = [...splats, 0x03, 0x40, ...step(registers), ...next, 0x0b, 0x0b];
  const locals = list([
    [1, type.i32],
    [...unsigned(parameters.length + vectors.length), type.v128],
  ]);
  const signature = [type.function, ...list([[type.i32], ...parameters.map(() => [type.f32])]), 0];
  return Uint8Array.from([
    ...[0x00, ...text('asm'), 1, 0, 0, 0],
    ...section(1, [signature]),
    ...section(3, [[0]]),
    ...section(5, [[0, ...unsigned(pages)]]),
    ...section(7, [
      [...sized(text('memory')), 2, 0],
      [...sized(text('run')), 0, 0],
    ]),
    ...section(10, [sized([...locals, ...body])]),
  ]);
}

function simd(opcode: number): Code {
  return [0xfd, ...unsigned(opcode)];
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, ...sized(list(entries))];
}

function list(entries: readonly Code[]): Code {
  return [...unsigned(entries.length), ...entries.flat()];
}

function sized(code: Code): Code {
  return [...unsigned(code.length), ...code];
}

function text(ascii: string): Code {
  return [...Buffer.from(ascii, 'ascii')];
}

/** LEB128 */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
