import { takesItemsAgain } from '../dataset/repeats.ts';
import type { EvaluationCase } from '../dataset/types.ts';
import { evaluateLists, type Recommender } from '../evaluation/evaluate-lists.ts';
import { ownFigures } from '../evaluation/format-figure.ts';
import { validationChoice, validationCutoffs, validationLead } from '../evaluation/headline.ts';
import { rankingMetrics } from '../evaluation/ranking-metrics.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { openRecommender } from '../opened-run/open-recommender.ts';
import { withOwnMetrics } from '../own-parts/own-metric.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import { validationRows } from '../prompts/task-questions.ts';
import { trainedTasks } from '../prompts/tasks/trained-tasks.ts';
import type { Recipe } from '../recipe/schema.ts';
import { silentReporter } from '../shared/reporter.ts';
import { heldOutLosses } from '../training/held-out-losses.ts';
import type { Objective } from '../training/objectives/objective.ts';
import type { TrainingPart } from '../training/settings.ts';
import type { Validation } from '../training/train.ts';
import { questionsPerTask, validationBeams } from './part-settings.ts';

export interface ValidatePartOptions {
  recipe: Recipe;
  part: TrainingPart;
  artefacts: PromptArtefacts;
  signal: AbortSignal;
}

/**
 * Ranks validation cases with the current weights. The recommender is built and released each time, so that training
 * has the memory.
 */
export async function validatePart(
  model: SequenceModel,
  cases: readonly EvaluationCase[],
  options: ValidatePartOptions,
  objectives: readonly Objective[],
): Promise<Validation> {
  const { artefacts, part, recipe, signal } = options;
  const { prompts, dataset } = artefacts;
  const recommender = await openRecommender(model, artefacts, {
    numBeams: validationBeams,
    constrained: true,
    maxBatchTokens: part.micro_batch_tokens,
  });
  const again = takesItemsAgain(dataset);
  // Lists as they are served, and no others.
  const recommend: Recommender = async (histories, seen, users) => {
    const asked = histories.map((history, at) =>
      recommendationPrompt(prompts, history, { user: dataset.userIds[users[at]] }),
    );
    const without = seen.map((items) => (again ? null : { without: items }));
    return (await recommender.rank(asked, without)).map((kept) => ({ kept, removed: [] }));
  };
  const { kept } = await evaluateLists(cases, recommend, {
    items: dataset.items.length,
    batchSize: 512,
    report: silentReporter,
    signal,
  }).finally(recommender.dispose);
  const known = await withOwnMetrics(recipe.evaluation.metrics);
  const metrics = rankingMetrics(kept, validationCutoffs, known);
  const own = ownFigures(metrics);
  const shown = [validationLead, validationChoice, ...own].map((name) => [
    `validation/${name}`,
    metrics[name],
  ]);
  return {
    score: metrics[validationChoice],
    figures: Object.fromEntries(shown),
    details: await taskLosses(model, cases, options, objectives),
  };
}

/** The loss on the answers of each trained task, for some of the cases. */
async function taskLosses(
  model: SequenceModel,
  cases: readonly EvaluationCase[],
  { part, artefacts, recipe }: ValidatePartOptions,
  objectives: readonly Objective[],
): Promise<Record<string, number>> {
  const asked = cases.slice(0, questionsPerTask);
  const losses = await heldOutLosses(
    model,
    trainedTasks(recipe.training.stages, artefacts.tasks).map((task) => [
      task.name,
      validationRows(artefacts.prompts, task, asked, recipe.seed),
    ]),
    { objectives, maxTokens: part.micro_batch_tokens },
  );
  return Object.fromEntries([...losses].map(([task, loss]) => [`validation/loss/${task}`, loss]));
}
