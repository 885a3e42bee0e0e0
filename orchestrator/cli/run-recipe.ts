import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageStopped } from '../process/outcomes.ts';
import { recipeError } from '../recipe/problem.ts';
import { resolveRecipe } from '../recipe/resolve-recipe.ts';
import { checkRunName } from '../runs/run-name.ts';
import { type StageName, stageNames } from '../runs/stage-names.ts';
import { formatFigure } from '../shared/format.ts';
import { shellLine } from '../shared/shell-line.ts';
import { dataProblems, inputProblems } from '../stages/check-inputs.ts';
import type { Stage } from '../stages/define-stage.ts';
import { executeRun } from '../stages/execute-run.ts';
import { stages as ownStages, stagesModule } from '../stages/index.ts';
import type { StageResult } from '../stages/run-stages.ts';
import { keyInRun } from '../stages/stage-keys.ts';
import { printJson } from './commands/options.ts';
import { formatTable } from './format/table.ts';
import { nextSteps } from './next-steps.ts';
import { print } from './print.ts';
import { createDisplay } from './progress/display.ts';
import { listenForStop } from './stop-signals.ts';

export interface RunRecipeOptions {
  recipe: string;
  set: string[];
  run: string | undefined;
  runsFolder: string;
  until?: StageName | undefined;
  from?: StageName | undefined;
  /** Stages before this one have to be finished: nothing is trained. */
  finishedBefore?: StageName | undefined;
  /** The run that has to have them; `run` itself by default. */
  finishedIn?: string | undefined;
  threads?: number | undefined;
  /** Only repeated in the line that says how to resume. */
  json?: boolean | undefined;
  /** Other stages than the real ones, for tests. */
  stages?: readonly Stage[];
  module?: string;
}

/** A stage may leave this file for people: what is printed at the end of the run. */
const summaryName = 'summary.txt';

/** Runs a recipe with progress on stderr, and prints the result. */
export async function runRecipe(options: RunRecipeOptions & { json: boolean }): Promise<void> {
  const { run, folder, results } = await executeRecipe(options);
  printResults(run, folder, results, options);
}

/** The same without printing at the end. */
export async function executeRecipe(
  options: RunRecipeOptions,
): Promise<{ run: string; folder: string; results: StageResult[] }> {
  const { until, from, threads, runsFolder, stages = ownStages, module = stagesModule } = options;
  const resolved = resolveRecipe(options.recipe, { set: options.set });
  const problems = await inputProblems(resolved.recipe);
  // Other stages than our own may read other data.
  if (stages === ownStages) problems.push(...(await dataProblems(resolved.recipe)));
  if (problems.length > 0) throw recipeError(resolved.file, problems);
  const name = options.run ?? resolved.recipe.name;
  if (options.finishedBefore)
    await keyInRun(
      join(runsFolder, checkRunName(options.finishedIn ?? name)),
      resolved.recipe,
      stages,
      options.finishedBefore,
    );
  if (resolved.recipe.engine === 'peft' && reaches(until, 'training')) {
    // Hours of preparing must not end in "there is no Python".
    const { findPython } = await import('../launch/python-environment.ts');
    findPython(resolved.recipe.launcher.python);
  }
  const display = createDisplay({
    write: (text) => process.stderr.write(text),
    live: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stderr.columns,
  });
  const signals = listenForStop(() =>
    display.say('    Stopping as soon as the stage has saved its work; Ctrl-C again ends it at once.'),
  );
  try {
    return await executeRun({
      name,
      runsFolder,
      resolved,
      stages,
      module,
      until,
      from,
      threads,
      onEvent: display.event,
      stop: signals.stop,
      kill: signals.kill,
    });
  } catch (error) {
    if (error instanceof StageStopped) display.say(`Stopped. Go on with:\n  ${resumeLine(options)}`);
    throw error;
  } finally {
    signals.release();
  }
}

function reaches(until: StageName | undefined, stage: StageName): boolean {
  return until === undefined || stageNames.indexOf(until) >= stageNames.indexOf(stage);
}

function printResults(
  name: string,
  folder: string,
  results: StageResult[],
  { json, runsFolder }: RunRecipeOptions,
): void {
  if (json) {
    printJson({ run: name, folder, stages: results });
    return;
  }
  const summary = results
    .map((result) => join(result.folder, summaryName))
    .filter((file) => existsSync(file))
    .at(-1);
  const rows = results.flatMap(({ stage, figures }) =>
    Object.entries(figures).map(([figure, value]) => [stage, figure, formatFigure(value)]),
  );
  const text = summary
    ? readFileSync(summary, 'utf8').trimEnd()
    : formatTable(['stage', 'figure', 'value'], rows);
  print(`\n${text}\n\nThe run is in ${folder}`);
  // A run that ended early has nothing to ask yet.
  const dataset = results.find(({ stage }) => stage === 'dataset');
  if (summary && dataset) print(`\n${nextSteps(name, runsFolder, dataset.folder)}`);
}

/** Without `--from`: the stages that it restarted are resumed, too. */
function resumeLine({ recipe, set, run, runsFolder, until, threads, json }: RunRecipeOptions): string {
  return shellLine([
    ...['npx', 'eager-llm', 'run', recipe],
    ...set.flatMap((setting) => ['--set', setting]),
    ...(run ? ['--run', run] : []),
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...(until ? ['--until', until] : []),
    ...(threads ? ['--threads', String(threads)] : []),
    ...(json ? ['--json'] : []),
  ]);
}
