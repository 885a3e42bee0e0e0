import type { RunRecommender } from '../../orchestrator/opened-run/recommender.ts';
import { composeRun, type RunParts } from '../../orchestrator/serving/compose-run.ts';
import type { OpenRun } from '../../orchestrator/serving/index.ts';
import { rankByModel } from '../../orchestrator/serving/rank-own.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { smokeRuns } from './smoke-run.ts';

export const kinds = ['Coffee', 'Tea', 'Kettles'];
export const brands = ['Baristo', 'Moka', 'Wuffi', 'Hygge'];

/**
 * The run `smoke` as that of a shop: its items have a category, a brand, a price and a stock by their number, and a model
 * that thinks of them what a draw says. So what a list must hold is known.
 */
export async function openShopRun(
  others: Partial<RunParts> = {},
): Promise<{ run: OpenRun; ids: string[]; scores: number[]; userIds: string[] }> {
  const { recipe, artefacts } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const { dataset } = artefacts;
  for (const [at, item] of dataset.items.entries())
    Object.assign(item, {
      categories: ['Shop', kinds[at % kinds.length]],
      brand: brands[at % brands.length],
      attributes: { price: at, stock: at % 2 },
    });
  const random = createRandom(3, 'shop-run');
  const scores = dataset.items.map(() => Math.log(random.float()));
  const noVectors = createMatrix(dataset.items.length, 1);
  const model = { rank: rankBy(scores, recipe.decoding.num_beams), dispose: async () => {} };
  const run = composeRun({
    name: 'shop',
    version: 1,
    fingerprint: 'shop',
    recipe,
    artefacts,
    embeddings: { semantic: noVectors, behaviour: noVectors },
    model,
    rankOwn: rankByModel(model, artefacts, null),
    trainedAt: new Date(),
    ...others,
  });
  const { items, userIds } = dataset;
  return { run, ids: items.map(({ item_id }) => item_id), scores, userIds };
}

/** Finds the best of the candidates, as many as there are beams. */
function rankBy(scores: readonly number[], numBeams: number): RunRecommender['rank'] {
  const best = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
  return async (prompts, candidates) =>
    prompts.map((_, at) =>
      best
        .filter((item) => candidates?.[at]?.only?.has(item) ?? true)
        .filter((item) => !candidates?.[at]?.without?.has(item))
        .slice(0, numBeams)
        .map((item) => ({ items: [item], score: scores[item] })),
    );
}
