import { join } from 'node:path';
import { writeFileAtomic } from '../../storage/atomic-file.ts';
import { writeJson } from '../../storage/json-file.ts';
import { collectSweep, type SweepReport } from '../collect.ts';
import type { SweepPlan } from '../plan-sweep.ts';
import { sweepHtml } from './html.ts';
import { sweepLatex } from './latex.ts';
import { sweepMarkdown } from './markdown.ts';

/** Folder of the reports beside the runs. */
export function reportFolder(plan: SweepPlan, runsFolder: string): string {
  return join(runsFolder, 'sweeps', plan.name);
}

/** Writes `report.md`, `report.html`, `report.tex` and `report.json` from what the runs have left so far. */
export async function writeReport(plan: SweepPlan, runsFolder: string): Promise<SweepReport> {
  const report = await collectSweep(plan, runsFolder);
  const folder = reportFolder(plan, runsFolder);
  const { name, runs, comparisons } = report;
  writeJson(join(folder, 'report.json'), { version: 2, name, runs, comparisons });
  writeFileAtomic(join(folder, 'report.md'), sweepMarkdown(report));
  writeFileAtomic(join(folder, 'report.html'), sweepHtml(report));
  writeFileAtomic(join(folder, 'report.tex'), `${sweepLatex(report)}\n`);
  return report;
}
