import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { datasetFiles } from '../dataset/save-dataset.ts';
import type { Split } from '../dataset/types.ts';
import { leadingFigure, selectionFigure, validationChoice, validationLead } from '../evaluation/headline.ts';
import { ownRow } from '../evaluation/own-row.ts';
import { type CaseRanks, ranksFile, readRanks } from '../evaluation/ranks-file.ts';
import { type EvaluationResult, type Figure, readResult, resultFile } from '../evaluation/result.ts';
import { bothProtocols, figuresUnder, type Seen } from '../evaluation/seen-items.ts';
import { type Coherence, coherenceOf } from '../item-index/coherence.ts';
import { indexFileName, readItemIndex } from '../item-index/index-file.ts';
import { type TaskResult, tasksFile } from '../opened-run/evaluate-tasks.ts';
import { checkIntact } from '../runs/check-intact.ts';
import { folderOfRecipe } from '../runs/choose-version.ts';
import { readEvents } from '../runs/event-log.ts';
import { readManifest } from '../runs/manifest.ts';
import { type RunSummary, showRun } from '../runs/read-runs.ts';
import { type StageName, stageFolderName } from '../runs/stage-names.ts';
import { runsOfSweep } from '../runs/sweep-reports.ts';
import { readOpenings } from '../runs/test-openings.ts';
import { versionIn } from '../runs/versions.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';
import { metricsFile } from '../training/metrics-log.ts';
import { partFolder } from '../training/part-folder.ts';
import { byPopularity, type PopularityGroup } from './by-popularity.ts';
import { type BySeen, type Comparison, compareVariants, type EvaluatedRun } from './compare-variants.ts';
import type { PlannedRun, SweepPlan } from './plan-sweep.ts';

/** A point of a training's course. */
export interface CurvePoint {
  step: number;
  loss?: number;
  recall?: number;
  ndcg?: number;
}

/** What the best weights of a part of training came to, on validation. */
export interface PartReport {
  name: string;
  recall: number;
  ndcg: number;
  users: number;
  /** Mean loss of a learned token by task, in nats. */
  losses: Record<string, number>;
}

/** What one run of a sweep came to. */
export interface RunReport {
  run: string;
  variant: string;
  seed: number;
  status: RunSummary['status'] | 'not started';
  /** Of the best weights of each part of training, as far as it went. */
  parts: PartReport[];
  /** The recommender's own on the split that was evaluated, by what became of seen items; none without an evaluation. */
  test: BySeen<Figure>;
  protocol: EvaluationResult['protocol'] | null;
  /** Of the other tasks; empty where none was asked. */
  tasks: TaskResult[];
  byPopularity: PopularityGroup[];
  /** Seconds of all stages, shared ones included, and of training alone. */
  seconds: number;
  trainingSeconds: number | null;
  peakMemoryBytes: number;
  figures: Partial<Record<StageName, Record<string, number | string>>>;
  /** Key of the item index: equal ones are the same. */
  indexKey: string | null;
  coherence: Coherence | null;
  curve: CurvePoint[];
  /** How often this run has ranked the test split. */
  testReadings: number;
}

export interface SweepReport {
  name: string;
  plan: SweepPlan;
  /** What variants are compared by: the leading figure, and the one that chooses the epoch. */
  metric: string;
  gain: string;
  /** Which split the runs were evaluated on. */
  split: Split;
  /** The protocols that figures are given under. */
  seen: readonly Seen[];
  runs: RunReport[];
  /** Names of runs of the sweep that are there and not in the plan: of variants and seeds that it leaves out. */
  others: string[];
  /** When it was read, in UTC: `2026-11-30T08:12:00.000Z`. */
  at: string;
  /** By variant, against the first one. */
  comparisons: Record<string, Comparison>;
}

/**
 * Draws of the bootstrap. The least p of a difference is 2 / (draws + 1), times the rows that it is corrected for: from two
 * dozen rows on nothing could be told from chance by a thousand draws.
 */
export function drawsFor(rows: number): number {
  return Math.min(10_000, Math.max(1000, 200 * rows));
}

const remedy = 'Delete its folder and run the sweep again: the evaluation is then repeated.';

/** Reads what the runs of a sweep left; runs that are not finished count with what they have. */
export async function collectSweep(plan: SweepPlan, runsFolder: string): Promise<SweepReport> {
  const runs: RunReport[] = [];
  const evaluated: EvaluatedRun[] = [];
  for (const planned of plan.runs) {
    const report = collectRun(planned, runsFolder);
    runs.push(report);
    const ranks = report.protocol && ranksOf(planned, runsFolder);
    if (ranks) evaluated.push({ variant: planned.variant, seed: planned.seed, ranks });
  }
  const cutoffs = plan.runs.flatMap(({ resolved }) => resolved.recipe.evaluation.cutoffs);
  const split = plan.runs[0].resolved.recipe.evaluation.split;
  return {
    name: plan.name,
    plan,
    metric: leadingFigure(cutoffs),
    gain: selectionFigure(cutoffs),
    split,
    seen: bothProtocols.filter((seen) => runs.some(({ test }) => test[seen])),
    runs,
    others: runsOfSweep(runsFolder, plan.name).filter((name) => !plan.runs.some((run) => run.name === name)),
    at: new Date().toISOString(),
    comparisons: await compareVariants(evaluated, plan.variants[0].name, {
      cutoffs: [Math.max(...cutoffs)],
      seed: plan.runs[0].seed,
      samples: drawsFor(plan.variants.length - 1),
    }),
  };
}

