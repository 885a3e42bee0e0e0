/** log(exp(a) + exp(b)) */
export function addLogs(a: number, b: number): number {
  const [larger, smaller] = a > b ? [a, b] : [b, a];
  return larger + Math.log1p(Math.exp(smaller - larger));
}
