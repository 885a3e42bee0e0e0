import { addLogs } from './add-logs.ts';

/**
 * Where cold items stand in a list: behind all others; among them by their probability; or in so many of every ten
 * places.
 */
export type ColdPlacing = 'behind' | 'by-probability' | number;

/** Of the first `length` places of a list, those that are for cold items: `places` of every ten, evenly spread. */
export function coldPlacesIn(length: number, places: number): number {
  return Math.floor((length * places) / 10);
}

/** A code that was found, with its items; a cold item is one of its own. */
interface Ranked {
  items: ArrayLike<number>;
  score: number;
}

/** Whether the beams look for cold items, too: what they find adds to what the encoder expects. */
export function beamsFindCold(placing: ColdPlacing): boolean {
  return placing === 'by-probability';
}

/** One list of what the beams have found and of cold items, each best first; neither is cut. */
export function mixCold<T extends Ranked>(
  found: readonly T[],
  cold: readonly T[],
  placing: ColdPlacing,
): T[] {
  if (placing === 'behind') return [...found, ...cold];
  if (placing === 'by-probability') return addCold(found, cold);
  return placeCold(found, cold, placing);
}

/**
 * By their probability, which is the sum of both for a cold item that the beams have found, as for streams of codes.
 * Equal scores: what the beams have found comes first.
 */
function addCold<T extends Ranked>(found: readonly T[], cold: readonly T[]): T[] {
  const left = new Map(cold.map((each) => [each.items[0], each]));
  const list = found.map((code) => {
    const same = Array.from(code.items, (item) => left.get(item)).find((each) => each !== undefined);
    for (const item of Array.from(code.items)) left.delete(item);
    return same ? { ...code, score: addLogs(code.score, same.score) } : code;
  });
  return [...list, ...left.values()].sort((a, b) => b.score - a.score);
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
