import { dirname, join } from 'node:path';
import type { EvaluationCase } from '../dataset/types.ts';
import type { BehaviourRecommender } from '../embedding/behaviour/ensemble.ts';
import type { EvaluatedMethod } from '../evaluation/build-result.ts';
import type { EvaluationResult } from '../evaluation/result.ts';
import type { Figures } from '../shared/reporter.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { defineStage, type StageContext } from './define-stage.ts';
import type { RunRecommender } from './recommender.ts';
import { behaviourFolders, finalModelFolder } from './stage-files.ts';

/** The tuned model and the baselines, ranked over the whole catalogue for every user of the split. */
export const evaluationStage = defineStage({
  name: 'evaluation',
  version: 7,
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
  opensTest: ({ evaluation }) => evaluation.split === 'test',
  async run(context) {
    const { recipe, folder, inputFolder, signal } = context;
    const { openPromptArtefacts } = await import('./artefacts.ts');
    const { bothLists, mayListSeen } = await import('./both-lists.ts');
    const { evaluationCases } = await import('../dataset/evaluation-cases.ts');
    const { breakdownFile, buildBreakdown } = await import('../evaluation/breakdown.ts');
    const { buildResult } = await import('../evaluation/build-result.ts');
    const { metricsTable } = await import('../evaluation/metrics-table.ts');
    const { writeRanks } = await import('../evaluation/ranks-file.ts');
    const { writeResult } = await import('../evaluation/result.ts');
    const { writeFileAtomic } = await import('../storage/atomic-file.ts');
    const { resultOptions } = await import('./result-options.ts');
    const { casesOfUsers } = await import('./sample-cases.ts');
    const { openRunModel } = await import('./run-model.ts');
    const { openPeftModel } = await import('./peft-recommender.ts');
    const { describeExamples } = await import('./examples.ts');
    const { describeTasks, evaluateTasks, tasksFile } = await import('./evaluate-tasks.ts');
    const { writeJson } = await import('../storage/json-file.ts');
    const { describeOpenings, readOpenings } = await import('../runs/test-openings.ts');
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    const { dataset } = artefacts;
    const { split } = recipe.evaluation;
    const opened = split === 'test' ? [describeOpenings(readOpenings(dirname(folder)))] : [];
    const all = [...evaluationCases(dataset, split)];
    const cases = casesOfUsers(all, recipe.evaluation.max_users, recipe.seed);
    const model = join(inputFolder('training'), finalModelFolder);
    const recommender =
      recipe.decoding.engine === 'peft'
        ? await openPeftModel(model, artefacts, recipe, join(folder, 'pytorch'))
        : await openRunModel(model, artefacts, recipe.decoding);
    try {
      const sharedDigits = new Uint8Array(cases.length);
      const listsSeen = mayListSeen(recipe.decoding, dataset);
      const methods = await rankAll(context, artefacts, cases, recommender, listsSeen, sharedDigits);
      const result = await buildResult(
        methods,
        resultOptions(recipe, dataset, { split, all, cases, listsSeen, signal }),
      );
      const tasks = await evaluateTasks(cases, artefacts, recommender, recipe);
      const lists = bothLists(recommender.rank, artefacts, listsSeen);
      const shown = recipe.evaluation.exclude_history ? 'removed' : 'kept';
      const examples = await describeExamples(
        cases,
        dataset,
        async (histories, seen) => (await lists(histories, seen)).map((both) => itemsOf(both[shown])),
        { users: 3, seed: recipe.seed, named: true },
      );
      writeRanks(
        folder,
        cases,
        methods.map(({ name, ranked }) => ({ name, ...ranked })),
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
        [[metricsTable(result), ...opened].join('\n'), describeTasks(tasks), ...examples, '']
          .filter(Boolean)
          .join('\n\n'),
      );
      return figuresOf(result);
    } finally {
      await recommender.dispose();
    }
  },
});

function itemsOf(list: readonly { items: ArrayLike<number> }[]): number[] {
  return list.flatMap(({ items }) => Array.from(items));
}

/** The model's own, for lists of runs: all with seen items kept, those of the largest cutoff with seen items removed. */
function figuresOf({ protocol, methods }: EvaluationResult): Figures {
  const { metrics, removed, beams } = methods[methods.length - 1];
  const rounded = ({ value }: { value: number }) => Number(value.toFixed(4));
  const largest = Math.max(...protocol.cutoffs);
  return {
    users: protocol.users,
    ...(protocol.targets === protocol.users ? {} : { targets: protocol.targets ?? 0 }),
    ...Object.fromEntries(Object.entries(metrics).map(([name, figure]) => [name, rounded(figure)])),
    ...(removed
      ? Object.fromEntries(
          [`recall@${largest}`, `ndcg@${largest}`].map((name) => [
            `${name}, seen removed`,
            rounded(removed[name]),
          ]),
        )
      : {}),
    'share of legal beams': beams?.legal_share ?? 0,
  };
}

async function rankAll(
  { recipe, inputFolder, report, signal }: StageContext,
  artefacts: PromptArtefacts,
  cases: readonly EvaluationCase[],
  recommender: RunRecommender,
  listsSeen: boolean,
  sharedDigits: Uint8Array,
): Promise<EvaluatedMethod[]> {
  const { mostSharedDigits } = await import('../evaluation/breakdown.ts');
  const { evaluateLists } = await import('../evaluation/evaluate-lists.ts');
  const { evaluateScorer } = await import('../evaluation/evaluate-scorer.ts');
  const { popularityScorer } = await import('../evaluation/popularity.ts');
  const { loadBehaviourEncoder } = await import('../embedding/behaviour/behaviour-files.ts');
  const { loadBehaviourEnsemble } = await import('../embedding/behaviour/ensemble.ts');
  const { bothLists } = await import('./both-lists.ts');
  const { dataset, index } = artefacts;
  const { cutoffs, baselines } = recipe.evaluation;
  const options = {
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 512,
    listsSeen,
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
  const ranked = await evaluateLists(cases, bothLists(recommender.rank, artefacts, listsSeen), {
    ...options,
    label: 'eager-llm',
    watch: (place, list) => {
      const codes = list.filter(({ items }) => items.length > 0).map(({ items }) => codeOf(items[0]));
      sharedDigits[place] = mostSharedDigits(codeOf(cases[place].target), codes);
    },
  });
  return [...methods, { name: 'eager-llm', ranked }];
}
