import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isFile } from '../storage/is-file.ts';
import { isThere } from '../storage/is-there.ts';
import { parseRunName } from './run-name.ts';
import { isRun } from './versions.ts';

const sweepsName = 'sweeps';
/** The report that people read, in the folder of its sweep. */
export const reportName = 'report.html';
/** The same for programs. */
export const figuresName = 'report.json';

const reportFigures = z.object({ runs: z.array(z.object({ run: z.string() })) });

/** Folder of the reports of a sweep, beside the runs. */
export function sweepFolder(runsFolder: string, sweep: string): string {
  return join(runsFolder, sweepsName, sweep);
}

/** The sweeps that have a report. */
export function reportedSweeps(runsFolder: string): string[] {
  const folder = join(runsFolder, sweepsName);
  if (!isThere(folder) || isFile(folder)) return [];
  return readdirSync(folder).filter((sweep) => isFile(join(sweepFolder(runsFolder, sweep), reportName)));
}

/** Names of the runs that a report is of, which may be a part of the sweep; null where that cannot be read. */
export function reportedRuns(runsFolder: string, sweep: string): string[] | null {
  const file = join(sweepFolder(runsFolder, sweep), figuresName);
  if (!isFile(file)) return null;
  try {
    const { runs } = reportFigures.parse(JSON.parse(readFileSync(file, 'utf8')));
    return runs.map(({ run }) => run);
  } catch {
    // A damaged report gets in the way of no list.
    return null;
  }
}

/** The sweep with a report that a run belongs to, by its name `SWEEP.VARIANT.sSEED`; null where there is none. */
export function sweepOf(run: string, reported: readonly string[]): string | null {
  const { name } = parseRunName(run);
  const own = reported.filter(
    (sweep) => name.startsWith(`${sweep}.`) && /.\.s\d+$/.test(name.slice(sweep.length + 1)),
  );
  return own.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** Names of the runs of a sweep that are in a folder, whatever its file says by now. */
export function runsOfSweep(runsFolder: string, sweep: string): string[] {
  if (!isThere(runsFolder)) return [];
  const known = [sweep, ...reportedSweeps(runsFolder)];
  return readdirSync(runsFolder).filter(
    (name) => sweepOf(name, known) === sweep && isRun(join(runsFolder, name)),
  );
}
