import { openAtomic } from './atomic-file.ts';
import { headerOf } from './safetensors.ts';

export interface Float16File {
  /** Writes these bits of float16 from element `first` on. */
  write(first: number, bits: Uint16Array): void;
  finish(): void;
  discard(): void;
}

/**
 * A safetensors file of one float16 tensor, [length], of any size: written in pieces in any order, and there once it is
 * whole. What is not written is zero.
 */
export function openFloat16File(path: string, name: string, length: number): Float16File {
  const { write, finish, discard } = openAtomic(path);
  const header = headerOf([{ name, dtype: 'F16', shape: [length] }]);
  write(header, 0);
  return {
    write: (first, { buffer, byteOffset, byteLength }) =>
      write(new Uint8Array(buffer, byteOffset, byteLength), header.length + 2 * first),
    finish,
    discard,
  };
}
