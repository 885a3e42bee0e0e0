import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { popularityOf } from '../../orchestrator/evaluation/popularity.ts';
import { readEmbeddings } from '../../orchestrator/opened-run/embeddings.ts';
import { openPredictedEncoders } from '../../orchestrator/opened-run/predicted-encoders.ts';
import { behaviourFolders } from '../../orchestrator/opened-run/stage-files.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const opened = async () => {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const { semantic } = readEmbeddings(folderOf('embedding'));
  return {
    folders: behaviourFolders(folderOf('embedding'), recipe),
    known: { items: new Set([2, 5]), semantic, counts: popularityOf(artefacts.dataset) },
  };
};

const scoresOf = async (...given: Parameters<typeof openPredictedEncoders>) => {
  const { score, dispose } = await openPredictedEncoders(...given);
  const scores = await score([Int32Array.of(1, 3, 4)]);
  await dispose();
  return scores;
};

test('predicted rows are kept: the next opening has the same scores, and so it has where they are lost', async (t) => {
  const { folders, known } = await opened();
  const run = temporaryFolder(t);
  const folder = join(run, '02-embedding');
  const first = await scoresOf(folder, folders, known);
  const kept = () => readdirSync(join(run, 'predicted-rows'));
  t.is(kept().length, 1);
  t.deepEqual(await scoresOf(folder, folders, known), first);
  t.is(kept().length, 1);

  writeFileSync(join(run, 'predicted-rows', kept()[0]), 'cut off');
  t.deepEqual(await scoresOf(folder, folders, known), first);
});

test('other items have rows of their own, and a folder that cannot be written to changes nothing', async (t) => {
  const { folders, known } = await opened();
  const run = temporaryFolder(t);
  const folder = join(run, '02-embedding');
  const first = await scoresOf(folder, folders, known);
  t.notDeepEqual(await scoresOf(folder, folders, { ...known, items: new Set([2, 6]) }), first);
  t.is(readdirSync(join(run, 'predicted-rows')).length, 2);

  const blocked = join(run, 'a-file');
  writeFileSync(blocked, '');
  t.deepEqual(await scoresOf(join(blocked, '02-embedding'), folders, known), first);
});
