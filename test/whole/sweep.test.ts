import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import type { SweepReport } from '../../orchestrator/sweep/collect.ts';
import { eagerLlm, smokeRecipe } from './eager-llm.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-sweep-')));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('a sweep over the smoke recipe: one training, two beam widths, compared user by user', async (t) => {
  const file = join(folder, 'beams.yaml');
  const runsFolder = join(folder, 'runs');
  writeFileSync(
    file,
    `base: ${smokeRecipe}
variants:
  - name: ten
  - name: forty
    set: {decoding.num_beams: 40}
`,
  );
  const { exitCode, stdout, stderr } = await eagerLlm(['sweep', file, '--runs-dir', runsFolder, '--json']);
  t.is(exitCode, 0, String(stderr));
  t.is(String(stderr).match(/ training done in /g)?.length, 1);
  const { runs, comparisons } = JSON.parse(String(stdout)) as Pick<SweepReport, 'runs' | 'comparisons'>;
  const measured = runs.map(
    ({ run }) =>
      readResult(join(runsFolder, run, '07-evaluation/metrics.json')).methods.at(-1)?.metrics['ndcg@10']
        .value,
  );
  t.deepEqual(
    runs.map(({ test: { removed } }) => removed?.['ndcg@10'].value),
    measured,
  );
  t.true(runs.every(({ test: { kept } }) => kept));
  const difference = comparisons.forty.difference.removed?.['ndcg@10'];
  t.true(Math.abs(Number(difference?.value) - (Number(measured[1]) - Number(measured[0]))) < 1e-12);
  t.true(runs.every(({ parts, curve }) => parts.length > 0 && curve.length > 10));
  t.regex(readFileSync(join(runsFolder, 'sweeps/beams/report.html'), 'utf8'), /<figcaption>Test recall@10/);
});
