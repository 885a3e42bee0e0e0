import test from 'ava';
import { float16Bits, float16Values } from '../../orchestrator/storage/float16.ts';

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
