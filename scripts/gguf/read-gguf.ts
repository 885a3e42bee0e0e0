import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, UserError } from '../../orchestrator/shared/errors.ts';
import { bytesOfElements, dequantise } from './dequantise.ts';

export type GgufValue = number | bigint | boolean | string | GgufValue[];

export interface GgufTensor {
  /** Row-major, outermost axis first: the order of NumPy, which is the reverse of the file's. */
  shape: number[];
  /** GGML's number of the element type. */
  type: number;
  /** Bytes from the start of the file. */
  start: number;
}

/** A GGUF file: settings, and tensors that are read one at a time. */
export interface Gguf {
  place: string;
  metadata: Map<string, GgufValue>;
  tensors: Map<string, GgufTensor>;
  /** Values as float32, dequantised where the file holds blocks. Throws a UserError when the tensor is absent. */
  read(name: string): Float32Array;
  close(): void;
}

const magic = 0x46554747;
const defaultAlignment = 32;

/** Opens a GGUF file of version 2 or 3, the format of llama.cpp, and reads its header. */
export function openGguf(place: string): Gguf {
  const file = openForReading(place);
  try {
    const { metadata, tensors } = readHeader(file, place);
    return {
      place,
      metadata,
      tensors,
      read(name) {
        const tensor = tensors.get(name);
        if (!tensor) throw broken(place, `it has no tensor "${name}"`);
        const elements = tensor.shape.reduce((product, size) => product * size, 1);
        const bytes = Buffer.alloc(bytesOfElements(tensor.type, elements));
        if (readSync(file, bytes, 0, bytes.length, tensor.start) !== bytes.length)
          throw broken(place, `tensor "${name}" is cut`);
        return dequantise(tensor.type, bytes, elements);
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error instanceof RangeError ? broken(place, messageOf(error), error) : error;
  }
}

function readHeader(file: number, place: string): Pick<Gguf, 'metadata' | 'tensors'> {
  const cursor = createCursor(file);
  if (cursor.uint32() !== magic) throw broken(place, 'it does not begin with "GGUF"');
  const version = cursor.uint32();
  if (version !== 2 && version !== 3)
    throw broken(place, `its version is ${version}; expected 2 or 3, in the byte order of this machine`);
  const [tensorCount, settings] = [cursor.size(), cursor.size()];
  const metadata = new Map<string, GgufValue>();
  for (let at = 0; at < settings; at++) metadata.set(cursor.text(), cursor.value(cursor.uint32()));
  const entries: [string, GgufTensor][] = [];
  for (let at = 0; at < tensorCount; at++) {
    const name = cursor.text();
    const shape = Array.from({ length: cursor.uint32() }, () => cursor.size()).reverse();
    entries.push([name, { shape, type: cursor.uint32(), start: cursor.size() }]);
  }
  const alignment = Number(metadata.get('general.alignment') ?? defaultAlignment);
  const body = Math.ceil(cursor.position() / alignment) * alignment;
  const size = fstatSync(file).size;
  for (const [name, tensor] of entries) {
    tensor.start += body;
    const elements = tensor.shape.reduce((product, length) => product * length, 1);
    if (tensor.start + bytesOfElements(tensor.type, elements) > size)
      throw broken(place, `tensor "${name}" ends behind the end of the file`);
  }
  return { metadata, tensors: new Map(entries) };
}

/** Reads little-endian values one after the other, through a buffer; a RangeError where the file ends. */
function createCursor(file: number) {
  const size = fstatSync(file).size;
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > size - at) throw new RangeError(`it ends at byte ${size}, within its header`);
    if (at + length > windowStart + window.length) {
      window = Buffer.alloc(Math.max(length, Math.min(1 << 20, size - at)));
      windowStart = at;
      readSync(file, window, 0, window.length, at);
    }
    const bytes = window.subarray(at - windowStart, at - windowStart + length);
    at += length;
    return bytes;
  };
  const uint32 = () => take(4).readUInt32LE();
  const count = (): number => {
    const value = Number(take(8).readBigUInt64LE());
    if (!Number.isSafeInteger(value)) throw new RangeError(`a length of ${value} in its header`);
    return value;
  };
  const text = () => take(count()).toString('utf8');
  const value = (type: number): GgufValue => {
    switch (type) {
      case 0:
        return take(1).readUInt8();
      case 1:
        return take(1).readInt8();
      case 2:
        return take(2).readUInt16LE();
      case 3:
        return take(2).readInt16LE();
      case 4:
        return uint32();
      case 5:
        return take(4).readInt32LE();
      case 6:
        return take(4).readFloatLE();
      case 7:
        return take(1).readUInt8() !== 0;
      case 8:
        return text();
      case 9: {
        const [element, length] = [uint32(), count()];
        if (length > size) throw new RangeError(`a list of ${length} values in its header`);
        return Array.from({ length }, () => value(element));
      }
      case 10:
        return take(8).readBigUInt64LE();
      case 11:
        return take(8).readBigInt64LE();
      case 12:
        return take(8).readDoubleLE();
      default:
        throw new RangeError(`a value of the unknown type ${type} in its header`);
    }
  };
  return { uint32, size: count, text, value, position: () => at };
}

function openForReading(place: string): number {
  try {
    return openSync(place, 'r');
  } catch (cause) {
    throw new UserError('gguf/unreadable', `cannot be opened: ${messageOf(cause)}`, {
      place,
      remedy: 'Give the path of a GGUF file.',
      cause,
    });
  }
}

function broken(place: string, reason: string, cause?: unknown): UserError {
  return new UserError('gguf/broken', `is not a GGUF file that can be read here: ${reason}`, {
    place,
    remedy: 'The file is truncated or of another kind: copy or download it again.',
    cause,
  });
}
