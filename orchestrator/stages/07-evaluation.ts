import { dirname, join } from 'node:path';
import { decodingForKey } from '../decoding/settings-for-key.ts';
import { settingsForKey } from '../evaluation/settings-for-key.ts';
import { behaviourFolders, finalModelFolder } from '../opened-run/stage-files.ts';
import { moduleFiles } from '../own-parts/module-files.ts';
import { ownTaskPaths } from '../prompts/own-task-files.ts';
import { withoutSeenTerm } from '../recipe/decoding-checks.ts';
import type { Recipe } from '../recipe/schema.ts';
import { defineStage } from './define-stage.ts';

/** The tuned model and the baselines, ranked over the whole catalogue for every user of the split. */
export const evaluationStage = defineStage({
  name: 'evaluation',
  version: 10,
  sections: (recipe) => (recipe.recommender === 'generative' ? modelSections(recipe) : plainSections(recipe)),
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary', 'training'],
  inputFiles: ({ prompts, recommender, evaluation }) => [
    ...(recommender === 'generative' ? [prompts.templates, ...ownTaskPaths(prompts.own_tasks)] : []),
    ...moduleFiles(evaluation.metrics),
  ],
  leftOut: ({ dataset }) =>
    dataset.split === 'none' ? 'is left out: dataset.split: none holds nothing out to evaluate on' : null,
  opensTest: ({ evaluation }) => evaluation.split === 'test',
  async run({ recipe, folder, inputFolder, report, signal }) {
    if (recipe.recommender !== 'generative') {
      const { evaluatePlain } = await import('../opened-run/evaluate-plain.ts');
      return evaluatePlain(recipe, { folder, inputFolder }, { report, signal });
    }
    const { splitCases } = await import('../dataset/split-cases.ts');
    const { buildResult } = await import('../evaluation/build-result.ts');
    const { describeExamples } = await import('../evaluation/describe-examples.ts');
    const { rankMethods } = await import('../evaluation/rank-methods.ts');
    const { resultFigures } = await import('../evaluation/result-figures.ts');
    const { resultOptions } = await import('../evaluation/result-options.ts');
    const { countSeenShares } = await import('../evaluation/fit-seen-term.ts');
    const { writeEvaluation } = await import('../evaluation/write-evaluation.ts');
    const { describeOpenings, readOpenings } = await import('../runs/test-openings.ts');
    const { openPromptArtefacts } = await import('../opened-run/artefacts.ts');
    const { openColdItems } = await import('../opened-run/cold-items.ts');
    const { fuseForEvaluation } = await import('../opened-run/fuse-for-evaluation.ts');
    const { itemsOf, mayListSeen, searchLists } = await import('../opened-run/both-lists.ts');
    const { describeTasks, evaluateTasks, writeTasks } = await import('../opened-run/evaluate-tasks.ts');
    const { readEmbeddings } = await import('../opened-run/embeddings.ts');
    const { openForEvaluation } = await import('../opened-run/open-for-evaluation.ts');
    const { withOwnMetrics } = await import('../own-parts/own-metric.ts');
    const { evaluation: settings, decoding, seed } = recipe;
    const { split } = settings;
    const notes = split === 'test' ? [describeOpenings(readOpenings(dirname(folder)))] : [];
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    const { dataset, index } = artefacts;
    const metrics = await withOwnMetrics(settings.metrics);
    const all = splitCases(dataset, split);
    const cases = all.ofUsers(settings.max_users, seed);
    const model = join(inputFolder('training'), finalModelFolder);
    const cold = await openColdItems(recipe, dataset, inputFolder('embedding'));
    const recommender = await openForEvaluation(model, artefacts, recipe, folder);
    let fused: Awaited<ReturnType<typeof fuseForEvaluation>> = null;
    try {
      const listsSeen = mayListSeen(decoding, dataset);
      fused = await fuseForEvaluation(recommender.rank, artefacts, recipe, {
        // The same histories, where these are evaluated: each is then ranked without having been learned from.
        validation: split === 'validation' ? all : splitCases(dataset, 'validation'),
        cold,
        embeddingFolder: inputFolder('embedding'),
        folder,
        report,
        signal,
      });
      const search = searchLists(recommender.rank, artefacts, cold, fused);
      const counts = split === 'validation' && !decoding.seen_term && withoutSeenTerm(recipe) === null;
      const counted = counts ? countSeenShares(search) : null;
      const given = {
        cases,
        dataset,
        index,
        search: counted?.search ?? search,
        rankedAnew: fused !== null,
        listsSeen,
        behaviour: recipe.embedding.behaviour,
        behaviourFolders: behaviourFolders(inputFolder('embedding'), recipe),
        seed,
        semantic: () => readEmbeddings(inputFolder('embedding')).semantic,
        workFolder: join(folder, 'baselines'),
      };
      const ranked = await rankMethods(settings, given, { report, signal });
      const asked = { split, all, cases, listsSeen, signal };
      const result = await buildResult(ranked.methods, {
        ...resultOptions(recipe, dataset, asked),
        metrics,
      });
      const tasks = await evaluateTasks(cases, artefacts, recommender, recipe);
      const shown = itemsOf(search, settings.exclude_history || !listsSeen ? 'removed' : 'kept');
      const examples = await describeExamples(cases, dataset, shown, { users: 3, seed, named: true });
      const ofSeen = counted?.describe(cases) ?? null;
      const texts = [
        ...(fused?.texts ?? []),
        ...(ofSeen === null ? [] : [ofSeen]),
        describeTasks(tasks),
        ...examples,
      ];
      writeEvaluation(folder, { ...ranked, result, cases, dataset, levels: index.levels, notes, texts });
      writeTasks(folder, tasks);
      return resultFigures(result);
    } finally {
      await recommender.dispose();
      await cold?.dispose();
      await fused?.dispose();
    }
  },
});

function modelSections({
  evaluation,
  decoding: { engine, ...decoding },
  training,
  prompts: { templates: _templates, own_tasks: _own, ...prompts },
}: Recipe) {
  return {
    evaluation: settingsForKey(evaluation),
    tasks: training.stages.map(({ tasks }) => tasks),
    decoding: { ...decodingForKey(decoding), ...(engine === 'peft' ? { engine } : {}) },
    prompts,
  };
}

function plainSections({ recommender, evaluation, decoding }: Recipe) {
  const { task_questions: _questions, ...settings } = settingsForKey(evaluation, recommender);
  return { recommender, evaluation: settings, seen_items: decoding.seen_items };
}
