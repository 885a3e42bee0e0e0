import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { buildResult } from '../../orchestrator/evaluation/build-result.ts';
import { metricsTable } from '../../orchestrator/evaluation/metrics-table.ts';
import { rankingMetrics } from '../../orchestrator/evaluation/ranking-metrics.ts';
import { evaluationResultSchema } from '../../orchestrator/evaluation/result.ts';
import { resultFigures } from '../../orchestrator/evaluation/result-figures.ts';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { levelSources } from '../../orchestrator/item-index/level-sources.ts';
import { moduleFiles } from '../../orchestrator/own-parts/module-files.ts';
import { loadOwnIndexMethod } from '../../orchestrator/own-parts/own-index-method.ts';
import { withOwnMetrics } from '../../orchestrator/own-parts/own-metric.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, distinctCodes, plainOptions } from '../item-index/fixtures.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A module of somebody's. */
function moduleOf(t: ExecutionContext, text: string, name = 'own.mjs'): string {
  const file = join(temporaryFolder(t), name);
  writeFileSync(file, text);
  return file;
}

const precision = `export default { name: 'precision', worth: (rank, cutoff) => 1 / cutoff };`;
const saidOf = async (t: ExecutionContext, work: () => Promise<unknown>) =>
  describeError(await t.throwsAsync(work, { instanceOf: UserError }));

test('a metric of a module stands beside the others, as plain arithmetic has it', async (t) => {
  const metrics = await withOwnMetrics([moduleOf(t, precision)]);
  const ranks = Int32Array.of(1, 3, 7, 0);
  const figures = rankingMetrics(ranks, [1, 5], metrics);
  t.is(figures['precision@1'], 1 / 4);
  t.is(figures['precision@5'], 2 / 5 / 4);
  t.is(figures['recall@5'], 2 / 4);
});

test('it has intervals, a column in the table and a line in comparisons; a reader needs no module for it', async (t) => {
  const metrics = await withOwnMetrics([moduleOf(t, precision)]);
  const ranked = {
    kept: Int32Array.of(1, 3, 7, 0),
    removed: Int32Array.of(1, 2, 0, 0),
    coverage: 0.5,
    coverageCutoff: 10,
  };
  const result = await buildResult([{ name: 'a', ranked }], {
    split: 'validation',
    cutoffs: [1, 5],
    bootstrap_samples: 20,
    seed: 1,
    users: Int32Array.of(0, 1, 2, 3),
    usersInSplit: 4,
    seenTargets: 0,
    listsSeen: true,
    items: 12,
    historyLimit: 20,
    num_beams: null,
    metrics,
  });
  const read = evaluationResultSchema.parse(JSON.parse(JSON.stringify(result)));
  t.truthy(read.methods[0].metrics['precision@5'].high);
  t.regex(metricsTable(read), /NDCG@5 +precision@1 +precision@5/);
  t.is(resultFigures(read)['precision@5'], 0.1);
  t.is(resultFigures(read)['precision@5, seen removed'], 0.1);
});

test('what a metric returns, and its name, are checked', async (t) => {
  const wrong = moduleOf(t, `export default { name: 'gain', worth: (rank) => 2 * rank };`);
  const [, , , gain] = await withOwnMetrics([wrong]);
  const error = t.throws(() => gain.worth(3, 10), { instanceOf: UserError });
  t.is(error.place, wrong);
  t.regex(error.message, /worth\(3, 10\) gave 6; expected a number from 0 to 1/);
  const known = moduleOf(t, `export default { name: 'recall', worth: () => 1 };`);
  t.regex(await saidOf(t, () => withOwnMetrics([known])), /a metric called recall already/);
});

test('errors name the module and its line', async (t) => {
  const throwing = moduleOf(
    t,
    `const none = undefined;\nexport default {\n  name: 'lost',\n  worth: () => none.value,\n};\n`,
  );
  const [, , , lost] = await withOwnMetrics([throwing]);
  t.is(t.throws(() => lost.worth(1, 10), { instanceOf: UserError }).place, `${throwing}:4`);
  const broken = moduleOf(t, `export default {\n  name: 'x',\n  worth: (rank => 1,\n};\n`);
  t.true((await saidOf(t, () => withOwnMetrics([broken]))).startsWith(`${broken}:`));
  const empty = moduleOf(t, `export const metric = {};`);
  t.regex(await saidOf(t, () => withOwnMetrics([empty])), /own\.mjs: has no default export/);
  const other = moduleOf(t, `export default { name: 'Bad Name', wrth: 1 };`);
  const said = await saidOf(t, () => withOwnMetrics([other]));
  for (const part of [
    /name: expected small letters/,
    /worth: expected a function, worth\(rank, cutoff\)/,
    /wrth/,
  ])
    t.regex(said, part);
});

