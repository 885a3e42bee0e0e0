import { createKeepFactors } from '../engine/dropout.ts';
import type { TensorView } from '../engine/program.ts';
import type { DropoutSite } from '../models/dropout-sites.ts';
import type { Random } from '../shared/random.ts';

/** Draws the dropout factors of a graph, [rows, width] each; they stay the same until the next draw. */
export function createDropoutFeeds(
  sites: readonly DropoutSite[],
): (counts: Record<string, number>, random: Random) => Record<string, TensorView> {
  const groups = [...new Set(sites.map(({ rate }) => rate))].map((rate) => ({
    own: sites.filter((site) => site.rate === rate),
    draw: createKeepFactors(rate),
  }));
  return (counts, random) => {
    const feeds: Record<string, TensorView> = {};
    for (const { own, draw } of groups) {
      const drawn = draw(
        own.map(({ rows, width }) => counts[rows] * width),
        random,
      );
      for (const [at, { name, rows, width }] of own.entries())
        feeds[name] = { shape: [counts[rows], width], data: drawn[at] };
    }
    return feeds;
  };
}
