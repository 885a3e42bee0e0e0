import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { type OpenRun, openRun } from '../../../orchestrator/serving/index.ts';
import { smokeRuns } from '../smoke-run.ts';

let run: OpenRun;
let items: { item_id: string; title: string }[];

test.before(async () => {
  const runsFolder = await smokeRuns();
  run = await openRun('smoke', { runsFolder });
  items = readFileSync(join(runsFolder, 'smoke/01-dataset/items.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ title }) => title.split(' ').length >= 4);
});
test.after.always(() => run?.close());

const idsOf = (cards: { item_id: string }[]) => cards.map(({ item_id }) => item_id);

test('a history builds up over the turns; a wish ends where only things are told that one has', async (t) => {
  const chat = run.chat();
  t.is(await chat.say('hmm'), null, 'nothing is known yet');
  await chat.say(`I have ${items[0].title}`);
  const second = await chat.say(`and ${items[1].title}. I need shampoo`);
  t.deepEqual(idsOf(second?.recommendation.history ?? []), [items[0].item_id, items[1].item_id]);
  t.is(second?.recommendation.query, 'shampoo');
  await chat.say(`oh, and ${items[2].title}`);
  t.is(chat.state().history.length, 3);
  t.is(chat.state().wish, null);
  chat.hear('a lotion');
  t.is(chat.state().wish, 'lotion');
  chat.forgetWish();
  t.is(chat.state().wish, null);
});

test('what one has is not recommended again', async (t) => {
  const chat = run.chat({ history: idsOf(items.slice(0, 5)) });
  const answer = await chat.recommend();
  t.is(answer?.recommendation.items.length, 10);
  t.false(idsOf(answer?.recommendation.items ?? []).some((id) => idsOf(items.slice(0, 5)).includes(id)));
});

test('likes join the history, dislikes leave it and never come', async (t) => {
  const chat = run.chat({ history: [items[0].item_id], exclude: [items[9].item_id] });
  const shown = (await chat.recommend())?.recommendation.items ?? [];
  t.is(chat.like('2').item_id, shown[1].item_id, 'by its place in the list');
  t.is(chat.dislike(shown[0].title).item_id, shown[0].item_id, 'by its title');
  chat.dislike(items[0].item_id);
  t.deepEqual(idsOf(chat.state().history), [shown[1].item_id]);
  t.deepEqual(idsOf(chat.state().likes), [shown[1].item_id]);
  t.deepEqual(idsOf(chat.state().dislikes), [shown[0].item_id, items[0].item_id]);
  const next = idsOf((await chat.recommend({ k: 10 }))?.recommendation.items ?? []);
  for (const gone of [shown[0].item_id, items[0].item_id, items[9].item_id]) t.false(next.includes(gone));
});

test('an item, or all there is, can be forgotten', (t) => {
  const chat = run.chat({ history: idsOf(items.slice(0, 3)), likes: [items[4].item_id] });
  t.is(chat.forget(items[1].item_id)?.item_id, items[1].item_id);
  t.deepEqual(
    idsOf(chat.state().history),
    [items[0], items[2], items[4]].map(({ item_id }) => item_id),
  );
  t.throws(() => chat.forget(items[1].item_id), { code: 'serving/not-known' });
  chat.forget();
  t.deepEqual(chat.state(), { history: [], likes: [], dislikes: [], wish: null });
});

test('a place that the list does not have is a clear error', async (t) => {
  const chat = run.chat({ history: [items[0].item_id] });
  t.throws(() => chat.like('3'), { code: 'serving/no-place' });
  await chat.recommend({ k: 3 });
  t.notThrows(() => chat.why('3'));
  t.throws(() => chat.why('4'), { code: 'serving/no-place', message: /no place 4/ });
});

test('why looks at the history of the conversation', async (t) => {
  const chat = run.chat({ history: idsOf(items.slice(0, 2)) });
  await chat.recommend();
  t.deepEqual(idsOf(chat.why('1').meaning).sort(), idsOf(items.slice(0, 2)).sort());
});
