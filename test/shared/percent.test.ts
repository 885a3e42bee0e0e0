import test from 'ava';
import { finePercent, percent, percentBetween, percentReached } from '../../orchestrator/shared/percent.ts';

test('a share is a percentage to a tenth, and each rounding says what it is for', (t) => {
  const shares = [0, 0.0004, 0.1236, 0.3, 0.9996, 1];
  t.deepEqual(shares.map(percent), ['0.0%', '0.0%', '12.4%', '30.0%', '100.0%', '100.0%']);
  t.deepEqual(shares.map(finePercent), ['0.0%', '0.040%', '12.4%', '30.0%', '100.0%', '100.0%']);
  t.deepEqual(shares.map(percentReached), ['0.0%', '0.0%', '12.3%', '30.0%', '99.9%', '100%']);
  t.deepEqual(shares.map(percentBetween), ['0%', '0.1%', '12.4%', '30%', '99.9%', '100%']);
});
