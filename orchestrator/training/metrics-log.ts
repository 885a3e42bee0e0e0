import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';
import { scalarEvent, versionEvent } from './tensorboard.ts';

/** One line of `metrics.jsonl`. */
export interface MetricsRecord {
  /** Updates done when it was measured. */
  step: number;
  epoch: number;
  [name: string]: number;
}

export interface MetricsLog {
  append(record: MetricsRecord): void;
}

export const metricsFile = 'metrics.jsonl';
const eventsFile = 'events.out.tfevents.eager-llm';

/**
 * `metrics.jsonl` and a TensorBoard event file of the same numbers. Resuming at update `step` drops what an interrupted
 * run wrote after it, so that no update is recorded twice.
 */
export function openMetricsLog(folder: string, step: number): MetricsLog {
  const lines = join(folder, metricsFile);
  const events = join(folder, eventsFile);
  const kept = readRecords(lines).filter((record) => record.step <= step);
  writeFileAtomic(lines, kept.map((record) => `${JSON.stringify(record)}\n`).join(''));
  writeFileAtomic(events, [versionEvent(), ...kept.flatMap(scalarEvents)]);
  return {
    append(record) {
      appendFileSync(lines, `${JSON.stringify(record)}\n`);
      appendFileSync(events, Buffer.concat(scalarEvents(record)));
    },
  };
}

export function readMetrics(folder: string): MetricsRecord[] {
  return readRecords(join(folder, metricsFile));
}

/** A kill may have cut off the last line: lines that do not parse are left out. */
function readRecords(path: string): MetricsRecord[] {
  if (!isThere(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line) as MetricsRecord] : [];
      } catch {
        return [];
      }
    });
}

function scalarEvents({ step, ...values }: MetricsRecord): Uint8Array[] {
  return Object.entries(values).map(([tag, value]) => scalarEvent(tag, value, step));
}
