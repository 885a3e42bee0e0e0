import { cpSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { popularityOf } from '../../orchestrator/evaluation/popularity.ts';
import { readEmbeddings } from '../../orchestrator/opened-run/embeddings.ts';
import { openPredictedEncoders } from '../../orchestrator/opened-run/predicted-encoders.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The encoders of a run in a folder of its own, and what it keeps beside them. */
async function opened(t: ExecutionContext) {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const [run, kept] = [temporaryFolder(t), 'predicted-rows'];
  const folder = join(run, '02-embedding');
  cpSync(folderOf('embedding'), folder, { recursive: true });
  const { semantic } = readEmbeddings(folder);
  const scores = async (items: ReadonlySet<number>) => {
    const known = { items, semantic, counts: popularityOf(artefacts.dataset) };
    const { score, dispose } = await openPredictedEncoders(folder, recipe, known);
    const found = await score([Int32Array.of(1, 3, 4)]);
    await dispose();
    return found;
  };
  const files = () => readdirSync(join(run, kept)).map((name) => join(run, kept, name));
  return { scores, files, place: join(run, kept) };
}

test('predicted rows are kept: the next opening reads them, and makes them again where they are broken', async (t) => {
  const { scores, files } = await opened(t);
  const items = new Set([2, 5]);
  const first = await scores(items);
  const [file, ...others] = files();
  t.deepEqual(others, []);
  const written = statSync(file);
  t.deepEqual(await scores(items), first);
  t.is(statSync(file).ino, written.ino);

  writeFileSync(file, 'cut off');
  t.deepEqual(await scores(items), first);
  t.is(statSync(file).size, written.size);
});

test('other items have rows of their own', async (t) => {
  const { scores, files } = await opened(t);
  t.notDeepEqual(await scores(new Set([2, 5])), await scores(new Set([2, 6])));
  t.is(files().length, 2);
});

test('where nothing can be kept, rows are made each time', async (t) => {
  const [{ scores, place }, whole] = [await opened(t), await opened(t)];
  writeFileSync(place, 'a file stands where the folder would be');
  const items = new Set([2, 5]);
  t.deepEqual(await scores(items), await whole.scores(items));
  t.deepEqual(await scores(items), await whole.scores(items));
});
