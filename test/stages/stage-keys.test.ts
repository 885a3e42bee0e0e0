import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { keyInRun } from '../../orchestrator/stages/stage-keys.ts';
import { stages } from './fixture-stages.ts';
import { type FixtureRuns, withRuns } from './with-run.ts';

const check = (runs: FixtureRuns, settings: string[] = []) =>
  keyInRun(
    join(runs.runsFolder, 'first'),
    resolveRecipe(runs.recipe, { set: settings }).recipe,
    stages,
    'item-index',
  );

test.serial('a run whose stages are finished may be looked at', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  await t.notThrowsAsync(check(runs));
  // The stage itself, and those behind it, need not be there.
  rmSync(join(runs.runsFolder, 'first/03-item-index'), { recursive: true });
  await t.notThrowsAsync(check(runs));
});

test.serial('settings of an earlier stage that differ are refused, and nothing is touched', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  const manifest = join(runs.runsFolder, 'first/02-embedding/manifest.json');
  const before = readFileSync(manifest, 'utf8');
  const error = await t.throwsAsync(check(runs, ['decoding.num_beams=4']), { instanceOf: UserError });
  const { code, message, remedy } = error as UserError;
  t.is(code, 'runs/stage-not-done');
  t.regex(message, /the stage embedding .* other settings/);
  t.regex(remedy ?? '', /eager-llm run .*first.*recipe\.yaml/);
  t.is(readFileSync(manifest, 'utf8'), before);
});

test.serial('a run that is not there has not finished its first stage', async (t) => {
  const error = await t.throwsAsync(check(withRuns(t)), { instanceOf: UserError });
  t.regex((error as UserError).message, /the stage dataset/);
});
