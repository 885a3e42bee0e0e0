/** A share to a tenth of a percent: 12.3%, 100.0%. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** The same, with two digits more where the share is below a thousandth. */
export function finePercent(share: number): string {
  return share < 0.001 && share > 0 ? `${(100 * share).toFixed(3)}%` : percent(share);
}

/** Rounded down, so that only all is 100%. */
export function percentReached(share: number): string {
  return share === 1 ? '100%' : percent(Math.floor(1000 * share) / 1000);
}

/** Rounded towards the middle, so that only all is 100% and only none 0%. */
export function percentBetween(share: number): string {
  const tenths = share > 0.5 ? Math.floor(1000 * share) : Math.ceil(1000 * share);
  return `${tenths / 10}%`;
}
