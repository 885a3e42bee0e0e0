import { join } from 'node:path';
import type { EvaluationCase, Split } from '../dataset/types.ts';
import type { BehaviourRecommender } from '../embedding/behaviour/ensemble.ts';
import type { EvaluatedMethod } from '../evaluation/build-result.ts';
import { behaviourFolders, finalModelFolder, type PromptArtefacts } from './artefacts.ts';
import { defineStage, type StageContext } from './define-stage.ts';
import type { RunRecommender } from './recommender.ts';

/** The tuned model and the baselines, ranked over the whole catalogue for every user of the split. */
export const evaluationStage = defineStage({
  name: 'evaluation',
  version: 5,
  sections: ({
    evaluation,
    decoding: { engine, ...decoding },
    training,
    prompts: { templates: _templates, ...prompts },
  }) => ({
    evaluation,
    tasks: training.stages.map(({ tasks }) => tasks),
    decoding: { ...decoding, ...(engine === 'peft' ? { engine } : {}) },
    prompts,
  }),
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary', 'training'],
  inputFiles: ({ prompts }) => [prompts.templates],
  async run(context) {
    const { recipe, folder, inputFolder, signal } = context;
    const { openPromptArtefacts } = await import('./artefacts.ts');
    const { evaluationCases } = await import('../dataset/evaluation-cases.ts');
    const { breakdownFile, buildBreakdown } = await import('../evaluation/breakdown.ts');
    const { buildResult } = await import('../evaluation/build-result.ts');
    const { metricsTable } = await import('../evaluation/metrics-table.ts');
    const { writeRanks } = await import('../evaluation/ranks-file.ts');
    const { writeResult } = await import('../evaluation/result.ts');
    const { writeFileAtomic } = await import('../storage/atomic-file.ts');
    const { resultOptions } = await import('./result-options.ts');
    const { sampleCases } = await import('./sample-cases.ts');
    const { openRunModel } = await import('./run-model.ts');
    const { openPeftModel } = await import('./peft-recommender.ts');
    const { describeExamples } = await import('./examples.ts');
    const { describeTasks, evaluateTasks, tasksFile } = await import('./evaluate-tasks.ts');
    const { writeJson } = await import('../storage/json-file.ts');
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    const { dataset } = artefacts;
    const split: Split = 'test';
    const all = [...evaluationCases(dataset, split)];
    const cases = sampleCases(all, recipe.evaluation.max_users, recipe.seed);
    const model = join(inputFolder('training'), finalModelFolder);
    const recommender =
      recipe.decoding.engine === 'peft'
        ? await openPeftModel(model, artefacts, recipe, join(folder, 'pytorch'))
        : await openRunModel(model, artefacts, recipe.decoding);
    try {
      const sharedDigits = new Uint8Array(cases.length);
      const methods = await rankAll(context, artefacts, cases, recommender, sharedDigits);
      const result = await buildResult(
        methods,
        resultOptions(recipe, dataset, { split, usersInSplit: all.length, signal }),
      );
      const tasks = await evaluateTasks(cases, artefacts, recommender, recipe);
      const examples = await describeExamples(
        cases,
        dataset,
        async (histories) => (await recommender.recommend(histories)).map(itemsOf),
        { users: 3, seed: recipe.seed },
      );
      writeRanks(
        folder,
        methods.map(({ name, ranked }) => ({ name, ranks: ranked.ranks })),
      );
      const breakdown = buildBreakdown({
        cases,
        dataset,
        methods: methods.map(({ name, ranked }) => ({ name, ranks: ranked.ranks })),
        cutoff: Math.max(...recipe.evaluation.cutoffs),
        sharedDigits,
        levels: artefacts.index.levels,
      });
      writeJson(join(folder, breakdownFile), breakdown);
      writeResult(join(folder, 'metrics.json'), result);
      writeJson(join(folder, tasksFile), tasks);
      writeFileAtomic(
        join(folder, 'summary.txt'),
        [metricsTable(result), describeTasks(tasks), ...examples, ''].filter(Boolean).join('\n\n'),
      );
      const model = result.methods[result.methods.length - 1];
      return {
        users: cases.length,
        ...Object.fromEntries(
          Object.entries(model.metrics).map(([name, { value }]) => [name, Number(value.toFixed(4))]),
        ),
        'share of legal beams': model.beams?.legal_share ?? 0,
      };
    } finally {
      await recommender.dispose();
    }
  },
});

function itemsOf(list: readonly { items: ArrayLike<number> }[]): number[] {
  return list.flatMap(({ items }) => Array.from(items));
}

async function rankAll(
  { recipe, inputFolder, report, signal }: StageContext,
  { dataset, index }: PromptArtefacts,
  cases: readonly EvaluationCase[],
  recommender: RunRecommender,
  sharedDigits: Uint8Array,
): Promise<EvaluatedMethod[]> {
  const { mostSharedDigits } = await import('../evaluation/breakdown.ts');
  const { evaluateLists } = await import('../evaluation/evaluate-lists.ts');
  const { evaluateScorer } = await import('../evaluation/evaluate-scorer.ts');
  const { popularityScorer } = await import('../evaluation/popularity.ts');
  const { loadBehaviourEncoder } = await import('../embedding/behaviour/behaviour-files.ts');
  const { loadBehaviourEnsemble } = await import('../embedding/behaviour/ensemble.ts');
  const { cutoffs, baselines, exclude_history: excludeHistory } = recipe.evaluation;
  const options = {
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 512,
    excludeHistory,
    report,
    signal,
  };
  const methods: EvaluatedMethod[] = [];
  if (baselines.includes('popularity'))
    methods.push({
      name: 'popularity',
      ranked: await evaluateScorer(cases, popularityScorer(dataset), { ...options, label: 'popularity' }),
    });
  if (baselines.includes('behaviour')) {
    const folders = behaviourFolders(inputFolder('embedding'), recipe);
    const rank = async (name: string, { score, dispose }: BehaviourRecommender) => {
      methods.push({ name, ranked: await evaluateScorer(cases, score, { ...options, label: name }) });
      await dispose();
    };
    const first = await loadBehaviourEncoder(folders[0]);
    const { encoder, semantic_features } = recipe.embedding.behaviour;
    const name = semantic_features ? `${encoder} + texts` : encoder;
    await rank(name, first);
    if (folders.length > 1) await rank(`${name} x${folders.length}`, await loadBehaviourEnsemble(folders));
  }
  const codeOf = (item: number) => index.codes.subarray(item * index.levels, (item + 1) * index.levels);
  const ranked = await evaluateLists(cases, recommender.recommend, {
    ...options,
    label: 'eager-llm',
    watch: (place, list) => {
      const codes = list.filter(({ items }) => items.length > 0).map(({ items }) => codeOf(items[0]));
      sharedDigits[place] = mostSharedDigits(codeOf(cases[place].target), codes);
    },
  });
  return [...methods, { name: 'eager-llm', ranked }];
}
