/**
 * Kills runs of a recipe at random moments and looks whether they end as if nothing had happened.
 *   npm run kill-test -- --kills 20 [--minutes 10] [--recipe recipes/smoke.yaml] [--seed 1] [--within 60] [--set key=value …]
 * It ends with 1, and keeps the runs, when one is not as it should be.
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
    minutes: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(`npm run kill-test -- [options]
  --kills 20     how often it kills
  --minutes N    after so long the run that is under way is ended, and no other is begun
  --recipe FILE  recipes/smoke.yaml by default; --set key=value changes it (again for each)
  --seed 1       of the moments
  --within N     each start is killed within so many seconds; by default, within the length of an undisturbed run`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'eager-kills-'));
const outcome = await killAndResume({
  recipe: resolve(values.recipe),
  set: values.set,
  kills: Number(values.kills),
  seed: Number(values.seed),
  minutes: values.minutes ? Number(values.minutes) : undefined,
  within: values.within ? 1000 * Number(values.within) : undefined,
  folder,
  say: (text) => console.error(text),
});
console.log(JSON.stringify(outcome, null, 2));
if (outcome.problems.length > 0) {
  console.error(`The runs are kept in ${folder}`);
  process.exitCode = 1;
} else rmSync(folder, { recursive: true, force: true });
