import { join } from 'node:path';
import test from 'ava';
import { writeEpoch } from '../../orchestrator/peft-job/write-shards.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { microBatches } from '../../orchestrator/training/batches.ts';
import type { RowSource } from '../../orchestrator/training/options.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const options = { microBatchSize: 4, seed: 7 };

/** Row n has the tokens n, n, … and as many as n says. */
const source: RowSource = {
  maxLength: 12,
  rowsPerEpoch: 30,
  epoch: (epoch) => ({ length: 30, row: (at) => rowOf((at * 7 + epoch) % 30) }),
};

test('shards hold the micro-batches of the Node engine, in its order', (t) => {
  for (const maxTokens of [1, 60, 10_000]) {
    const folder = temporaryFolder(t);
    const shards = writeEpoch(folder, '01-alignment', source, 1, { ...options, maxTokens });
    t.is(shards.length > 1, maxTokens < 10_000);
    const written = shards.flatMap(({ file, micro_batches }) => {
      const batches = batchesOf(join(folder, file));
      t.is(batches.length, micro_batches);
      return batches;
    });
    const expected = [...microBatches(source, 1, { ...options, first: 0 })];
    t.deepEqual(
      written,
      expected.map((rows) => rows.map((row) => [...joinRow(row).tokens])),
    );
  }
});

test('a row says how many of its tokens are given', (t) => {
  const folder = temporaryFolder(t);
  const [{ file }] = writeEpoch(folder, '01-alignment', source, 0, options);
  const rows = [...microBatches(source, 0, { ...options, first: 0 })].flat();
  const lengths = ints(readSafetensors(join(folder, file)).source_lengths);
  t.deepEqual(
    lengths,
    rows.map((row) => row.source.length),
  );
  t.true(new Set(lengths).size > 1);
});

test('summaries say their row, and -1 where no event of the log is meant', (t) => {
  const folder = temporaryFolder(t);
  const [{ file }] = writeEpoch(folder, '01-alignment', source, 0, options);
  const tensors = readSafetensors(join(folder, file));
  const rows = [...microBatches(source, 0, { ...options, first: 0 })].flat();
  const expected = rows.flatMap((example, row) =>
    joinRow(example).summaries.map(({ position, item, event }) => [row, position, item, event ?? -1]),
  );
  const columns = ['rows', 'positions', 'items', 'events'].map((name) => [
    ...ints(tensors[`summary_${name}`]),
  ]);
  t.deepEqual(
    expected,
    columns[0].map((_, at) => columns.map((column) => column[at])),
  );
  t.true(expected.some(([, , , event]) => event === -1) && expected.some(([, , , event]) => event >= 0));
});

function rowOf(number: number): TrainingRow {
  const length = 3 + (number % 9);
  // Some have a source before the target: in the file both stand as one row.
  const given = number % 3;
  return {
    task: 'sequential-recommendation',
    source: new Int32Array(given).fill(number),
    target: new Int32Array(length - given).fill(number),
    weights: new Float32Array(length - given).fill(1),
    summaries: [
      { position: length - given - 1, item: number, ...(number % 2 ? { event: 100 + number } : {}) },
    ],
  };
}

function batchesOf(path: string): number[][][] {
  const tensors = readSafetensors(path);
  const [tokens, offsets, batches] = ['tokens', 'row_offsets', 'batch_offsets'].map((name) => [
    ...ints(tensors[name]),
  ]);
  const rows = offsets.slice(1).map((end, at) => tokens.slice(offsets[at], end));
  return batches.slice(1).map((end, at) => rows.slice(batches[at], end));
}

function ints({ data }: { data: ArrayLike<number | bigint> }): number[] {
  return Array.from(data, Number);
}
