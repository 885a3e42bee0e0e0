import { createKeepFactors } from '../engine/dropout.ts';
import type { TensorView } from '../engine/program.ts';
import type { TrainingGraph } from '../model/training-graph.ts';
import type { Random } from '../shared/random.ts';

/** What draws the factors of dropout that a training graph asks for, [tokens, width] each; they hold until the next draw. */
export function createDropoutFeeds(
  masks: TrainingGraph['masks'],
): (tokens: number, random: Random) => Record<string, TensorView> {
  const groups = [...new Set(masks.map(({ rate }) => rate))].map((rate) => ({
    own: masks.filter((mask) => mask.rate === rate),
    draw: createKeepFactors(rate),
  }));
  return (tokens, random) => {
    const feeds: Record<string, TensorView> = {};
    for (const { own, draw } of groups) {
      const drawn = draw(
        own.map(({ width }) => tokens * width),
        random,
      );
      for (const [at, { name, width }] of own.entries())
        feeds[name] = { shape: [tokens, width], data: drawn[at] };
    }
    return feeds;
  };
}
