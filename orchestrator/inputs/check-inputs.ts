import { type Problem, shownPath } from '../recipe/problem.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';

/**
 * Opens and closes inputs that later stages would only open after much work: templates, vectors that were made
 * elsewhere, the extension of the vocabulary, and a tokenizer and a base model that lie in folders (headers and sizes; no weight is read). Hub
 * downloads are left to their stage.
 */
export async function inputProblems(recipe: Recipe): Promise<Problem[]> {
  const { base_tokenizer, extension } = recipe.vocabulary;
  const { base_model } = recipe.model;
  const problems: Problem[] = [];
  const check = async (path: string, open: () => unknown): Promise<void> => {
    problems.push(...(await problemOf(path, open)));
  };
  const generative = recipe.recommender === 'generative';
  if (generative)
    await check('prompts.templates', async () => {
      const { openTemplates } = await import('../prompts/open-templates.ts');
      openTemplates(recipe.prompts, recipe.training.stages);
    });
  if (generative && recipe.vocabulary.user_tokens > 0)
    await check('vocabulary.user_tokens', async () => {
      const { checkUserTokens } = await import('../prompts/check-user-tokens.ts');
      checkUserTokens(recipe.prompts, recipe.training.stages);
    });
  // What is continued has its own tokenizer and weights.
  if (recipe.continue !== undefined) return problems;
  for (const source of ['semantic', 'behaviour'] as const) {
    const { path } = recipe.embedding[source];
    if (path !== null)
      await check(`embedding.${source}.path`, async () => {
        const { readGivenVectors } = await import('../embedding/given/given-vectors.ts');
        await readGivenVectors(path, []);
      });
  }
  if (!generative) return problems;
  await check('vocabulary.extension', async () => {
    const { loadExtension } = await import('../vocabulary/extension.ts');
    loadExtension(extension);
  });
  if (base_model !== null && isThere(base_model))
    await check('model.base_model', async () => {
      const { openBaseModel } = await import('../models/base-model.ts');
      (await openBaseModel(base_model)).weights.close();
    });
  if (base_tokenizer !== null && isThere(base_tokenizer))
    await check('vocabulary.base_tokenizer', async () => {
      const { loadBaseTokenizer } = await import('../vocabulary/load-base-tokenizer.ts');
      await loadBaseTokenizer(base_tokenizer);
    });
  return problems;
}

/** Loads the modules of a recipe that is about to run, and tries its metrics. They are programs: not for recipes that are only looked at. */
export async function moduleProblems({ evaluation, item_index }: Recipe): Promise<Problem[]> {
  const { module } = item_index;
  return [
    ...(evaluation.metrics.length === 0
      ? []
      : await problemOf('evaluation.metrics', async () => {
          const { withOwnMetrics } = await import('../own-parts/own-metric.ts');
          const { tryMetrics } = await import('../own-parts/try-metrics.ts');
          tryMetrics(await withOwnMetrics(evaluation.metrics), evaluation.cutoffs);
        })),
    ...(module === null
      ? []
      : await problemOf('item_index.module', async () => {
          const { loadOwnIndexMethod } = await import('../own-parts/own-index-method.ts');
          await loadOwnIndexMethod(module);
        })),
  ];
}

/** Opens the data, too: the first lines of each file. Not for recipes of strangers, to whom an error would show them. */
export function dataProblems({ dataset }: Recipe): Promise<Problem[]> {
  return problemOf('dataset', async () => {
    const { checkDataFiles } = await import('../dataset/check-data-files.ts');
    await checkDataFiles(dataset);
  });
}

async function problemOf(path: string, open: () => unknown): Promise<Problem[]> {
  try {
    await open();
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, remedy, place = '' } = error;
    return [{ place: shownPath(place), path, message, remedy }];
  }
}
