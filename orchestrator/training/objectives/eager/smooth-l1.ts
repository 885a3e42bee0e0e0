import { add, mul, neg, reduceMean, relu, sub } from '../../../engine/functions.ts';
import type { Value } from '../../../engine/types.ts';

/** Mean over the columns of two [rows, columns]: half the square of a difference below 1, from there on the difference less a half. */
export function smoothL1(a: Value, b: Value): Value {
  const difference = sub(a, b);
  const size = add(relu(difference), relu(neg(difference)));
  const beyond = relu(sub(size, 1));
  const within = sub(size, beyond);
  return reduceMean(add(mul(mul(within, within), 0.5), beyond), [1]);
}
