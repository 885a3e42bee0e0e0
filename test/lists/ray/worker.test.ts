import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import type { BlockOrder } from '../../../orchestrator/lists/ray/order.ts';
import { stateOfRun } from '../../../orchestrator/lists/state-of-run.ts';
import { openRun } from '../../../orchestrator/serving/index.ts';
import { smokeRuns } from '../../serving/smoke-run.ts';
import { typescriptLoader } from '../../typescript-loader.ts';
import { packageFolder } from '../../whole/eager-llm.ts';

/** What the process answers to lines, in order. */
async function answersTo(...lines: object[]) {
  const worker = join(packageFolder, 'orchestrator', 'lists', 'ray', 'worker.ts');
  const child = execa(process.execPath, [typescriptLoader, worker], { lines: true, reject: false });
  const answers: Record<string, unknown>[] = [];
  child.stdin.write(`${JSON.stringify(lines[0])}\n`);
  for await (const answer of child.iterable()) {
    answers.push(JSON.parse(answer));
    if (answers.length === lines.length) child.stdin.end();
    else child.stdin.write(`${JSON.stringify(lines[answers.length])}\n`);
  }
  return answers;
}

test('the process of a worker answers each block with the lists that its users get, and says what it lacks', async (t) => {
  const runsFolder = await smokeRuns();
  const run = await openRun('smoke', { runsFolder });
  t.teardown(() => run.close());
  const files = { availableFile: undefined, excludeFile: undefined };
  const order: BlockOrder = { run: 'smoke', runsFolder, ...files, k: 3, rules: {}, state: stateOfRun(run) };
  const ids = run.users.ids.slice(0, 2);
  const [own, ...others] = await Promise.all([
    answersTo(order, { number: 0, ids }, { number: 1, ids: ids.slice(1) }),
    answersTo({ ...order, runsFolder: '/nowhere' }),
    answersTo({ ...order, state: { ...order.state, 'version of the run': 'another' } }),
  ]);
  t.deepEqual(own[0], { type: 'ready' });
  const rows = own.slice(1).map(({ rows }) =>
    String(rows)
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row)),
  );
  for (const [at, asked] of [ids, ids.slice(1)].entries()) {
    const expected: object[] = [];
    for await (const { user, items } of run.recommendAll(asked, { k: 3 }))
      for (const [place, { item_id, score, cold = false }] of items.entries())
        expected.push({ user_id: user, rank: place + 1, item_id, score, cold });
    t.deepEqual(rows[at], expected);
  }
  const told = others.map(([{ type, error }]) => ({ type, ...(error as object) }));
  t.like(told[0], { type: 'failed', code: 'lists/not-shared' });
  t.like(told[1], {
    code: 'lists/other-state',
    message: 'has another version of the run than where the lists began',
  });
});
