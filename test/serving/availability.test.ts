import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  catalogueStatus,
  delistItems,
  openLiveRun,
  openRun,
  relistItems,
} from '../../orchestrator/serving/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { ownSmokeRuns } from './smoke-run.ts';

const idsOf = ({ items }: { items: { item_id: string }[] }) => items.map(({ item_id }) => item_id);

test('a delisted item is in no list from then on: asked once, chatted, searched for, or for all', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const live = await openLiveRun('smoke', { runsFolder, everySeconds: 10_000 });
  t.teardown(() => live.close());
  const [user] = live.users.ids;
  const wish = 'shampoo';
  const listsOf = async () => {
    const { value } = await live.recommendAll([user]).next();
    const chat = live.chat({ history: [idsOf(await live.recommend({ user }))[9]] });
    return [
      idsOf(await live.recommend({ user })),
      idsOf(await live.recommend({ user, prompt: wish })),
      idsOf((await chat.recommend())!.recommendation),
      idsOf(value!),
    ];
  };
  const before = await listsOf();
  const gone = [...new Set(before.flatMap((list) => list.slice(0, 4)))];
  const change = delistItems('smoke', [...gone, 'no such item'], { runsFolder });
  t.like(change, { changed: gone.length, unchanged: 0, unknown: ['no such item'] });
  t.deepEqual(change.delisted, [...gone].sort());
  t.deepEqual((await listsOf())[0], before[0], 'until the run looks again');
  await live.refresh();
  t.deepEqual(live.availability().unavailable.sort(), [...gone].sort());
  for (const list of await listsOf()) {
    t.is(list.length, 10, 'lists stay full');
    t.false(list.some((id) => gone.includes(id)));
  }
  relistItems('smoke', gone, { runsFolder });
  await live.refresh();
  t.deepEqual(await listsOf(), before);
});

test('a delisted item of a request is skipped and named, and a run of its own sees what is delisted when it is opened', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const first = await openRun('smoke', { runsFolder });
  const [id] = idsOf(await first.recommend({ user: first.users.ids[0] }));
  await first.close();
  delistItems('smoke', [id], { runsFolder });
  const run = await openRun('smoke', { runsFolder });
  const { ignored, items } = await run.recommend({ history: [id], exclude_history: false });
  t.deepEqual(ignored, [id]);
  t.false(idsOf({ items }).includes(id));
  await run.close();
});

test('if nothing is left, that is said', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const ids = catalogueOf(runsFolder);
  t.is(delistItems('smoke', ids, { runsFolder }).delisted.length, ids.length);
  const run = await openRun('smoke', { runsFolder });
  await t.throwsAsync(run.recommend({ user: run.users.ids[0] }), { code: 'serving/nothing-available' });
  await t.throwsAsync(run.recommendAll().next(), { code: 'serving/nothing-available' });
  await run.close();
});

test('files say what is available and what is excluded; unknown ids are told', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const ids = catalogueOf(runsFolder);
  const [availableFile, excludeFile] = ['available.txt', 'exclude.txt'].map((name) =>
    join(temporaryFolder(t), name),
  );
  writeFileSync(availableFile, `${ids.slice(0, 12).join('\n')}\nsold long ago\n`);
  writeFileSync(excludeFile, `${ids[0]}\nnever sold\n`);
  delistItems('smoke', [ids[1]], { runsFolder });
  let unreadable = 0;
  const live = await openLiveRun('smoke', {
    runsFolder,
    availableFile,
    excludeFile,
    everySeconds: 10_000,
    onUnreadable: () => unreadable++,
  });
  t.teardown(() => live.close());
  t.deepEqual(live.availability().unknown, ['sold long ago', 'never sold']);
  const ask = async () => idsOf(await live.recommend({ history: [ids[20]] }));
  t.deepEqual((await ask()).sort(), ids.slice(2, 12).sort());
  writeFileSync(availableFile, `${ids.slice(0, 5).join('\n')}\n`);
  await live.refresh();
  t.deepEqual((await ask()).sort(), ids.slice(2, 5).sort());
  // A file that is being written, or is gone, leaves all as it was.
  writeFileSync(availableFile, '');
  await live.refresh();
  await live.refresh();
  t.is(unreadable, 1);
  rmSync(availableFile);
  await live.refresh();
  t.is(unreadable, 2);
  t.deepEqual((await ask()).sort(), ids.slice(2, 5).sort());
  await t.throwsAsync(openRun('smoke', { runsFolder, availableFile }), { code: 'system/enoent' });
});

test('the state of a catalogue, and what cannot be changed', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const ids = catalogueOf(runsFolder);
  t.deepEqual(catalogueStatus('smoke', { runsFolder }), { items: ids.length, delisted: [], gone: [] });
  t.throws(() => delistItems('smoke', [ids[0], 'x'], { runsFolder, strict: true }), {
    code: 'serving/unknown-items',
    message: /an id is not in the catalogue: "x"/,
  });
  t.deepEqual(catalogueStatus('smoke', { runsFolder }).delisted, [], 'nothing was changed');
  t.like(delistItems('smoke', [ids[0], ids[0]], { runsFolder }), { changed: 1, unchanged: 0 });
  t.like(delistItems('smoke', [ids[0], ids[1]], { runsFolder }), { changed: 1, unchanged: 1 });
  t.like(relistItems('smoke', [ids[0], ids[2]], { runsFolder }), { changed: 1, unchanged: 1 });
  t.throws(() => delistItems('nowhere', [ids[0]], { runsFolder }), { code: 'serving/no-run' });
  const file = join(runsFolder, 'smoke', 'availability.json');
  t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { delisted: [ids[1]] });
  // Of a catalogue that has changed since.
  writeFileSync(file, JSON.stringify({ delisted: ['of last year', ids[1]] }));
  t.deepEqual(catalogueStatus('smoke', { runsFolder }).gone, ['of last year']);
  for (const broken of ['{', '{"delisted": "all"}', '[]']) {
    writeFileSync(file, broken);
    t.throws(() => delistItems('smoke', [ids[0]], { runsFolder }), { name: 'UserError' });
    await t.throwsAsync(openRun('smoke', { runsFolder }), { name: 'UserError' });
  }
});

function catalogueOf(runsFolder: string): string[] {
  const lines = readFileSync(join(runsFolder, 'smoke/01-dataset/items.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).item_id);
}
