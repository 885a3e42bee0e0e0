import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { float16Bits, float16Values } from '../../orchestrator/storage/float16.ts';
import { openFloat16File } from '../../orchestrator/storage/float16-file.ts';
import { writeSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('every half-precision value is its own nearest', (t) => {
  for (let bits = 0; bits < 0x7c00; bits++) t.is(float16Bits(float16Values[bits]), bits);
});

test('a value between two halves goes to the nearer one, and to the even one from the middle', (t) => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [float16Values[bits], float16Values[bits + 1]];
    const middle = (low + high) / 2;
    const step = high - low;
    if (float16Bits(middle - step / 8) !== bits || float16Bits(middle + step / 8) !== bits + 1)
      t.fail(`around ${middle}`);
    if (float16Bits(middle) !== (bits % 2 === 0 ? bits : bits + 1)) t.fail(`at ${middle}`);
  }
  t.pass();
});

test('a file written in pieces, in any order, is the file that is written at once', (t) => {
  const folder = temporaryFolder(t);
  const [pieces, whole] = [join(folder, 'pieces'), join(folder, 'whole')];
  const file = openFloat16File(pieces, 'shares', 5);
  file.write(3, Uint16Array.of(4, 5));
  t.false(existsSync(pieces));
  file.write(0, Uint16Array.of(9, 1, 2, 3).subarray(1));
  file.finish();
  writeSafetensors(whole, { shares: { shape: [5], data: Uint16Array.of(1, 2, 3, 4, 5) } });
  t.deepEqual(readFileSync(pieces), readFileSync(whole));
  const left = openFloat16File(pieces, 'shares', 1);
  left.discard();
  t.deepEqual(readdirSync(folder), ['pieces', 'whole']);
});
