/**
 * Where cold items stand in a list: behind all others; among them by their probability; or in so many of every ten
 * places.
 */
export type ColdPlacing = 'behind' | 'by-probability' | number;

/** Of the first `length` places of a list, those that are for cold items: `places` of every ten, evenly spread. */
export function coldPlacesIn(length: number, places: number): number {
  return Math.floor((length * places) / 10);
}

/** One list of two, each best first; neither is cut. Equal scores: the others come first. */
export function mixCold<T extends { score: number }>(
  others: readonly T[],
  cold: readonly T[],
  placing: ColdPlacing,
): T[] {
  if (placing === 'behind') return [...others, ...cold];
  if (placing === 'by-probability') return [...others, ...cold].sort((a, b) => b.score - a.score);
  return placeCold(others, cold, placing);
}

/**
 * Cold items stand in the places that are theirs, and where there are no others; these stand also where there is no cold
 * one. `before`: places of the whole list that come before the first of these.
 */
export function placeCold<T>(others: readonly T[], cold: readonly T[], places: number, before = 0): T[] {
  const list: T[] = [];
  let [other, own] = [0, 0];
  while (other < others.length || own < cold.length) {
    const place = before + list.length;
    const isTheirs = coldPlacesIn(place + 1, places) > coldPlacesIn(place, places);
    if (own < cold.length && (isTheirs || other === others.length)) list.push(cold[own++]);
    else list.push(others[other++]);
  }
  return list;
}
