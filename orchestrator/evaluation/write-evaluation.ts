import { join } from 'node:path';
import type { Dataset, EvaluationCase } from '../dataset/types.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { writeJson } from '../storage/json-file.ts';
import { breakdownFile, buildBreakdown } from './breakdown.ts';
import { metricsTable } from './metrics-table.ts';
import type { RankedMethods } from './rank-methods.ts';
import { writeRanks } from './ranks-file.ts';
import { type EvaluationResult, resultFile, writeResult } from './result.ts';
import { ownProtocol } from './seen-items.ts';

export interface WrittenEvaluation extends RankedMethods {
  result: EvaluationResult;
  cases: readonly EvaluationCase[];
  dataset: Dataset;
  /** Digits of a code. */
  levels: number;
  /** Below the table of the summary, and then apart from it; empty ones are left out. */
  notes: readonly string[];
  texts: readonly string[];
}

/** Writes `metrics.json`, `ranks.safetensors`, `breakdown.json` and, for people, `summary.txt`. */
export function writeEvaluation(folder: string, evaluation: WrittenEvaluation): void {
  const { result, methods, cases, dataset, sharedDigits, levels, notes, texts } = evaluation;
  const own = ownProtocol(result.protocol);
  writeRanks(
    folder,
    cases,
    methods.map(({ name, ranked }) => ({ name, ...ranked })),
    own,
  );
  const breakdown = buildBreakdown({
    cases,
    dataset,
    methods,
    seen: own,
    cutoff: Math.max(...result.protocol.cutoffs),
    sharedDigits,
    levels,
  });
  writeJson(join(folder, breakdownFile), breakdown);
  writeResult(join(folder, resultFile), result);
  writeFileAtomic(
    join(folder, 'summary.txt'),
    [[metricsTable(result), ...notes].join('\n'), ...texts, ''].filter(Boolean).join('\n\n'),
  );
}
