import { join } from 'node:path';
import { type Example, lengthOf } from '../shared/example.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import { microBatches } from '../training/batches.ts';
import type { RowSource } from '../training/options.ts';
import type { JobPart } from './job-file.ts';
import { rowTable } from './row-table.ts';

/** A shard is read whole: 64 MiB of tokens and weights at most, or one micro-batch. */
const tokensPerShard = 2 ** 23;

/**
 * Writes the rows of one epoch below `folder`, in the order and the micro-batches in which the Node engine takes them;
 * `batch_offsets` [micro-batches + 1] are numbers of rows.
 */
export function writeEpoch(
  folder: string,
  stageFolder: string,
  source: RowSource,
  epoch: number,
  { microBatchSize, seed, maxTokens = tokensPerShard }: EpochOptions,
): JobPart['shards'][number] {
  const shards: JobPart['shards'][number] = [];
  let batches: Example[][] = [];
  let tokens = 0;
  const flush = () => {
    if (batches.length === 0) return;
    const number = String(shards.length + 1).padStart(3, '0');
    const file = `${stageFolder}/rows/epoch-${String(epoch + 1).padStart(4, '0')}-${number}.safetensors`;
    const offsets = Int32Array.from({ length: batches.length + 1 });
    for (const [at, rows] of batches.entries()) offsets[at + 1] = offsets[at] + rows.length;
    writeSafetensors(join(folder, file), {
      batch_offsets: { shape: [offsets.length], data: offsets },
      ...rowTable(batches.flat()),
    });
    shards.push({ file, micro_batches: batches.length });
    batches = [];
    tokens = 0;
  };
  for (const rows of microBatches(source, epoch, { microBatchSize, seed, first: 0 })) {
    const size = rows.reduce((sum, row) => sum + lengthOf(row), 0);
    if (tokens + size > maxTokens) flush();
    batches.push(rows);
    tokens += size;
  }
  flush();
  return shards;
}

export interface EpochOptions {
  microBatchSize: number;
  seed: number;
  /** Of a shard. */
  maxTokens?: number;
}
