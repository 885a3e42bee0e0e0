import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// TensorBoard's event files: TFRecord frames (length, masked CRC-32C, data, masked CRC-32C) of protobuf `Event`s.

/** The first event of every file. */
export function versionEvent(): Uint8Array {
  return frame(event(0, (writer) => writer.tag(3, WireType.LengthDelimited).string('brain.Event:2')));
}

/** A number under a tag at a step. */
export function scalarEvent(tag: string, value: number, step: number): Uint8Array {
  const summaryValue = new BinaryWriter();
  summaryValue.tag(1, WireType.LengthDelimited).string(tag);
  summaryValue.tag(2, WireType.Bit32).float(value);
  const summary = new BinaryWriter();
  summary.tag(1, WireType.LengthDelimited).bytes(summaryValue.finish());
  return frame(event(step, (writer) => writer.tag(5, WireType.LengthDelimited).bytes(summary.finish())));
}

function event(step: number, write: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(Date.now() / 1000);
  writer.tag(2, WireType.Varint).int64(step);
  write(writer);
  return writer.finish();
}

function frame(data: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(data.length + 16);
  framed.writeBigUInt64LE(BigInt(data.length), 0);
  framed.writeUInt32LE(maskedCrc(framed.subarray(0, 8)), 8);
  framed.set(data, 12);
  framed.writeUInt32LE(maskedCrc(data), 12 + data.length);
  return framed;
}

/** TFRecord stores checksums rotated and shifted, so that a checksum of checksums differs. */
function maskedCrc(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
