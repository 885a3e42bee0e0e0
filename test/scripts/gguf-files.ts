import { writeFileSync } from 'node:fs';

/** GGUF as another program would write it: header and bytes put together by hand. */
export interface RawGguf {
  metadata: [name: string, type: number, value: number | string | boolean | string[] | number[]][];
  tensors: { name: string; shape: number[]; type: number; bytes: Uint8Array }[];
}

export const types = { uint32: 4, float32: 6, bool: 7, text: 8, texts: 9, numbers: 109 };

export function writeGguf(path: string, { metadata, tensors }: RawGguf, version = 3): void {
  const head = [Buffer.from('GGUF'), uint32(version), uint64(tensors.length), uint64(metadata.length)];
  for (const [name, type, value] of metadata) head.push(text(name), typed(type, value));
  let offset = 0;
  for (const { name, shape, type, bytes } of tensors) {
    head.push(
      text(name),
      uint32(shape.length),
      ...shape.toReversed().map(uint64),
      uint32(type),
      uint64(offset),
    );
    offset += padded(bytes.length);
  }
  const header = Buffer.concat(head);
  const bodies = tensors.map(({ bytes }) =>
    Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]),
  );
  const gap = Buffer.alloc(padded(header.length) - header.length);
  writeFileSync(path, Buffer.concat([header, gap, ...bodies]));
}

export function floatBytes(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

function typed(type: number, value: RawGguf['metadata'][number][2]): Buffer {
  if (type === types.uint32) return Buffer.concat([uint32(type), uint32(Number(value))]);
  if (type === types.float32) return Buffer.concat([uint32(type), Buffer.from(floatBytes([Number(value)]))]);
  if (type === types.bool) return Buffer.concat([uint32(type), Buffer.of(Number(value))]);
  if (type === types.text) return Buffer.concat([uint32(type), text(String(value))]);
  const list = value as (string | number)[];
  const element = type === types.texts ? types.text : types.uint32;
  const each = (one: string | number) => (typeof one === 'string' ? text(one) : uint32(one));
  return Buffer.concat([uint32(9), uint32(element), uint64(list.length), ...list.map(each)]);
}

function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function padded(length: number): number {
  return Math.ceil(length / 32) * 32;
}
