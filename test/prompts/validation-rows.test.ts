import test from 'ava';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import { recommendationPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { validationRows } from '../../orchestrator/prompts/task-questions.ts';
import { allTasks } from '../../orchestrator/prompts/tasks/index.ts';
import { sequentialRecommendation } from '../../orchestrator/prompts/tasks/sequential-recommendation.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { dataset, source } from './helpers.ts';

const data = dataset([
  [3, 1, 4, 5, 2],
  [6, 0, 7, 1],
]);
const cases = [...evaluationCases(data, 'validation')];

for (const layout of ['user', 'prefix'] as const)
  test(`layout ${layout}: next items are asked as decoding asks, and only the held-out one is learned`, (t) => {
    const prompts = source(data, { layout });
    const rows = validationRows(prompts, sequentialRecommendation, cases, 1);
    for (const [at, row] of rows.entries()) {
      const { tokens: input_ids, weights: loss_weights, summaries } = joinRow(row);
      const { history, target, event } = cases[at];
      t.is(data.events[event], target);
      const prompt = recommendationPrompt(prompts, history);
      t.deepEqual(input_ids.subarray(0, prompt.length), prompt);
      t.deepEqual([...input_ids.subarray(prompt.length)], [70_000, 71_000, 72_000 + target]);
      t.deepEqual([...loss_weights], [...prompt.map(() => 0), 1, 1, 1]);
      const own = { position: input_ids.length - 1, item: target };
      t.deepEqual(summaries, [layout === 'user' ? { ...own, event } : own]);
    }
  });

test('the other tasks are learned on their answers alone', (t) => {
  const prompts = source(data);
  for (const task of allTasks.slice(1)) {
    const rows = validationRows(prompts, task, cases, 1);
    t.is(rows.length, cases.length, task.name);
    for (const row of rows) {
      const loss_weights = joinRow(row).weights;
      const first = loss_weights.indexOf(1);
      t.true(first > 0, task.name);
      t.true(
        loss_weights.every((weight, at) => weight === (at < first ? 0 : 1)),
        task.name,
      );
    }
  }
});
