import { resolve } from 'node:path';
import { StageStopped } from '../process/outcomes.ts';
import { describeError } from '../shared/errors.ts';
import { shellLine } from '../shared/shell-line.ts';
import { checkArray, isLeft, writeJobArray } from '../sweep/job-array.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { printJson } from './commands/options.ts';
import { formatTable } from './format/table.ts';
import { print } from './print.ts';
import { sweepWords } from './run-sweep.ts';
import { takeRuns, tellFailures } from './take-runs.ts';

export interface ArrayCommandOptions {
  file: string;
  folder: string;
  set: string[];
  only: string[];
  jobs: number | undefined;
  runsFolder: string;
  json: boolean;
}

/** Runs the stages before training here, and writes all trainings of a sweep as an array of batch jobs. */
export async function runArrayCommand(options: ArrayCommandOptions): Promise<void> {
  const { file, set, only, jobs, json } = options;
  const [runsFolder, folder] = [resolve(options.runsFolder), resolve(options.folder)];
  const plan = await planSweep(file, { set, only });
  const { array } = checkArray(plan);
  const { stopped, failures } = await takeRuns({ ...plan, until: 'prompts' }, { jobs, runsFolder });
  if (stopped) throw new StageStopped(plan.name);
  if (failures.length > 0) return tellFailures(failures, plan.runs.length);
  const tasks = await writeJobArray(plan, runsFolder, folder);
  const problems = tasks.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) process.exitCode = 1;
  if (json)
    return printJson({
      folder,
      tasks: tasks.map(({ problem, ...task }) =>
        problem ? { ...task, problem: describeError(problem) } : task,
      ),
    });
  const left = tasks.filter(isLeft).length;
  const sweep = shellLine(sweepWords({ ...options, jobs: undefined }));
  print(
    `\n${formatTable(
      ['run', 'training'],
      tasks.map(({ run, state }) => [run, state]),
    )}\n\n${problems.map((problem) => `${describeError(problem)}\n\n`).join('')}${
      tasks.some(({ state }) => state === 'begun')
        ? `What is begun has no result yet: task-N.log and logs/ of its result say why. The script resumes it.\n\n`
        : ''
    }${
      left > 0
        ? `Train ${left === 1 ? 'it' : `all ${left}`} on the cluster:\n  ${shellLine(['cd', folder])} && ${array.submit}\nThen run this command again to collect the results.`
        : problems.length > 0
          ? 'Then run this command again.'
          : `All are trained. Continue with:\n  ${sweep}`
    }`,
  );
}
