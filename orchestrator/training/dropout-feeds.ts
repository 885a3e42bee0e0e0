import { createKeepFactors } from '../engine/dropout.ts';
import type { TensorView } from '../engine/program.ts';
import type { TrainingGraph } from '../model/training-graph.ts';
import type { Random } from '../shared/random.ts';

/** What draws the factors of dropout that a training graph asks for, [rows, width] each; they hold until the next draw. */
export function createDropoutFeeds(
  masks: TrainingGraph['masks'],
): (counts: { tokens: number; wanted: number }, random: Random) => Record<string, TensorView> {
  const groups = [...new Set(masks.map(({ rate }) => rate))].map((rate) => ({
    own: masks.filter((mask) => mask.rate === rate),
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
