import type { Argv, CommandModule } from 'yargs';
import { formatStageFigure, formatStageFigures } from '../../evaluation/stage-figures.ts';
import { listVersions } from '../../runs/list-versions.ts';
import { listRuns, type RunSummary, showRun } from '../../runs/read-runs.ts';
import { resumeLine } from '../../runs/resume-line.ts';
import { ownSeconds } from '../../runs/standing.ts';
import { formatBytes, formatDuration } from '../../shared/format.ts';
import { describeFailure, describeStanding } from '../format/describe-standing.ts';
import { formatTable } from '../format/table.ts';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';
import { driftCommand } from './runs-drift.ts';
import { rollbackCommand } from './runs-rollback.ts';
import { trackCommand } from './runs-track.ts';
import { runVersionsCommand } from './runs-versions.ts';

interface FolderArguments {
  'runs-dir': string;
  json: boolean;
}

export const runsCommand: CommandModule = {
  command: 'runs',
  describe: 'list, show and compare runs and their versions; measure drift; tell trackers',
  builder: (argv) =>
    argv
      .command(commandsOfRuns)
      .demandCommand(1, 'name one of: ls, show, compare, versions, rollback, drift, track')
      .example('$0 runs ls', 'all runs, latest first')
      .example('$0 runs compare quickstart beauty-2', 'settings that differ, and figures side by side'),
  handler: () => {},
};

const withFolder = <T>(argv: Argv<T>) => withJson(withRunsFolder(argv));

const listCommand: CommandModule<unknown, FolderArguments> = {
  command: 'ls',
  describe: 'list the runs, latest first',
  builder: (argv) =>
    withFolder(argv)
      .example('$0 runs ls', 'all runs, latest first')
      .example('$0 runs ls --runs-dir /data/runs --json', 'the runs in another folder, as JSON'),
  handler: ({ 'runs-dir': runsDir, json }) => {
    const runs = listRuns(runsDir);
    if (json) {
      printJson(runs);
      return;
    }
    if (runs.length === 0) {
      print('There are no runs yet: eager-llm run quickstart');
      return;
    }
    const rows = runs.map((run) => [
      run.name,
      [run.status, ...versionsIn(run)].join(', '),
      run.worked_at?.slice(0, 16).replace('T', ' ') ?? '',
      [doneIn(run), ...(run.planned ? [run.planned.length] : [])].join(' of '),
      formatDuration(ownSeconds(run)),
      formatBytes(sizeOf(run, runsDir)),
    ]);
    print(formatTable(['run', 'status', 'last used (UTC)', 'stages done', 'work', 'size'], rows));
    const open = runs.filter((run) => describeStanding(run) !== '');
    if (open.length > 0) print(`\n${open.map((run) => `${run.name} ${describeStanding(run)}`).join('\n')}`);
  },
};

const showCommand: CommandModule<unknown, FolderArguments & { name: string }> = {
  command: 'show <name>',
  describe: 'show one run: stages, figures, versions',
  builder: (argv) =>
    withFolder(argv.positional('name', { type: 'string', demandOption: true, describe: 'name of the run' }))
      .example('$0 runs show quickstart', 'stages with time, memory and figures')
      .example('$0 runs show quickstart --json', 'the same as JSON'),
  handler: ({ 'runs-dir': runsDir, name, json }) => {
    const run = showRun(runsDir, name);
    if (json) {
      printJson(run);
      return;
    }
    const { record } = run;
    print(`${run.name}: ${run.status}, in ${run.folder}`);
    if (versionsIn(run).length > 0) print(versionsIn(run).join('; '));
    if (record) {
      print(`recipe  ${record.recipe_file}, seed ${record.seed}`);
      print(
        `device  ${record.device.cores} x ${record.device.cpu}, ${formatBytes(record.device.memory_bytes)}`,
      );
      const commit = record.commit ? `, commit ${record.commit.slice(0, 10)}` : '';
      print(`node    ${record.versions.node}${commit}`);
      const { vouched_by: vouched } = record;
      if (vouched)
        print(
          `learned from all events, as long as ${vouched.run}, which vouches for it: ${formatStageFigures(vouched.metrics)}`,
        );
      print('');
    }
    const rows = run.stages.map((stage) => [
      stage.stage,
      stage.state,
      stage.seconds === null ? '' : stage.taken_over ? 'reused' : formatDuration(stage.seconds),
      stage.peak_memory_bytes === null ? '' : formatBytes(stage.peak_memory_bytes),
      stage.bytes === null ? '' : formatBytes(stage.bytes),
      formatStageFigures(stage.figures),
    ]);
    print(formatTable(['stage', 'state', 'time', 'peak memory', 'size', 'figures'], rows));
    const failure = describeFailure(run);
    if (failure) print(`\n${failure}`);
    else if (describeStanding(run) !== '') print(`\nIt ${describeStanding(run)}.`);
    const amiss = run.stages.filter(({ reason }) => reason !== null);
    if (amiss.length === 0) return;
    print(`\n${amiss.map(({ stage, state, reason }) => `${stage} is ${state}: ${reason}`).join('\n')}`);
    print(`  → ${resumeLine(run.folder)} rebuilds ${amiss.length === 1 ? 'it' : 'them'}.`);
  },
};

