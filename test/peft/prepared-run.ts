import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestFn } from 'ava';
import { execa } from 'execa';
import { workerVariables } from '../../orchestrator/launch/launchers/worker-command.ts';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { workerSource } from '../../orchestrator/peft-job/worker-source.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import type { Recipe } from '../../orchestrator/recipe/schema.ts';
import { type StageName, stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { eagerLlm, smokeRecipe } from '../whole/eager-llm.ts';

/** A run of a tiny recipe that is done up to its prompts; trainings start from it. */
export interface PreparedRun {
  folder: string;
  /** Runs of that name have a folder of runs of their own, where no other can lend them its training. */
  runsFolder(name: string): string;
  /** The training stage of a run, or a path in it. */
  training(name: string, ...path: string[]): string;
  /** File of the recipe. */
  recipe: string;
  resolve(set?: string[]): Recipe;
  /** Folder of a stage of the prepared run. */
  inputFolder(stage: StageName): string;
  /** `eager-llm run` of the recipe, from the prepared stages up to its training. */
  run(name: string, set?: string[], env?: Record<string, string>): ReturnType<typeof eagerLlm>;
}

/** Every loss and every setting that both engines know, without dropout, whose draws differ. */
const everyLoss = `
training:
  validation_users: 60
  stages:
    - name: plain
      tuning: full
      tasks: {sequential-recommendation: 1, item-to-index: 1, index-to-item: 0.5, preference: 0.5}
      epochs: 2
      learning_rate: 0.003
      micro_batch_size: 16
      validate_every_epochs: 0
    - name: contrast
      tuning: full
      tasks: {sequential-recommendation: 1, item-search: 0.5}
      epochs: 4
      learning_rate: 0.001
      lr_scheduler: linear
      micro_batch_size: 8
      micro_batch_tokens: 256
      gradient_accumulation_steps: 2
      digit_softmax: legal
      distillation: 0.5
      label_smoothing: 0.05
      contrastive_weight: 0.1
      contrastive_negatives: 50
      validate_every_epochs: 2
    - name: adapter
      tuning: lora
      tasks: {sequential-recommendation: 1}
      lora_r: 4
      lora_alpha: 16
      lora_dropout: 0
      epochs: 5
      learning_rate: 0.002
      lr_scheduler: constant
      micro_batch_size: 16
      digit_softmax: legal
      validate_every_epochs: 2
`;

/** Made once for all tests of a file, and removed behind them; `change` is what the recipe has beside the smoke recipe. */
export function prepareRun(test: TestFn, change = everyLoss): () => PreparedRun {
  let prepared: PreparedRun;
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-peft-'));
  test.before('a run is made up to its prompts', async (t) => {
    t.timeout(600_000);
    const recipe = join(folder, 'two-engines.yaml');
    writeFileSync(recipe, `extends: ${smokeRecipe}\nname: two-engines\n${change}`);
    const runsFolder = (name: string) => join(folder, 'runs', name);
    const first = ['--run', 'prepared', '--runs-dir', runsFolder('prepared'), '--until', 'prompts'];
    const { exitCode, stderr } = await eagerLlm(['run', recipe, ...first]);
    if (exitCode !== 0) throw new Error(String(stderr));
    const own = (name: string) => {
      if (!existsSync(runsFolder(name)))
        cpSync(runsFolder('prepared'), runsFolder(name), { recursive: true });
      return runsFolder(name);
    };
    prepared = {
      folder,
      runsFolder,
      recipe,
      resolve: (set = []) => resolveRecipe(recipe, { set }).recipe,
      training: (name, ...path) => join(runsFolder(name), name, stageFolderName('training'), ...path),
      inputFolder: (stage) => join(runsFolder('prepared'), 'prepared', stageFolderName(stage)),
      run: (name, set = [], env = {}) => {
        const args = ['--run', name, '--runs-dir', own(name), '--until', 'training'];
        const settings = set.flatMap((each) => ['--set', each]);
        return eagerLlm(['run', recipe, ...args, ...settings], { env: { OMP_NUM_THREADS: '1', ...env } });
      },
    };
  });
  test.after.always(() => rmSync(folder, { recursive: true, force: true }));
  return () => prepared;
}

/** Commands of the worker, one after the other in one Python: to import torch takes longer than what they do. */
export async function worker(...commands: string[][]): Promise<void> {
  const script = `import json, sys
from eager_llm_peft.__main__ import main
for command in json.loads(sys.argv[1]):
    sys.argv[1:] = command
    if main() != 0:
        sys.exit(1)`;
  await python('-c', script, JSON.stringify(commands));
}

export async function python(...args: string[]): Promise<void> {
  await execa(findPython(null), args, {
    env: { ...workerVariables(workerSource), OMP_NUM_THREADS: '1' },
    stdin: 'ignore',
  });
}
