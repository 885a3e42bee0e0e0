/**
 * Which place `value` lies in, of places that begin at growing `starts`, whose last is where the last place ends. A place
 * without a width holds no value.
 */
export function placeOf(starts: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
