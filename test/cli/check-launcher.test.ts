import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type CheckLauncherOptions, checkLauncher } from '../../orchestrator/cli/check-launcher.ts';
import { executeRecipe } from '../../orchestrator/cli/run-recipe.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { claimRun } from '../../orchestrator/runs/claim-run.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { shellWord } from '../../orchestrator/shared/shell-line.ts';
import { stages } from '../../orchestrator/stages/index.ts';
import { expectedKeys } from '../../orchestrator/stages/stage-keys.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { smokeRecipe } from '../whole/eager-llm.ts';

/** In a folder that pods see. */
const onCluster = (folder: string) => [
  ...['engine=peft', 'launcher.kind=kubernetes', 'launcher.image=shop/torch', 'launcher.claim=runs'],
  `launcher.shared_folder=${folder}`,
];

for (const [what, set, code] of [
  ['kubectl', onCluster, 'peft/no-such-program'],
  ['the folder that pods see', () => onCluster('/mnt/runs'), 'kubernetes/not-shared'],
  [
    'sbatch',
    () => ['engine=peft', 'launcher.kind=slurm', `launcher.python=${process.execPath}`],
    'peft/no-such-program',
  ],
] as const)
  test.serial(`a run that lacks ${what} for its training ends before the first stage`, async (t) => {
    const folder = temporaryFolder(t);
    withPrograms(t, folder, {});
    const runsFolder = join(folder, 'runs');
    const run = executeRecipe({ recipe: smokeRecipe, set: [...set(folder)], run: 'far', runsFolder });
    await t.throwsAsync(run, { code } as never);
    t.false(existsSync(runsFolder));
  });

for (const [words, code] of [
  ['The connection to the server localhost:8080 was refused', 'kubernetes/no-cluster'],
  [`error: the server doesn't have a resource type "trainjobs"`, 'kubernetes/no-trainer'],
  ['Error from server (Forbidden): trainjobs "eager-llm" is forbidden', 'kubernetes/forbidden'],
] as const)
  test.serial(`a cluster that cannot train is ${code} before the first stage`, async (t) => {
    const folder = temporaryFolder(t);
    withPrograms(t, folder, { kubectl: `echo ${shellWord(words)} >&2; exit 1` });
    const check = checkLauncher(recipeOf(folder), optionsOf(folder));
    await t.throwsAsync(check, { code } as never);
  });

test.serial('a cluster that answers is asked once, and given nothing', async (t) => {
  const folder = temporaryFolder(t);
  withPrograms(t, folder, { kubectl: '[ "$1" = get ]' });
  await t.notThrowsAsync(checkLauncher(recipeOf(folder), optionsOf(folder)));
});

test.serial('a model that is there needs no cluster, unless it is trained anew', async (t) => {
  const folder = temporaryFolder(t);
  withPrograms(t, folder, {});
  const options = optionsOf(folder);
  const resolved = resolveRecipe(smokeRecipe, { set: onCluster(folder) });
  const stageKeys = await expectedKeys(stages, resolved.recipe);
  const run = claimRun(options.runsFolder, options.run, resolved, { stageKeys });
  const training = join(run.folder, '06-training');
  mkdirSync(training);
  await writeManifest(training, {
    ...{ stage: 'training', key: String(stageKeys['06-training']), inputs: {}, figures: {} },
    ...{ seconds: 0, peak_memory_bytes: 0 },
  });
  run.close('failed');
  await t.notThrowsAsync(checkLauncher(resolved.recipe, options));
  const anew = checkLauncher(resolved.recipe, { ...options, anew: true });
  await t.throwsAsync(anew, { code: 'peft/no-such-program' } as never);
});

function optionsOf(folder: string): CheckLauncherOptions {
  return { runsFolder: join(folder, 'runs'), run: 'far', stages, anew: false };
}

function recipeOf(folder: string) {
  return resolveRecipe(smokeRecipe, { set: onCluster(folder) }).recipe;
}

/** No others are found. */
function withPrograms(t: ExecutionContext, folder: string, programs: Record<string, string>): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  const before = process.env.PATH;
  process.env.PATH = bin;
  t.teardown(() => {
    process.env.PATH = before;
  });
}
