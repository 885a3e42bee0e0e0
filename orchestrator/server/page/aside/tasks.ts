import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { resolveRecipe } from '../../../recipe/resolve-recipe.ts';
import { listRuns, showRun } from '../../../runs/read-runs.ts';
import { againLine, resumeLine } from '../../../runs/resume-line.ts';
import { readRunNews } from '../../../runs/run-news.ts';
import { stageFolderNames } from '../../../runs/stage-names.ts';
import {
  reportedRuns,
  reportedSweeps,
  reportName,
  runsOfSweep,
  sweepFolder,
  sweepOf,
} from '../../../runs/sweep-reports.ts';
import { listRunCards } from '../../../serving/index.ts';
import { openCatalogue } from '../../../serving/inspect/catalogue.ts';
import { compareEvaluations } from '../../../serving/inspect/compare-evaluations.ts';
import { compareRuns } from '../../../serving/inspect/compare-runs.ts';
import { branchOfIndex, overviewOfIndex } from '../../../serving/inspect/explore-index.ts';
import { findCodedItems } from '../../../serving/inspect/find-coded-items.ts';
import { inspectRun } from '../../../serving/inspect/inspect-run.ts';
import { measuredOf } from '../../../serving/inspect/measured-of.ts';
import { isFile } from '../../../storage/is-file.ts';
import { checkComposed } from '../check-composed.ts';

/**
 * Tasks that read files or texts that can be large, so that nothing else waits for them. Arguments and results can be
 * copied.
 */
export const tasks = {
  checkComposed,
  resolveRecipe: (file: string) => resolveRecipe(file),
  listRunCards,
  listRuns: (runsFolder: string) => {
    const sweeps = reportedSweeps(runsFolder);
    return listRuns(runsFolder).map((run) => ({
      ...run,
      measured: measuredOf(run),
      sweep: sweepOf(run.name, sweeps),
    }));
  },
  showRun,
  inspectRun: (runsFolder: string, name: string) =>
    inspectWithSweep(runsFolder, name, reportedSweeps(runsFolder)),
  compareRuns: (runsFolder: string, names: string[]) => {
    const { settings, figures } = compareRuns(runsFolder, names);
    const sweeps = reportedSweeps(runsFolder);
    return { settings, figures, runs: names.map((name) => inspectWithSweep(runsFolder, name, sweeps)) };
  },
  compareEvaluations,
  newsOf: (runsFolder: string, name: string, cursor: string | undefined) => {
    const { folder, status, record, failure, worked_at, planned, stages } = showRun(runsFolder, name);
    const news = readRunNews(folder, cursor);
    return { ...news, status, record, failure, worked_at, planned: planned ?? stageFolderNames, stages };
  },
  reportOfSweep: (runsFolder: string, sweep: string) => {
    const file = join(sweepFolder(runsFolder, sweep), reportName);
    return isFile(file) ? { html: readFileSync(file, 'utf8'), runs: runsOfSweep(runsFolder, sweep) } : null;
  },
  coverageOfSweep: (runsFolder: string, sweep: string) => ({
    reported: reportedRuns(runsFolder, sweep),
    here: runsOfSweep(runsFolder, sweep),
  }),
  overviewOfIndex: async (runsFolder: string, name: string) =>
    overviewOfIndex(await openCatalogue(runsFolder, name)),
  branchOfIndex: async (runsFolder: string, name: string, digits: (number | null)[]) =>
    branchOfIndex(await openCatalogue(runsFolder, name), digits),
  findCodedItems: async (runsFolder: string, name: string, query: string) =>
    findCodedItems(await openCatalogue(runsFolder, name), query),
};

function inspectWithSweep(runsFolder: string, name: string, sweeps: readonly string[]) {
  const { run, ...rest } = inspectRun(runsFolder, name);
  const place = asTyped(runsFolder);
  const set = run.failure?.settings.slice(0, 1) ?? [];
  const shown = place ?? 'path/to/runs';
  return {
    ...rest,
    commands: {
      resume: resumeLine(run.folder, { shown, set }),
      again: againLine(run.folder, { shown }),
      hides: place === null ? shown : null,
    },
    run: { ...run, sweep: sweepOf(run.name, sweeps) },
  };
}

/** A folder as it is typed where the server was started; null where it lies elsewhere, of which no page is told. */
function asTyped(folder: string): string | null {
  const path = relative(process.cwd(), folder);
  return path.startsWith('..') || isAbsolute(path) ? null : path || '.';
}

export type Tasks = typeof tasks;