interface CompareArguments {
  names: string[];
  markdown: boolean;
  latex: boolean;
}

const compareCommand: CommandModule<unknown, FolderArguments & CompareArguments> = {
  command: 'compare <names..>',
  describe:
    'compare runs: settings that differ, figures side by side, differences paired by user, means over seeds',
  builder: (argv) =>
    withFolder(
      argv.positional('names', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'names of runs',
      }),
    )
      .option('markdown', {
        type: 'boolean',
        default: false,
        describe: 'print means over seeds as Markdown, for runs that differ only in their seed',
      })
      .option('latex', {
        type: 'boolean',
        default: false,
        describe: 'print them as a LaTeX table (booktabs)',
      })
      .example('$0 runs compare quickstart beauty-2', 'two runs side by side')
      .example('$0 runs compare quickstart seed-2 seed-3 --markdown', 'means over seeds as a table'),
  handler: async ({ 'runs-dir': runsDir, names, markdown, latex, json }) => {
    const { describeSeeds, seedGroups } = await import('../format/seed-groups.ts');
    const { compareRuns } = await import('../../serving/inspect/compare-runs.ts');
    const comparison = compareRuns(runsDir, names);
    const { runs, settings, figures } = comparison;
    const groups = await seedGroups(comparison);
    const { compareEvaluations } = await import('../../serving/inspect/compare-evaluations.ts');
    const paired = markdown || latex ? null : await compareEvaluations(runsDir, names);
    if (json) {
      printJson({
        runs,
        settings,
        figures,
        differences: paired?.differences ?? [],
        seeds: groups.map(({ runs: own, result }) => ({ runs: own, ...result })),
      });
      return;
    }
    if (markdown || latex) {
      print(describeSeeds(groups, comparison, latex ? 'latex' : 'markdown'));
      return;
    }
    const head = runs.map(({ name }) => name);
    const shown = (value: unknown) => (value === undefined ? '–' : JSON.stringify(value));
    const settingRows = settings.map(({ path, values }) => [path, ...values.map(shown)]);
    print(settings.length === 0 ? 'The recipes are equal.' : formatTable(['setting', ...head], settingRows));
    const figureRows = figures.map(({ name, values }) => [
      name,
      ...values.map((value) => formatStageFigure(name, value)),
    ]);
    print(`\n${formatTable(['figure', ...head], figureRows)}`);
    if (paired) {
      const { describeRunDifferences } = await import('../format/run-differences.ts');
      print(`\n${describeRunDifferences(paired)}`);
    }
    if (groups.length > 0) print(`\n${describeSeeds(groups, comparison)}`);
  },
};

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commandsOfRuns: CommandModule<any, any>[] = [
  listCommand,
  showCommand,
  compareCommand,
  runVersionsCommand,
  rollbackCommand,
  driftCommand,
  trackCommand,
];

/** `version 2`, `version 3 is running`; nothing where there is only the first. */
function versionsIn({ version, under_way }: RunSummary): string[] {
  return [
    ...(version > 1 ? [`version ${version}`] : []),
    ...(under_way ? [`version ${under_way.version} is ${wayOf(under_way.status)}`] : []),
  ];
}

/** One that came to its end and does not answer was stopped before training by `--until`. */
function wayOf(status: RunSummary['status']): string {
  return status === 'finished' ? 'under way' : status;
}

function doneIn({ stages }: RunSummary): number {
  return stages.filter(({ state }) => state === 'done').length;
}

/** Of all versions together. */
function sizeOf(run: RunSummary, runsFolder: string): number {
  if (run.version === 1 && !run.under_way)
    return run.stages.reduce((total, { bytes }) => total + (bytes ?? 0), 0);
  return listVersions(runsFolder, run.name).reduce((total, { bytes }) => total + bytes, 0);
}
