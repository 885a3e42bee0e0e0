import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, UserError } from '../shared/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { float16Values } from './float16.ts';
import { isLfsPointer, lfsMessage, lfsRemedy } from './lfs-pointer.ts';

/** The public safetensors format: 8 bytes of header length, a JSON header, raw little-endian data. */
export type SafetensorsType = 'F32' | 'F16' | 'BF16' | 'F64' | 'I64' | 'I32' | 'U8';

/** Uint16Array data are the bits of float16. */
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array | Float64Array;

export interface StoredTensor {
  shape: number[];
  data: TensorData;
}

export interface FloatTensor extends StoredTensor {
  data: Float32Array;
}

export interface TensorEntry {
  dtype: SafetensorsType;
  shape: number[];
  /** Bytes from the start of the file. */
  start: number;
  end: number;
}

const bytesPerElement: Record<SafetensorsType, number> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  F64: 8,
  I64: 8,
  I32: 4,
  U8: 1,
};
const maximalHeader = 100_000_000;

/** Writes tensors in the order given, atomically. Shapes must fit the data. */
export function writeSafetensors(
  path: string,
  tensors: Record<string, StoredTensor>,
  metadata: Record<string, string> = {},
): void {
  for (const [name, { shape, data }] of Object.entries(tensors))
    if (shape.reduce((product, size) => product * size, 1) !== data.length)
      throw new RangeError(`tensor ${name}: shape [${shape}] does not fit ${data.length} elements`);
  const described = Object.entries(tensors).map(([name, { shape, data }]) => ({
    name,
    shape,
    dtype: typeOf(data),
  }));
  const bodies = Object.values(tensors).map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  writeFileAtomic(path, [headerOf(described, metadata), ...bodies]);
}

