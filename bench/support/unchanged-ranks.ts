import { join } from 'node:path';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { bothLists } from '../../orchestrator/opened-run/both-lists.ts';
import { openColdItems } from '../../orchestrator/opened-run/cold-items.ts';
import { openFusedModel } from '../../orchestrator/opened-run/open-fused-model.ts';
import { openRunModel } from '../../orchestrator/opened-run/run-model.ts';
import { finalModelFolder } from '../../orchestrator/opened-run/stage-files.ts';
import type { Recipe } from '../../orchestrator/recipe/schema.ts';
import { rankerFolder } from '../../orchestrator/serving/ranker-folder.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';

/**
 * Ranks of the targets of a later log by a run that knows nothing of it, in the order of the cases, with seen items kept;
 * 0 where the target is not in the list. Items that the run does not have are left out of histories.
 */
export async function unchangedRanks(
  runsFolder: string,
  run: string,
  later: Dataset,
  decoding: Recipe['decoding'],
): Promise<number[]> {
  const opened = await openRunArtefacts(runsFolder, run);
  const { artefacts, folderOf } = opened;
  const { dataset } = artefacts;
  const { items } = dataset;
  const recipe = { ...opened.recipe, decoding };
  const embeddingFolder = folderOf('embedding');
  const cold = await openColdItems(recipe, dataset, embeddingFolder);
  const alone = await openRunModel(join(folderOf('training'), finalModelFolder), artefacts, decoding);
  const { model, ranksCold } = await openFusedModel(alone, recipe, dataset, {
    cold,
    embeddingFolder,
    rankerFolder: () => rankerFolder(opened),
  });
  const listsOf = bothLists(model.rank, artefacts, cold && { ...cold, ranked: ranksCold });
  const known = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const userNumbers = new Map(dataset.userIds.map((id, user) => [id, user]));
  const numbers = later.items.map(({ item_id }) => known.get(item_id) ?? -1);
  const cases = Array.from(evaluationCases(later, 'test'), ({ user, history, target }) => ({
    user: userNumbers.get(later.userIds[user]) ?? -1,
    history: Int32Array.from(Array.from(history, (item) => numbers[item]).filter((item) => item >= 0)),
    target: numbers[target],
  }));
  const ranks: number[] = [];
  for (let start = 0; start < cases.length; start += 64) {
    const batch = cases.slice(start, start + 64);
    const lists = await listsOf(
      batch.map(({ history }) => history),
      batch.map(() => new Set<number>()),
      batch.map(({ user }) => user),
    );
    for (const [at, { history, target }] of batch.entries()) {
      const list = lists[at].kept.flatMap(({ items: found }) => Array.from(found));
      ranks.push(history.length === 0 ? 0 : list.indexOf(target) + 1);
    }
  }
  await model.dispose();
  await cold?.dispose();
  return ranks;
}