function collectRun(planned: PlannedRun, runsFolder: string): RunReport {
  const report: RunReport = {
    run: planned.name,
    variant: planned.variant,
    seed: planned.seed,
    status: 'not started',
    parts: [],
    test: {},
    protocol: null,
    tasks: [],
    byPopularity: [],
    seconds: 0,
    trainingSeconds: null,
    peakMemoryBytes: 0,
    figures: {},
    indexKey: null,
    coherence: null,
    curve: [],
    testReadings: 0,
  };
  if (!isThere(join(runsFolder, planned.name))) return report;
  const summary = versionOf(planned, runsFolder);
  const { folder } = summary;
  const done = summary.stages.filter(({ state }) => state === 'done');
  const stageOf = (name: StageName) => done.find(({ stage }) => stage === stageFolderName(name));
  for (const stage of done) {
    report.figures[stage.stage.slice(3) as StageName] = stage.figures;
    report.seconds += stage.seconds ?? 0;
    report.peakMemoryBytes = Math.max(report.peakMemoryBytes, stage.peak_memory_bytes ?? 0);
  }
  report.status = summary.status;
  report.trainingSeconds = stageOf('training')?.seconds ?? null;
  report.testReadings = readOpenings(folder).length;
  if (stageOf('item-index') && isThere(join(folder, stageFolderName('item-index'), indexFileName)))
    Object.assign(report, indexOf(folder));
  if (stageOf('training')) Object.assign(report, trainingOf(planned, folder));
  if (stageOf('evaluation')) Object.assign(report, testOf(evaluationOf(planned, runsFolder)));
  return report;
}

/** The version of a run that this plan makes, also while an older one answers. */
function versionOf({ name, resolved }: PlannedRun, runsFolder: string): RunSummary {
  const { version } = versionIn(folderOfRecipe(join(runsFolder, name), resolved.hash));
  return showRun(runsFolder, `${name}@${version}`);
}

function indexOf(folder: string): Pick<RunReport, 'indexKey' | 'coherence'> {
  const of = (stage: StageName) => join(folder, stageFolderName(stage));
  checkIntact(of('dataset'), Object.values(datasetFiles));
  checkIntact(of('item-index'), [indexFileName]);
  const dataset = loadDataset(of('dataset'));
  const index = readItemIndex(join(of('item-index'), indexFileName), dataset.items.length);
  return { indexKey: readManifest(of('item-index'))?.key ?? null, coherence: coherenceOf(index, dataset) };
}

function trainingOf(
  { resolved: { recipe } }: PlannedRun,
  folder: string,
): Pick<RunReport, 'curve' | 'parts'> {
  const curve: CurvePoint[] = [];
  const parts: PartReport[] = [];
  const users = recipe.training.validation_users;
  const training = join(folder, stageFolderName('training'));
  const logs = recipe.training.stages.map((part, at) => `${partFolder(at, part)}/${metricsFile}`);
  checkIntact(training, logs);
  let before = 0;
  for (const [at, { name }] of recipe.training.stages.entries()) {
    let best: PartReport | null = null;
    let last = 0;
    for (const line of readEvents(join(training, logs[at]))) {
      last = Number(line.step);
      const step = before + last;
      if (line.loss !== undefined) curve.push({ step, loss: Number(line.loss) });
      if (line[`validation/${validationChoice}`] === undefined) continue;
      const [recall, ndcg] = [validationLead, validationChoice].map((name) =>
        Number(line[`validation/${name}`]),
      );
      curve.push({ step, recall, ndcg });
      if (!best || ndcg > best.ndcg) best = { name, recall, ndcg, users, losses: lossesOf(line) };
    }
    if (best) parts.push(best);
    before += last;
  }
  return { curve, parts };
}

function lossesOf(line: Record<string, unknown>): Record<string, number> {
  const start = 'validation/loss/';
  return Object.fromEntries(
    Object.entries(line)
      .filter(([name]) => name.startsWith(start))
      .map(([name, value]) => [name.slice(start.length), Number(value)]),
  );
}

function evaluationOf(run: PlannedRun, runsFolder: string): string {
  return join(versionOf(run, runsFolder).folder, stageFolderName('evaluation'));
}

function testOf(folder: string): Pick<RunReport, 'test' | 'protocol' | 'tasks' | 'byPopularity'> {
  checkIntact(folder, [resultFile, ranksFile, tasksFile]);
  const { methods, protocol } = readResult(join(folder, resultFile));
  const own = ownRow(methods);
  const test: BySeen<Figure> = {};
  for (const seen of bothProtocols) {
    const figures = figuresUnder(seen, own, protocol);
    if (figures) test[seen] = figures;
  }
  const tasks = isThere(join(folder, tasksFile))
    ? (readJson(join(folder, tasksFile), remedy) as TaskResult[])
    : [];
  return { test, protocol, tasks, byPopularity: byPopularity(folder, own.name) };
}

/** Case by case; null in results from before these were kept. */
function ranksOf(run: PlannedRun, runsFolder: string): CaseRanks | null {
  const folder = evaluationOf(run, runsFolder);
  if (!isThere(join(folder, ranksFile))) return null;
  return readRanks(folder);
}
