import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Options } from 'execa';
import { writeLists } from '../../orchestrator/lists/write-lists.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm } from './eager-llm.ts';

test('lists that are killed at random moments and asked for again are those of an undisturbed command', async (t) => {
  const runsFolder = await smokeRuns();
  const folder = temporaryFolder(t);
  const out = join(folder, 'recs.jsonl');
  const parts = `${out}.parts`;
  const options = ['--k', '7', '--block', '2', '--json', '--out', out, '--runs-dir', runsFolder];
  const start = (more: Options = {}) => eagerLlm(['recommend', 'smoke', '--all', ...options], more);
  const random = createRandom(4, 'kills');
  const filesIn = () => (existsSync(parts) ? readdirSync(parts) : []);
  const moments = [
    ...[5, 45].map((from) => from + random.integer(30)).map((files) => () => filesIn().length > files),
    () => filesIn().includes('joined.tmp'),
  ];
  let kills = 0;
  for (const moment of moments) {
    // A group of its own, killed whole.
    const started = start({ detached: true, cleanup: false });
    await waitUntil(moment, { during: started, every: 5 }).catch(() => {});
    try {
      process.kill(-(started.pid as number), 'SIGKILL');
    } catch {}
    const ended = await started;
    if (ended.exitCode === 0) break;
    t.is(ended.signal, 'SIGKILL', String(ended.stderr));
    kills++;
    t.log(`kill ${kills}: ${filesIn().length} files in the folder of parts`);
  }
  t.true(kills > 1);
  const last = await start();
  t.is(last.exitCode, 0, String(last.stderr));
  t.like(JSON.parse(String(last.stdout)), { rows: 7 * 163, users: 163, file: { name: 'recs.jsonl' } });
  t.deepEqual(readdirSync(folder).sort(), ['recs.jsonl', 'recs.jsonl.manifest.json'], 'nothing is left over');

  const undisturbed = join(folder, 'undisturbed.jsonl');
  const run = await openRun('smoke', { runsFolder });
  await writeLists(run, { out: undisturbed, k: 7, block: 2 });
  await run.close();
  t.is(readFileSync(out, 'utf8'), readFileSync(undisturbed, 'utf8'));
});

test('Ctrl-C stops lists and says how to go on', async (t) => {
  const runsFolder = await smokeRuns();
  const out = join(temporaryFolder(t), 'recs.csv');
  const options = ['--out', out, '--k', '7', '--block', '1', '--runs-dir', runsFolder];
  const started = eagerLlm(['recommend', 'smoke', '--all', ...options]);
  await waitUntil(() => existsSync(`${out}.parts`) && readdirSync(`${out}.parts`).length > 6, {
    during: started,
    every: 5,
  });
  started.kill('SIGINT');
  const { exitCode, stderr } = await started;
  t.is(exitCode, 130, String(stderr));
  t.false(existsSync(out));
  const [, line] = /Stopped\. Go on with:\n {2}npx eager-llm (.*)$/m.exec(String(stderr)) ?? [];
  const again = await eagerLlm(line.split(' '));
  t.is(again.exitCode, 0, String(again.stderr));
  t.regex(String(again.stderr), /\d+ finished parts are there/);
  t.regex(String(again.stdout), /The lists of 163 users are in .*recs\.csv: 1,141 rows/);
});
