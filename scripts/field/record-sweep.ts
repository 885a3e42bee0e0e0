import { join, resolve } from 'node:path';
import { weightsFile } from '../../orchestrator/embedding/behaviour/behaviour-files.ts';
import { describeProtocol } from '../../orchestrator/evaluation/describe-result.ts';
import type { Seen } from '../../orchestrator/evaluation/seen-items.ts';
import { parameterCount } from '../../orchestrator/models/model-tensors.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { behaviourFolders, finalModelFolder } from '../../orchestrator/opened-run/stage-files.ts';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { deviation, mean } from '../../orchestrator/shared/spread.ts';
import { isThere } from '../../orchestrator/storage/is-there.ts';
import { openSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { collectSweep, type RunReport, type SweepReport } from '../../orchestrator/sweep/collect.ts';
import { planSweep } from '../../orchestrator/sweep/plan-sweep.ts';
import type { FieldFigures, FieldRow } from './figures.ts';
import { sourcesOfSweep } from './sources.ts';

/** The rows of a sweep of which a seed is evaluated, from the seeds that are. */
export async function recordSweep(file: string, runsFolder: string): Promise<FieldFigures[string] | null> {
  const plan = await planSweep(resolve(packageRoot, file), { checkInputs: false });
  const report = await collectSweep(plan, runsFolder);
  const sources = await sourcesOfSweep(file);
  const rows: Record<string, FieldRow> = {};
  for (const { name } of plan.variants) {
    const runs = report.runs.filter(({ variant, protocol }) => variant === name && protocol !== null);
    if (runs.length === 0) continue;
    const { resolved } = plan.runs.find(({ variant }) => variant === name)!;
    rows[name] = {
      sources: sources[name],
      seeds: runs.map(({ seed }) => seed),
      ...measured(report, name, runs),
      parameters: parametersOf(showRun(runsFolder, runs[0].run).folder, resolved.recipe),
      ...costs(runs),
    };
  }
  const first = report.runs.find(({ protocol }) => protocol);
  if (!first?.protocol) return null;
  const device = showRun(runsFolder, first.run).record?.device;
  return {
    device: device ? `${device.cores} cores, ${device.cpu}` : '',
    protocol: describeProtocol({ protocol: first.protocol }),
    rows,
  };
}

function measured(
  { comparisons, metric, gain }: SweepReport,
  name: string,
  runs: readonly RunReport[],
): Pick<FieldRow, 'figures' | 'difference'> {
  const of = (seen: Seen, figure: string) => {
    const own = runs.flatMap(({ test }) => test[seen]?.[figure] ?? []);
    const joint = own.length > 1 ? comparisons[name]?.figures[seen]?.[figure] : own[0];
    const values = own.map(({ value }) => value);
    return {
      mean: mean(values),
      deviation: deviation(values),
      low: joint?.low ?? null,
      high: joint?.high ?? null,
    };
  };
  const both = (seen: Seen) =>
    runs.every(({ test }) => test[seen]) ? { recall: of(seen, metric), ndcg: of(seen, gain) } : null;
  const minus = (seen: Seen) => comparisons[name]?.difference[seen]?.[metric] ?? null;
  return {
    figures: { kept: both('kept'), removed: both('removed') },
    difference: { kept: minus('kept'), removed: minus('removed') },
  };
}

function costs(runs: readonly RunReport[]) {
  const training = runs.flatMap(({ trainingSeconds }) => trainingSeconds ?? []);
  return {
    minutes: mean(runs.map(({ seconds }) => seconds)) / 60,
    trainingMinutes: training.length > 0 ? mean(training) / 60 : null,
    testOpenings: runs.reduce((sum, { testReadings }) => sum + testReadings, 0),
  };
}

/** Of the model that answers: a language model, the encoders of behaviour, or none. */
function parametersOf(runFolder: string, recipe: Parameters<typeof behaviourFolders>[1]): number {
  const model = join(runFolder, stageFolderName('training'), finalModelFolder);
  if (isThere(model)) return parameterCount(readModel(model));
  return behaviourFolders(join(runFolder, stageFolderName('embedding')), recipe)
    .map((folder) => join(folder, weightsFile))
    .filter(isThere)
    .reduce((sum, file) => sum + weightsIn(file), 0);
}

function weightsIn(file: string): number {
  const opened = openSafetensors(file);
  try {
    const names = [...opened.entries.keys()];
    // RPG keeps the digits of its items, and the vectors that follow from them, beside what it has learned.
    const isLearned = (name: string) =>
      !names.includes('item_digits') || (name !== 'item_digits' && name !== 'item_embedding');
    return [...opened.entries]
      .filter(([name]) => isLearned(name))
      .reduce((sum, [, { shape }]) => sum + shape.reduce((product, size) => product * size, 1), 0);
  } finally {
    opened.close();
  }
}
