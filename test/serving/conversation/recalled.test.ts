import test from 'ava';
import type { ChatState } from '../../../orchestrator/serving/index.ts';
import { openShopRun } from '../shop-run.ts';

let shop: Awaited<ReturnType<typeof openShopRun>>;
test.before(async () => {
  shop = await openShopRun();
});

async function said(known: ChatState, ...turns: string[]) {
  const chat = shop.run.chat(known);
  let answer: Awaited<ReturnType<typeof chat.say>> = null;
  for (const turn of turns) answer = await chat.say(turn);
  const { items, understood } = answer!.recommendation;
  return { items, says: understood?.says.join(' ') ?? '', parts: understood?.parts ?? [] };
}

test('who asks what they bought sees it, the latest first', async (t) => {
  const history = shop.ids.slice(0, 3);
  for (const text of [
    'what did I buy last time?',
    'what have I bought',
    'my last order',
    'my previous purchase',
    'have I bought anything before?',
  ]) {
    const { items, says } = await said({ history }, 'tea', text);
    t.deepEqual(
      items.map(({ item_id }) => item_id),
      history.toReversed(),
      text,
    );
    t.true(items.every(({ why }) => why?.kind === 'listed'));
    t.is(says, 'What I know that you have, the latest first:');
  }
  const none = await said({}, 'what did I buy last time?');
  t.deepEqual([none.items.length, none.says], [0, 'I do not know of anything that you bought.']);
});

test('a single request is answered so, too, from the history that it names or the log has of its user', async (t) => {
  const history = shop.ids.slice(0, 2);
  const prompt = 'what did I buy last time?';
  const { items, understood } = await shop.run.recommend({ history, prompt });
  t.deepEqual(
    items.map(({ item_id }) => item_id),
    history.toReversed(),
  );
  t.deepEqual(understood?.says, ['What I know that you have, the latest first:']);
  const ofUser = await shop.run.recommend({ user: shop.userIds[0], prompt, k: 3 });
  t.deepEqual(
    ofUser.items.map(({ item_id }) => item_id),
    ofUser.history
      .map(({ item_id }) => item_id)
      .toReversed()
      .slice(0, 3),
  );
  const asked = await shop.run.recommend({ history, prompt: 'what did I ask for?' });
  t.deepEqual(asked.understood?.says, ['You have asked for nothing yet.']);
});

test('what only sounds like a question about oneself asks for something', async (t) => {
  for (const text of [
    'that is not what I asked for',
    'show me what I asked for',
    'I have bought nothing yet',
  ])
    t.true((await said({}, 'tea', text)).items.length > 0, text);
  for (const text of ['where are my orders?', 'can I get a refund for my last order?'])
    t.regex((await said({}, 'tea', text)).says, /please ask the shop itself/, text);
});

test('without a history, what goes with the last purchase is popular, which is said', async (t) => {
  const { says, items } = await said({}, 'what goes with my last purchase?');
  t.regex(says, /^I do not know of anything that you bought: “the last” is left aside\. Popular:$/);
  t.true(items.length > 0);
});

test('who asks what they asked for is told in words, and it goes on', async (t) => {
  for (const text of ['what did I ask for?', 'remind me what I was looking for']) {
    const { items, says } = await said({}, 'tea under 20', text);
    t.deepEqual([items.length, says], [0, 'You asked for: tea, up to 20.'], text);
  }
  t.regex((await said({}, 'tea', 'what did I ask for?', 'under 20')).says, /^Tea, up to 20:/);
});

test('what goes with the last purchase starts from it alone, and the answer and a chip say so', async (t) => {
  const history = shop.ids.slice(0, 3);
  for (const text of [
    'what goes well with what I bought last?',
    'based on my latest order, what could I use?',
    'anything that matches the last thing I bought?',
    'what else for my last purchase?',
  ]) {
    const { items, says, parts } = await said({ history }, text);
    t.regex(says, /^After /, text);
    t.notRegex(says, /others/);
    t.deepEqual(
      parts.map((part) => part.text),
      ['after the last purchase'],
    );
    t.false(items.some(({ item_id }) => history.includes(item_id)));
  }
});
