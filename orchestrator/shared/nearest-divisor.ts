/** The divisor of `whole` nearest to `wanted`. */
export function nearestDivisor(whole: number, wanted: number): number {
  let best = 1;
  for (let divisor = 1; divisor <= whole; divisor++)
    if (whole % divisor === 0 && Math.abs(divisor - wanted) < Math.abs(best - wanted)) best = divisor;
  return best;
}
