import { isUtf8 } from 'node:buffer';

/** Bytes as the UTF-8 text that they hold; other ones as PostgreSQL shows them: `\x00ff`. */
export function bytesAsText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString('utf8') : `\\x${buffer.toString('hex')}`;
}
