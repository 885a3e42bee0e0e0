import { dirname, join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { splitCases } from '../dataset/split-cases.ts';
import { rankBaselines } from '../evaluation/baselines.ts';
import { buildResult } from '../evaluation/build-result.ts';
import { describeExamples } from '../evaluation/describe-examples.ts';
import type { EvaluateOptions } from '../evaluation/evaluate-scorer.ts';
import { resultFigures } from '../evaluation/result-figures.ts';
import { resultOptions } from '../evaluation/result-options.ts';
import { type BaselineName, baselineNames } from '../evaluation/settings.ts';
import { writeEvaluation } from '../evaluation/write-evaluation.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import { describeOpenings, readOpenings } from '../runs/test-openings.ts';
import type { Figures } from '../shared/reporter.ts';
import { mayListSeen } from './both-lists.ts';
import { readEmbeddings } from './embeddings.ts';
import { openPlainRecommender } from './plain-recommender.ts';
import { behaviourFolders } from './stage-files.ts';

/**
 * The evaluation of a run without a model: its own ranking stands where a model's would, last and compared with each
 * baseline, and is counted over the whole catalogue as every scorer's is.
 */
export async function evaluatePlain(
  recipe: Recipe,
  { folder, inputFolder }: { folder: string; inputFolder: FolderOf },
  { report, signal }: Pick<EvaluateOptions, 'report' | 'signal'>,
): Promise<Figures> {
  const { evaluation: settings, decoding, embedding, seed } = recipe;
  const { split } = settings;
  const notes = split === 'test' ? [describeOpenings(readOpenings(dirname(folder)))] : [];
  const dataset = loadDataset(inputFolder('dataset'));
  const all = splitCases(dataset, split);
  const cases = all.ofUsers(settings.max_users, seed);
  const listsSeen = mayListSeen(decoding, dataset);
  const options: EvaluateOptions = {
    items: dataset.items.length,
    coverageCutoff: Math.max(...settings.cutoffs),
    batchSize: 512,
    listsSeen,
    report,
    signal,
  };
  const { name, rank, evaluate, dispose } = await openPlainRecommender(recipe, dataset, inputFolder);
  try {
    const beside = {
      cases,
      dataset,
      settings,
      behaviour: embedding.behaviour,
      behaviourFolders:
        recipe.recommender === 'encoder' ? behaviourFolders(inputFolder('embedding'), recipe) : [],
      seed,
      semantic: () => readEmbeddings(inputFolder('embedding')).semantic,
      workFolder: join(folder, 'baselines'),
      options,
    };
    const others = await rankBaselines(othersThanItself(recipe), beside);
    const methods = [...others, { name, ranked: await evaluate(cases, { ...options, label: name }) }];
    const result = await buildResult(
      methods,
      resultOptions(recipe, dataset, { split, all, cases, listsSeen, signal, generates: false }),
    );
    const hidesSeen = settings.exclude_history || !listsSeen;
    const texts = await describeExamples(
      cases,
      dataset,
      async (histories, seen) => {
        const lists = await rank(histories, hidesSeen ? seen.map((own) => ({ without: own })) : undefined);
        return lists.map((list) => list.flatMap(({ items }) => Array.from(items)));
      },
      { users: 3, seed, named: true },
    );
    const noDigits = new Uint8Array(cases.length);
    writeEvaluation(folder, {
      ...{ methods, result, cases, dataset, notes, texts },
      sharedDigits: noDigits,
      levels: 0,
    });
    return resultFigures(result);
  } finally {
    await dispose();
  }
}

/** A run is no baseline of itself; of an ensemble, the first encoder alone is one. */
function othersThanItself({ recommender, evaluation, embedding }: Recipe): BaselineName[] {
  const { baselines } = evaluation;
  if (recommender !== 'encoder') return baselines.filter((name) => name !== recommender);
  const { encoder, ensemble } = embedding.behaviour;
  const others = baselines.filter((name) => name !== 'behaviour' && name !== encoder);
  const first = baselineNames.filter((name) => name === encoder);
  return ensemble > 1 && others.length < baselines.length ? [...others, ...first] : others;
}