/** All that stands before the data. */
export function headerOf(
  tensors: readonly { name: string; dtype: SafetensorsType; shape: readonly number[] }[],
  metadata: Record<string, string> = {},
): Buffer {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let offset = 0;
  for (const { name, dtype, shape } of tensors) {
    const end = offset + bytesPerElement[dtype] * shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  const encoded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const padded = Buffer.concat([encoded, Buffer.alloc((8 - (encoded.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded]);
}

export interface Safetensors {
  metadata: Record<string, string>;
  entries: Map<string, TensorEntry>;
  /** Reads one tensor; float16 and bfloat16 come as float32. Throws a UserError when it is absent. */
  read(name: string): StoredTensor;
  /**
   * The bits of `count` elements of a float16 tensor from `first` on, so that a large one need not be in memory.
   * Throws a UserError when it is absent or of another type.
   */
  readFloat16Bits(name: string, first: number, count: number): Uint16Array;
  close(): void;
}

/** Opens a file and checks its header; tensors are read one at a time, so that the file may be larger than memory. */
export function openSafetensors(path: string): Safetensors {
  const file = openForReading(path);
  try {
    const { entries, metadata } = readHeader(file, path);
    const entryOf = (name: string, dtype?: SafetensorsType) => {
      const entry = entries.get(name);
      if (entry && (dtype ?? entry.dtype) === entry.dtype) return entry;
      const wanted = dtype ? `no ${dtype} tensor` : 'no tensor';
      throw new UserError('safetensors/missing-tensor', `has ${wanted} "${name}"`, {
        place: path,
        remedy: `The file holds: ${[...entries.keys()].slice(0, 8).join(', ')}${entries.size > 8 ? ', …' : ''}.`,
      });
    };
    return {
      metadata,
      entries,
      read: (name) => {
        const { dtype, shape, start, end } = entryOf(name);
        return { shape, data: decode(dtype, readBytes(file, start, end)) };
      },
      readFloat16Bits: (name, first, count) => {
        const { start } = entryOf(name, 'F16');
        const from = start + 2 * first;
        return new Uint16Array(readBytes(file, from, from + 2 * count).buffer);
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** All tensors of a file. */
export function readSafetensors(path: string): Record<string, StoredTensor> {
  const file = openSafetensors(path);
  try {
    return Object.fromEntries([...file.entries.keys()].map((name) => [name, file.read(name)]));
  } finally {
    file.close();
  }
}

/** One float32 tensor of a file, with the number of dimensions checked. */
export function readFloat32(
  tensors: Record<string, StoredTensor>,
  name: string,
  place: string,
): Float32Array {
  const data = tensors[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new UserError('safetensors/missing-tensor', `has no float32 tensor "${name}"`, {
    place,
    remedy: 'Delete the folder that holds it and run again: the stage rebuilds it.',
  });
}

function openForReading(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new UserError('safetensors/unreadable', `cannot be opened: ${messageOf(cause)}`, {
      place: path,
      remedy: 'Check the path; the file is written by an earlier stage or comes with a model.',
      cause,
    });
  }
}

function readHeader(
  file: number,
  path: string,
): { entries: Map<string, TensorEntry>; metadata: Record<string, string> } {
  const broken = (reason: string, cause?: unknown) =>
    new UserError('safetensors/broken', `is not a complete safetensors file: ${reason}`, {
      place: path,
      remedy:
        'The file is truncated or of another kind: copy or download it again, or run the stage that makes it.',
      cause,
    });
  const size = fstatSync(file).size;
  if (size < 8) throw broken(`it has ${size} bytes`);
  if (isLfsPointer(Buffer.from(readBytes(file, 0, Math.min(size, 64))).toString('latin1')))
    throw new UserError('safetensors/pointer', lfsMessage, { place: path, remedy: lfsRemedy });
  const length = Number(Buffer.from(readBytes(file, 0, 8)).readBigUInt64LE());
  if (length > maximalHeader || length + 8 > size)
    throw broken(`its header claims ${length} bytes, the file has ${size}`);
  let header: Record<string, { dtype: SafetensorsType; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(Buffer.from(readBytes(file, 8, 8 + length)).toString('utf8'));
  } catch (cause) {
    throw broken('its header is not JSON', cause);
  }
  if (header === null || typeof header !== 'object') throw broken('its header is not a table of tensors');
  const entries = new Map<string, TensorEntry>();
  for (const [name, tensor] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (!isCounts(tensor?.shape) || !isCounts(tensor.data_offsets))
      throw broken(`tensor "${name}" has no shape or no offsets`);
    if (typeof tensor.dtype !== 'string' || !Object.hasOwn(bytesPerElement, tensor.dtype))
      throw new UserError(
        'safetensors/unknown-type',
        `tensor "${name}" has the type ${JSON.stringify(tensor.dtype)?.slice(0, 60)}, known are ${Object.keys(bytesPerElement).join(', ')}`,
        {
          place: path,
          remedy:
            'Take the weights in bfloat16, float16 or float32, or convert them once: in Python, from_pretrained(folder, dtype="bfloat16"), then save_pretrained.',
        },
      );
    const width = bytesPerElement[tensor.dtype];
    const [from, to] = tensor.data_offsets;
    const elements = tensor.shape.reduce((product, next) => product * next, 1);
    if (!Number.isInteger(from) || !Number.isInteger(to) || to - from !== elements * width || from < 0)
      throw broken(`tensor "${name}" has offsets that do not fit its shape`);
    if (8 + length + to > size)
      throw broken(`tensor "${name}" ends at byte ${8 + length + to}, the file has ${size}`);
    entries.set(name, {
      dtype: tensor.dtype,
      shape: tensor.shape,
      start: 8 + length + from,
      end: 8 + length + to,
    });
  }
  const metadata = ((header as Record<string, unknown>).__metadata__ ?? {}) as Record<string, string>;
  return { entries, metadata };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function readBytes(file: number, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, Math.min(bytes.length - at, 1 << 30), start + at);
    if (read === 0) throw new UserError('safetensors/broken', 'the file ended while it was read');
    at += read;
  }
  return bytes;
}

function typeOf(data: TensorData): SafetensorsType {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof BigInt64Array) return 'I64';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Uint16Array) return 'F16';
  return 'U8';
}

function decode(dtype: SafetensorsType, bytes: Uint8Array): TensorData {
  const { buffer } = bytes;
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'I32':
      return new Int32Array(buffer);
    case 'I64':
      return new BigInt64Array(buffer);
    case 'F64':
      return new Float64Array(buffer);
    case 'U8':
      return bytes;
    case 'BF16':
      return widenBfloat16(new Uint16Array(buffer));
    case 'F16':
      return widenFloat16(new Uint16Array(buffer));
  }
}

function widenBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let at = 0; at < halves.length; at++) bits[at] = halves[at] << 16;
  return new Float32Array(bits.buffer);
}

function widenFloat16(halves: Uint16Array): Float32Array {
  // One look-up an element: computing each of a billion weights would take minutes.
  const values = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) values[at] = float16Values[halves[at]];
  return values;
}
