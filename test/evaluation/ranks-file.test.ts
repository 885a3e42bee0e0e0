import { join } from 'node:path';
import test from 'ava';
import { buildResult } from '../../orchestrator/evaluation/build-result.ts';
import { ranksFile, readRanks, sameCases, writeRanks } from '../../orchestrator/evaluation/ranks-file.ts';
import { writeResult } from '../../orchestrator/evaluation/result.ts';
import { readSafetensors, writeSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const none = Int32Array.of();
const cases = [3, 5].map((user) => ({ user, target: user + 1, history: none, seen: none, event: 0 }));
const [kept, removed] = [Int32Array.of(4, 9), Int32Array.of(2, 8)];

test('ranks are read back by protocol, and stand under the name of a method as lists are served', (t) => {
  const folder = temporaryFolder(t);
  writeRanks(folder, cases, [{ name: 'eager-llm', kept, removed }], 'removed');
  const read = readRanks(folder, 'eager-llm');
  t.deepEqual(read, { users: Int32Array.of(3, 5), targets: Int32Array.of(4, 6), kept, removed });
  t.deepEqual(readSafetensors(join(folder, ranksFile))['eager-llm'].data, removed);
  t.true(sameCases([read, read]));
  t.false(sameCases([read, { ...read, targets: Int32Array.of(4, 7) }]));
});

test('in an older file the ranks of served lists are those with seen items only where lists held them', async (t) => {
  for (const listsSeen of [true, false]) {
    const folder = temporaryFolder(t);
    writeRanks(folder, cases, [{ name: 'eager-llm', kept, removed }], listsSeen ? 'kept' : 'removed');
    const { 'eager-llm, seen items kept': _, ...older } = readSafetensors(join(folder, ranksFile));
    writeSafetensors(join(folder, ranksFile), older);
    const ranked = { kept, removed, coverage: 1, coverageCutoff: 1 };
    const result = await buildResult([{ name: 'eager-llm', ranked }], {
      seed: 1,
      split: 'test',
      users: Int32Array.of(3, 5),
      usersInSplit: 2,
      seenTargets: 0,
      listsSeen,
      items: 9,
      historyLimit: 9,
      num_beams: null,
      cutoffs: [1],
      bootstrap_samples: 0,
    });
    writeResult(join(folder, 'metrics.json'), result);
    t.deepEqual(readRanks(folder).kept, listsSeen ? kept : null);
    t.deepEqual(readRanks(folder).removed, removed);
  }
});
