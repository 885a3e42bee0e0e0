import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatStageFigure, namedFigures } from '../evaluation/stage-figures.ts';
import { dataProblems, inputProblems, moduleProblems } from '../inputs/check-inputs.ts';
import { StageStopped } from '../process/outcomes.ts';
import { recipeError } from '../recipe/problem.ts';
import { type ResolvedRecipe, resolveRecipe } from '../recipe/resolve-recipe.ts';
import type { Run } from '../runs/claim-run.ts';
import { currentFolder } from '../runs/current-version.ts';
import { usualKept } from '../runs/let-answer.ts';
import { type StageName, stageNames } from '../runs/stage-names.ts';
import { shellLine } from '../shared/shell-line.ts';
import type { Stage } from '../stages/define-stage.ts';
import { type ExecutedRun, executeRun } from '../stages/execute-run.ts';
import { stages as ownStages, stagesModule } from '../stages/index.ts';
import { planStages } from '../stages/plan-stages.ts';
import { keyInRun } from '../stages/stage-keys.ts';
import { checkLauncher } from './check-launcher.ts';
import { printJson } from './commands/options.ts';
import { formatTable } from './format/table.ts';
import { nextSteps } from './next-steps.ts';
import { print } from './print.ts';
import { createDisplay } from './progress/display.ts';
import { listenForStop } from './stop-signals.ts';

export interface RunRecipeOptions {
  recipe: string;
  /** What the recipe says, where it is no file that anybody wrote. */
  resolved?: ResolvedRecipe | undefined;
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
  /** Work in this version of the run; by default in the one that fits. */
  version?: number | undefined;
  /** How many versions are kept when it is done; all by default. */
  keepVersions?: number | undefined;
  /** Only repeated in the line that says how to resume. */
  json?: boolean | undefined;
  /** What was typed, where this is a part of `--production`: for the same line. */
  typed?: RunRecipeOptions | undefined;
  /** Other stages than the real ones, for tests. */
  stages?: readonly Stage[];
  module?: string;
}

/** A stage may leave this file for people: what is printed at the end of the run. */
const summaryName = 'summary.txt';

/** Runs a recipe with progress on stderr, and prints the result. */
export async function runRecipe(options: RunRecipeOptions & { json: boolean }): Promise<void> {
  printResults(await executeRecipe(options), options);
}

/** The same without printing at the end. */
export async function executeRecipe(options: RunRecipeOptions): Promise<ExecutedRun> {
  const {
    until,
    from,
    threads,
    version,
    keepVersions,
    runsFolder,
    stages = ownStages,
    module = stagesModule,
  } = options;
  const resolved = options.resolved ?? resolveRecipe(options.recipe, { set: options.set });
  const problems = await inputProblems(resolved.recipe);
  problems.push(...(await moduleProblems(resolved.recipe)));
  // Other stages than our own may read other data.
  // A database is read before anything else, unless that was done before: the same errors come then.
  const isDatabase = resolved.recipe.dataset.format === 'sql';
  if (stages === ownStages && !isDatabase) problems.push(...(await dataProblems(resolved.recipe)));
  if (problems.length > 0) throw recipeError(resolved.file, problems);
  const name = options.run ?? resolved.recipe.name;
  if (options.finishedBefore)
    await keyInRun(
      currentFolder(runsFolder, options.finishedIn ?? name),
      resolved.recipe,
      stages,
      options.finishedBefore,
    );
  if (resolved.recipe.engine === 'peft' && reaches(until, 'training') && !options.finishedBefore) {
    const anew = from !== undefined && reaches('training', from);
    await checkLauncher(resolved.recipe, { runsFolder, run: name, stages, anew });
  }
  const display = createDisplay({
    write: (text) => process.stderr.write(text),
    live: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stderr.columns,
    stages: planStages(stages, resolved.recipe).map((stage) => stage.name),
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
      version,
      keepVersions,
      onOpen: (run) => tellVersion(run, display.say),
      onEvent: display.event,
      stop: signals.stop,
      kill: signals.kill,
    });
  } catch (error) {
    if (error instanceof StageStopped)
      display.say(
        `Stopped. Go on with:\n  ${resumeLine(options.typed ?? options, options.typed !== undefined)}`,
      );
    throw error;
  } finally {
    signals.release();
  }
}

function tellVersion({ name, version, answering }: Run, say: (text: string) => void): void {
  if (answering === null || answering === version) return;
  say(`    This is version ${version} of ${name}; until it is finished, version ${answering} answers.`);
}

function reaches(until: StageName | undefined, stage: StageName): boolean {
  return until === undefined || stageNames.indexOf(until) >= stageNames.indexOf(stage);
}

function printResults(
  { run: name, version, folder, results }: ExecutedRun,
  { json, runsFolder }: RunRecipeOptions,
): void {
  if (json) {
    printJson({ run: name, version, folder, stages: results });
    return;
  }
  const summary = results
    .map((result) => join(result.folder, summaryName))
    .filter((file) => existsSync(file))
    .at(-1);
  const rows = results.flatMap(({ stage, figures }) =>
    Object.entries(namedFigures(figures)).map(([figure, value]) => [
      stage,
      figure,
      formatStageFigure(figure, value),
    ]),
  );
  const text = summary
    ? readFileSync(summary, 'utf8').trimEnd()
    : formatTable(['stage', 'figure', 'value'], rows);
  print(`\n${text}\n\nThe run is in ${folder}`);
  // A run that ended early has nothing to ask yet.
  const dataset = results.find(({ stage }) => stage === 'dataset');
  const hasModel = results.some(({ stage }) => stage === 'training');
  if (summary && dataset) print(`\n${nextSteps(name, runsFolder, dataset.folder, { hasModel })}`);
}

/** Without `--from`: the stages that it restarted are resumed, too. */
function resumeLine(options: RunRecipeOptions, production: boolean): string {
  const { recipe, set, run, runsFolder, until, threads, keepVersions = usualKept, json } = options;
  return shellLine([
    ...['npx', 'eager-llm', 'run', recipe],
    ...set.flatMap((setting) => ['--set', setting]),
    ...(run ? ['--run', run] : []),
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...(production ? ['--production'] : []),
    ...(until ? ['--until', until] : []),
    ...(threads ? ['--threads', String(threads)] : []),
    ...(keepVersions === usualKept ? [] : ['--keep-versions', String(keepVersions)]),
    ...(json ? ['--json'] : []),
  ]);
}
