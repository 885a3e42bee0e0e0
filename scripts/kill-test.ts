/**
 * Kills runs of a recipe at random moments and looks whether they end as if nothing had happened.
 *   npx tsx scripts/kill-test.ts --kills 20 --recipe recipes/smoke.yaml [--seed 1] [--within 60] [--set key=value …]
 * --within: each start is killed within so many seconds (else within the length of an undisturbed run).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killAndResume } from '../test/whole/kill-and-resume.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    recipe: { type: 'string', default: 'recipes/smoke.yaml' },
    seed: { type: 'string', default: '1' },
    within: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'eager-kills-'));
const outcome = await killAndResume({
  recipe: resolve(values.recipe),
  set: values.set,
  kills: Number(values.kills),
  seed: Number(values.seed),
  within: values.within ? 1000 * Number(values.within) : undefined,
  folder,
  say: (text) => console.error(text),
});
console.log(JSON.stringify(outcome, null, 2));
if (outcome.problems.length > 0) {
  console.error(`The runs are kept in ${folder}`);
  process.exitCode = 1;
} else rmSync(folder, { recursive: true, force: true });
