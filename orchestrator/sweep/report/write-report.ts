import { join } from 'node:path';
import { figuresName, reportName, sweepFolder } from '../../runs/sweep-reports.ts';
import { writeFileAtomic } from '../../storage/atomic-file.ts';
import { writeJson } from '../../storage/json-file.ts';
import { collectSweep, type SweepReport } from '../collect.ts';
import type { SweepPlan } from '../plan-sweep.ts';
import { sweepHtml } from './html.ts';
import { sweepLatex } from './latex.ts';
import { sweepMarkdown } from './markdown.ts';

const markdownName = 'report.md';
const latexName = 'report.tex';

/** All that a report is, within the folder of its sweep. */
export const reportFiles = [figuresName, markdownName, reportName, latexName];

/** Writes `report.md`, `report.html`, `report.tex` and `report.json` from what the runs have left so far. */
export async function writeReport(plan: SweepPlan, runsFolder: string): Promise<SweepReport> {
  const report = await collectSweep(plan, runsFolder);
  const folder = sweepFolder(runsFolder, plan.name);
  const { name, runs, comparisons } = report;
  writeJson(join(folder, figuresName), { version: 2, name, runs, comparisons });
  writeFileAtomic(join(folder, markdownName), sweepMarkdown(report));
  writeFileAtomic(join(folder, reportName), sweepHtml(report));
  writeFileAtomic(join(folder, latexName), `${sweepLatex(report)}\n`);
  return report;
}
