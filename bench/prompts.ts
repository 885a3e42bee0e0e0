/**
 * Rows for training, rendered and tokenised as training asks for them: rows and tokens a second of each task, with the
 * dataset, index and vocabulary of a run.
 *
 *   npm run eager-llm -- run recipes/quickstart.yaml --until prompts && npm run bench -- prompts
 *   npm run bench -- prompts --run beauty
 */
import { parseArgs } from 'node:util';
import { canFeed } from '../orchestrator/prompts/can-feed.ts';
import { renderRow } from '../orchestrator/prompts/render-row.ts';
import { type RowPlan, rowPlan } from '../orchestrator/prompts/row-plan.ts';
import { allTasks } from '../orchestrator/prompts/tasks/index.ts';
import { openRunArtefacts } from '../orchestrator/serving/run-artefacts.ts';
import { lengthOf } from '../orchestrator/shared/example.ts';
import { type Figures, secondsOf } from './support/cases.ts';

const { values: flags } = parseArgs({
  options: {
    run: { type: 'string', default: 'quickstart' },
    'runs-dir': { type: 'string', default: 'runs' },
    json: { type: 'boolean', default: false },
  },
});
const mostRows = 20_000;
const { recipe, artefacts } = await openRunArtefacts(flags['runs-dir'], flags.run);
const rows: Figures[] = [];
for (const task of allTasks) {
  if (canFeed(task, artefacts.dataset)) continue;
  const plan = rowPlan({ source: artefacts.prompts, tasks: { [task.name]: 1 }, seed: recipe.seed, epoch: 0 });
  rows.push({ task: task.name, ...(await measure(plan)) });
}
const rates = rows.map((row) => Number(row.rows_per_s));
const examples_per_s = Math.round(rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0));
if (flags.json) console.log(JSON.stringify({ examples_per_s, tasks: rows }));
else {
  console.table(rows);
  console.log(`${examples_per_s} examples a second over all tasks alike, on one thread`);
}

async function measure(plan: RowPlan): Promise<Figures> {
  const count = Math.min(plan.length, mostRows);
  let tokens = 0;
  const seconds = await secondsOf(() => {
    for (let row = 0; row < count; row++) tokens += lengthOf(renderRow(plan, row));
  });
  return { rows: count, rows_per_s: Math.round(count / seconds), tokens_per_s: Math.round(tokens / seconds) };
}
