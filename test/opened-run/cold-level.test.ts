import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { trainingSequence } from '../../orchestrator/dataset/training-sequence.ts';
import { popularityOf } from '../../orchestrator/evaluation/popularity.ts';
import { drawAsIfNew } from '../../orchestrator/fusion/as-if-new.ts';
import { coldLevel } from '../../orchestrator/opened-run/cold-level.ts';
import { readEmbeddings } from '../../orchestrator/opened-run/embeddings.ts';
import { openPredictedEncoders } from '../../orchestrator/opened-run/predicted-encoders.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { levelFor } from '../../orchestrator/shared/level-for.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a level gives logs of odds the mean probability that is asked for', (t) => {
  const odds = [-3, 0.5, 2];
  const shareAt = (level: number) => mean(odds.map((each) => 1 / (1 + Math.exp(-each - level))));
  for (const level of [-4, 0, 1.5]) t.true(Math.abs(levelFor(odds, shareAt(level)) - level) < 1e-6);
});

test('items with predicted rows get the share of the probability that they have of the log', async (t) => {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const { dataset } = artefacts;
  const embeddingFolder = folderOf('embedding');
  const { semantic } = readEmbeddings(embeddingFolder);
  const counts = popularityOf(dataset);
  const level = await coldLevel({
    dataset,
    embeddingFolder,
    recipe: { ...recipe, seed: 1 },
    semantic,
    cold: new Set(),
  });
  const items = drawAsIfNew([...counts.keys()], 1);
  const histories = dataset.userIds.map((_, user) =>
    trainingSequence(dataset, user)
      .filter((item) => !items.has(item))
      .slice(-dataset.historyLimit),
  );
  const { score, dispose } = await openPredictedEncoders(embeddingFolder, recipe, {
    items,
    semantic,
    counts: counts.map((count, item) => (items.has(item) ? 0 : count)),
  });
  const scores = await score(histories.filter(({ length }) => length > 0).slice(0, 500));
  await dispose();
  const shares: number[] = [];
  for (let start = 0; start < scores.length; start += counts.length) {
    const odds = Array.from(scores.subarray(start, start + counts.length), (each, item) =>
      Math.exp(each + (items.has(item) ? level : 0)),
    );
    shares.push((mean(odds.filter((_, item) => items.has(item))) * items.size) / (mean(odds) * odds.length));
  }
  const share =
    (mean([...items].map((item) => counts[item])) * items.size) / (mean([...counts]) * counts.length);
  t.true(Math.abs(mean(shares) - share) < 0.02, `${mean(shares)} for ${share}`);
});

test('a level is kept: it is measured once for one log, and anew for another', async (t) => {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const run = temporaryFolder(t);
  const embeddingFolder = join(run, '02-embedding');
  cpSync(folderOf('embedding'), embeddingFolder, { recursive: true });
  const { semantic } = readEmbeddings(embeddingFolder);
  const { dataset } = artefacts;
  const levelOf = (seed: number) =>
    coldLevel({ dataset, embeddingFolder, recipe: { ...recipe, seed }, semantic, cold: new Set([2]) });
  const files = () => readdirSync(join(run, 'predicted-rows')).sort();
  const first = await levelOf(1);
  const written = files();
  t.is(await levelOf(1), first);
  t.deepEqual(files(), written);
  t.not(await levelOf(2), first);
  t.true(files().length > written.length);
});
