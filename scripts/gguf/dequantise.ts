import { UserError } from '../../orchestrator/shared/errors.ts';
import { float16Values } from '../../orchestrator/storage/float16.ts';

/** How one block of a GGML type becomes float32. */
interface BlockType {
  name: string;
  /** Elements of a block, and its bytes. */
  elements: number;
  bytes: number;
  decode(bytes: Buffer, at: number, target: Float32Array, first: number): void;
}

const half = (bytes: Buffer, at: number) => float16Values[bytes.readUInt16LE(at)];

/** 32 numbers of 4 bits: the low halves of 16 bytes, then the high ones. */
function decodeNibbles(
  bytes: Buffer,
  at: number,
  target: Float32Array,
  first: number,
  decoded: (quantum: number) => number,
): void {
  for (let byte = 0; byte < 16; byte++) {
    target[first + byte] = decoded(bytes[at + byte] & 15);
    target[first + byte + 16] = decoded(bytes[at + byte] >> 4);
  }
}

/** By GGML's numbers: whole floats, and the simple quantisations with one scale a block of 32. */
const blockTypes: Record<number, BlockType> = {
  0: {
    name: 'F32',
    elements: 1,
    bytes: 4,
    decode: (bytes, at, target, first) => {
      target[first] = bytes.readFloatLE(at);
    },
  },
  1: {
    name: 'F16',
    elements: 1,
    bytes: 2,
    decode: (bytes, at, target, first) => {
      target[first] = half(bytes, at);
    },
  },
  // scale; (q - 8) * scale
  2: {
    name: 'Q4_0',
    elements: 32,
    bytes: 18,
    decode: (bytes, at, target, first) => {
      const scale = half(bytes, at);
      decodeNibbles(bytes, at + 2, target, first, (quantum) => (quantum - 8) * scale);
    },
  },
  // scale, least; q * scale + least
  3: {
    name: 'Q4_1',
    elements: 32,
    bytes: 20,
    decode: (bytes, at, target, first) => {
      const [scale, least] = [half(bytes, at), half(bytes, at + 2)];
      decodeNibbles(bytes, at + 4, target, first, (quantum) => Math.fround(quantum * scale) + least);
    },
  },
  // scale; q * scale
  8: {
    name: 'Q8_0',
    elements: 32,
    bytes: 34,
    decode: (bytes, at, target, first) => {
      const scale = half(bytes, at);
      for (let place = 0; place < 32; place++) target[first + place] = bytes.readInt8(at + 2 + place) * scale;
    },
  },
  30: {
    name: 'BF16',
    elements: 1,
    bytes: 2,
    decode: (bytes, at, target, first) => {
      float32Bits[0] = bytes.readUInt16LE(at) << 16;
      target[first] = float32Value[0];
    },
  },
};

const float32Bits = new Uint32Array(1);
const float32Value = new Float32Array(float32Bits.buffer);

export function bytesOfElements(type: number, elements: number): number {
  const block = blockOf(type);
  if (elements % block.elements !== 0)
    throw new RangeError(`${elements} elements in blocks of ${block.elements} (${block.name})`);
  return (elements / block.elements) * block.bytes;
}

/** Values of a tensor's bytes as float32. Throws a UserError for a type that is not known here. */
export function dequantise(type: number, bytes: Buffer, elements: number): Float32Array {
  const block = blockOf(type);
  const target = new Float32Array(elements);
  for (let at = 0, first = 0; first < elements; at += block.bytes, first += block.elements)
    block.decode(bytes, at, target, first);
  return target;
}

function blockOf(type: number): BlockType {
  const block = blockTypes[type];
  if (block) return block;
  const known = Object.values(blockTypes).map(({ name }) => name);
  throw new UserError('gguf/unknown-type', `tensors of GGML's type ${type} cannot be read here`, {
    remedy: `Use a file in one of ${known.join(', ')}.`,
  });
}