const bySign = `
export default {
  name: 'by sign',
  codes({ rows, columns, data }, { source }) {
    if (source === 'none') throw new Error('unknown source');
    return Array.from({ length: rows }, (_, row) => [data[row * columns] < 0 ? 0 : 1, row % 3]);
  },
};`;

test('a way of making codes of a module is used for each source, and items are told apart', async (t) => {
  const method = await loadOwnIndexMethod(moduleOf(t, bySign));
  const options = {
    ...plainOptions,
    semantic: clusteredPoints(120, 6, 8, 1),
    behaviour: clusteredPoints(120, 5, 9, 2),
    sources: ['semantic', 'behaviour'] as const,
  };
  const index = await buildItemIndex(options, silentReporter, undefined, method);
  t.deepEqual(index.levelSizes.slice(0, 4), [2, 3, 2, 3]);
  t.is(distinctCodes(index), 120);
  // New items are put in by their texts: what the digits were made from is the module's own affair.
  const settings = { ...options, path: null, module: 'own.mjs' };
  t.deepEqual(levelSources(settings, 120, index), [null, null, null, null, null]);
});

test('codes may be typed arrays of whole numbers', async (t) => {
  const codes = 'Array.from({ length: 4 }, (_, item) => Uint8Array.of(item, 7))';
  const method = await loadOwnIndexMethod(
    moduleOf(t, `export default { name: 'own', codes: () => ${codes} };`),
  );
  const options = { ...plainOptions, semantic: clusteredPoints(4, 2, 3, 1), sources: ['semantic'] as const };
  const { levelSizes, codes: made } = await buildItemIndex(options, silentReporter, undefined, method);
  t.deepEqual([...levelSizes], [4, 8]);
  t.deepEqual([...made], [0, 7, 1, 7, 2, 7, 3, 7]);
});

test('codes that are none are refused, with the item', async (t) => {
  const points = clusteredPoints(4, 2, 3, 1);
  const said = async (result: string) => {
    const method = await loadOwnIndexMethod(
      moduleOf(t, `export default { name: 'own', codes: () => ${result} };`),
    );
    return saidOf(t, () =>
      buildItemIndex(
        { ...plainOptions, semantic: points, sources: ['semantic'] },
        silentReporter,
        undefined,
        method,
      ),
    );
  };
  t.regex(await said('undefined'), /returned no list/);
  t.regex(await said('[[0]]'), /returned 1 codes for 4 items/);
  t.regex(await said('[[0], [1], [1, 2], [3]]'), /gave item 2 \[ 1, 2 \]; expected 1 digits, as item 0 has/);
  t.regex(await said('[[0], [1], [2], [-1]]'), /gave item 3 the digit -1 at place 1/);
  t.regex(await said('[[0], [1], [2], [0.5]]'), /the digit 0\.5/);
  t.regex(await said('[[], [], [], []]'), /gave item 0 0 digits/);
  t.regex(await said('[[0], [1], [2], [3n]]'), /gave item 3 the digit 3 at place 1; expected a whole number/);
  t.regex(await said('[[0], [1], [2], Float32Array.of(0.5)]'), /the digit 0\.5/);
  t.regex(await said('[[0], [1], [2], Int8Array.of(1, 2)]'), /gave item 3 Int8Array\(2\) \[ 1, 2 \]/);
});

test('files that a module names by a relative path count for its stage, and those that these name', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'more'));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const own = write('own.mjs', `import { b } from './more/b.js'; import 'zod'; const x = './absent.js';`);
  const helper = write('more/b.js', `const table = new URL("../table.json", import.meta.url);`);
  const table = write('table.json', '"./own.mjs"');
  t.deepEqual(moduleFiles([own]), [helper, own, table].sort());
  // As CommonJS finds them, and by a name beside.
  const required = write('weights.cjs', `const { readFileSync } = require('node:fs');`);
  const packed = write('more/index.js', '');
  const named = write('words.txt', 'a');
  const old = write(
    'old.cjs',
    `const w = require('./weights'), m = require("./more"); join(__dirname, 'words.txt')`,
  );
  t.deepEqual(moduleFiles([old]), [required, packed, named, old].sort());
});
