import test from 'ava';
import { answerLines, type ChatState, type OpenRun } from '../../../orchestrator/serving/index.ts';
import { openShopRun } from '../shop-run.ts';

let run: OpenRun;
let shop: Awaited<ReturnType<typeof openShopRun>>;
test.before(async () => {
  shop = await openShopRun();
  ({ run } = shop);
});

const said = async (...turns: string[]) => {
  const chat = run.chat();
  let answer: Awaited<ReturnType<typeof chat.say>> = null;
  for (const turn of turns) answer = await chat.say(turn);
  const { recommendation } = answer!;
  const numbers = recommendation.items.map(({ item_id }) => shop.ids.indexOf(item_id));
  const text = answerLines(recommendation)
    .map((line) => line.text)
    .join('');
  return { ...recommendation, numbers, text, says: recommendation.understood?.says.join(' ') ?? '' };
};

test('category, brand and price make a match; stock holds for the whole list', async (t) => {
  const { numbers, says, items } = await said('kettles from Moka under 90 euros, in stock');
  const matching = numbers.filter((_, at) => items[at].matched);
  t.deepEqual(
    [...matching].sort((a, b) => a - b),
    [5, 17, 29, 41, 53, 65, 77, 89],
  );
  t.true(numbers.every((at) => at % 2 === 1));
  t.deepEqual(numbers.slice(8), [101, 113], 'then kettles just above the price');
  t.regex(says, /^Kettles by Moka, .*90.*in stock:$/);
  t.true(items.every(({ matched, why }) => matched === (why?.kind === 'words')));
});

test('what is ruled out is in no list, and others are shown when asked for', async (t) => {
  const first = await said('tea, but nothing from Wuffi');
  t.true(first.numbers.every((at) => at % 3 === 1 && at % 4 !== 2));
  const second = await said('tea, but nothing from Wuffi', 'others please');
  t.false(second.numbers.some((at) => first.numbers.includes(at)));
  t.true(second.numbers.every((at) => at % 3 === 1 && at % 4 !== 2));
});

test('the cheapest come first, of those in stock; what is sold out stands behind them', async (t) => {
  const { numbers, items } = await said('the cheapest kettles');
  t.deepEqual(numbers.slice(0, 3), [5, 11, 17]);
  const all = await said('kettles under 15');
  t.deepEqual(
    all.numbers.slice(0, 5).map((at) => at % 2),
    [1, 1, 0, 0, 0],
  );
  t.true([...items, ...all.items.slice(0, 5)].every(({ matched }) => matched));
  t.regex(all.text, /sold out/);
});

test('what sells best comes first, for its popularity; what is new is said to be unknown where items have no dates', async (t) => {
  const popular = (await run.recommend({ history: [], k: 100 })).items.map(({ item_id }) => item_id);
  const { items, says, fallback } = await said('the most popular kettles in stock under 90');
  const fitting = items.filter(({ matched }) => matched);
  const places = fitting.map(({ item_id }) => popular.indexOf(item_id)).filter((place) => place >= 0);
  t.true(places.length > 1);
  t.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  t.true(fitting.every(({ why }) => why?.kind === 'popular'));
  t.is(fallback, undefined);
  t.regex(says, /^Kettles, .*most popular first:$/);
  const all = await said('what sells best?');
  t.deepEqual(
    all.items.map(({ item_id }) => item_id).slice(0, 3),
    popular.filter((id) => shop.ids.indexOf(id) % 2 === 1).slice(0, 3),
    'of what is in stock',
  );
  const fresh = await said('what is new?');
  t.regex(fresh.says, /^Date of arrival is unknown here: “newest” is left aside\. Popular:$/);
});

test('beside what is cheaper than an item nothing else is shown; where nothing is, what is nearest', async (t) => {
  const { numbers, items } = await said(
    'the cheapest kettles in stock',
    'show me one cheaper than the third',
  );
  t.deepEqual(numbers, [5, 11]);
  t.true(items.every(({ matched }) => matched));
  const none = await said('the cheapest kettles in stock', 'show me one cheaper than the first');
  t.true(none.numbers.length > 0 && none.items.every(({ why }) => why?.kind === 'near'));
  t.true(none.items.every(({ matched }) => !matched));
});

test('a mere cheaper brings what was not shown; where nothing else is cheaper, that is said, and the cheapest come first', async (t) => {
  const prices = ({ items }: { items: { attributes?: Record<string, unknown> | undefined }[] }) =>
    items.map(({ attributes }) => Number(attributes?.price));
  const first = await said('kettles in stock');
  const second = await said('kettles in stock', 'cheaper');
  const middle = prices(first).sort((a, b) => a - b)[Math.floor((first.items.length - 1) / 2)];
  t.true(prices(second).every((price) => price < middle));
  t.false(first.numbers.includes(second.numbers[0]), 'what is new comes first');
  const none = await said('the cheapest kettles in stock under 60', 'cheaper');
  t.deepEqual(none.numbers.slice(0, 2), [5, 11]);
  t.regex(
    none.says,
    /^Nothing else that fits is cheaper than what was shown\. Kettles, up to 60, in stock, cheapest first:$/,
  );
  const [guess] = none.understood!.parts.filter(({ guessed }) => guessed);
  t.true(guess.aside, 'it does not count');
});

test('without a history, what is near stands behind what fits, and then what is popular; nothing is likely', async (t) => {
  const { items, text } = await said('kettles from Moka under 90 euros, in stock');
  t.deepEqual([...new Set(items.map(({ why }) => why?.kind))], ['words', 'near']);
  t.regex(text, /Not matching, but near:/);
});

test('two wishes take turns', async (t) => {
  const { numbers, items } = await said('tea and kettles');
  t.deepEqual(
    numbers.slice(0, 4).map((at) => at % 3),
    [1, 2, 1, 2],
  );
  t.deepEqual(
    items.slice(0, 4).map(({ wish }) => wish),
    [0, 1, 0, 1],
  );
});

test('what the shop does not have is said, and nothing of the list is called matching', async (t) => {
  const { items, says, text } = await said('a lawn mower');
  t.regex(says, /^Nothing in the catalogue matches \*lawn mower\*\. Popular instead:$/);
  t.true(items.length > 0 && items.every(({ matched, why }) => !matched && why?.kind === 'popular'));
  t.regex(text, /\n1\. .+ · \d+\.00( · sold out)? · popular\n/);
});

test('a list of an earlier answer is what places mean, over HTTP as in the terminal', async (t) => {
  const first = await said('kettles');
  const chat = run.chat();
  chat.follow([
    { by: 'person', text: 'kettles' },
    { by: 'answer', text: first.text },
    { by: 'person', text: 'is the second one in stock?' },
  ]);
  const { recommendation } = (await chat.recommend())!;
  t.is(recommendation.items[0].item_id, first.items[1].item_id);
  t.deepEqual(recommendation.items[0].why, { kind: 'listed' });
  t.regex(recommendation.understood?.says[0] ?? '', /: (in stock \(1 left\)|sold out .*), \d+\.00\.$/);
});

test('nonsense is not said back, and a greeting asks for nothing', async (t) => {
  const { says, items } = await said('asdf qwer zxcv');
  t.regex(says, /did not understand|matches that/);
  t.notRegex(says, /asdf|qwer|zxcv/);
  t.false(items.some(({ matched }) => matched));
  t.deepEqual((await run.chat().say('hello!'))?.recommendation.items, []);
  t.is(await run.chat().say('hmm'), null);
});

test('a part that is taken away does not count, in a request as in a chat', async (t) => {
  const prompt = 'tea under 20 euros';
  const { understood } = await run.recommend({ prompt });
  const keys = understood?.parts.flatMap(({ kind, key }) => (kind === 'limit' ? [key] : [])) ?? [];
  const without = await run.recommend({ prompt, removed: keys });
  t.deepEqual(without.understood?.intent.limits, []);
  t.true(without.items.some(({ attributes }) => Number(attributes?.price) > 20));
});

test('in a chat, what was taken away counts anew where it is said anew', async (t) => {
  const limitsOf = async (removed: ChatState['removed'], ...texts: string[]) => {
    const chat = run.chat({ removed });
    chat.follow(texts.map((text) => ({ by: 'person', text })));
    const answer = await chat.recommend();
    return answer!.recommendation.understood!.intent.limits.map(({ text }) => text);
  };
  const key = 'limit:price:up to 20';
  const texts = ['tea under 20', 'kettles under 20'];
  t.deepEqual(await limitsOf([{ key, turn: 1 }], ...texts), ['up to 20']);
  t.deepEqual(await limitsOf([{ key, turn: 1 }], 'tea under 20', 'in stock'), ['in stock']);
  t.deepEqual(await limitsOf([{ key, turn: 2 }], ...texts), []);
  t.deepEqual(await limitsOf([key], ...texts), [], 'a key alone holds for all');
  // Of long conversations the first turns are read no longer, and count nevertheless.
  const many = [...Array.from({ length: 60 }, () => 'kettles'), ...texts];
  t.deepEqual(await limitsOf([{ key, turn: 61 }], ...many), ['up to 20']);
  t.deepEqual(await limitsOf([{ key, turn: 62 }], ...many), []);
});

test('a part is taken away by its key or its text; there is no other', async (t) => {
  const chat = run.chat();
  await chat.say('tea under 20');
  t.is(chat.remove('up to 20').key, 'limit:price:up to 20');
  t.deepEqual((await chat.recommend())?.recommendation.understood?.intent.limits, []);
  t.is((await chat.say('kettles under 20'))?.recommendation.understood?.intent.limits.length, 1);
  t.throws(() => chat.remove('red'), { code: 'serving/no-part', message: /red/ });
});

test('who takes away all that was understood is not told that nothing was', async (t) => {
  const prompt = 'tea';
  const { understood } = await run.recommend({ prompt });
  const removed = understood?.parts.map(({ key }) => key) ?? [];
  t.is(removed.length, 1);
  const { understood: left } = await run.recommend({ prompt, removed });
  t.deepEqual(left?.says, ['Popular:']);
});

test('a greeting, or a question what can be asked, is answered with examples of this catalogue', async (t) => {
  for (const text of ['Hi', 'help', 'what can you do?', 'how does this work?', 'are you a robot?']) {
    const { says, items } = await said(text);
    t.deepEqual(items, [], text);
    const [example, ...others] = [...says.matchAll(/“([^”]+)”/g)].map(([, each]) => each);
    t.true(others.length > 1);
    t.true((await said(example)).items[0].matched, example);
  }
  t.deepEqual((await said('tea', 'help')).items, []);
  t.regex((await said('tea', 'help', 'under 20')).says, /^Tea, up to 20:/, 'the wish goes on');
  t.true((await said('hello, I need tea')).items.length > 0);
  t.notRegex((await said('hello', 'how are you?')).says, /“/, 'the examples are said once');
});

test('what nobody has taken yet is new', (t) => {
  const cup = { item_id: 'cup', title: 'Cup', attributes: { price: 4 }, matched: true, score: -1, code: [] };
  const lines = answerLines({ history: [], query: null, items: [{ ...cup, cold: true }, cup] });
  t.deepEqual(lines.map(({ text }) => text.trim()).filter(Boolean), ['1. Cup · new · 4.00', '2. Cup · 4.00']);
});

test('thanks are answered without a list, and the list before stays what "the first" means', async (t) => {
  const { items, says } = await said('tea', 'thank you, very nice');
  t.deepEqual(items, []);
  t.regex(says, /welcome/i);
  const asked = await said('tea', 'thanks!', 'how much is the first?');
  t.is(asked.items.length, 1);
});

test('a word answers thanks that are new in a conversation, though parts were taken away; anything else gets a list', async (t) => {
  const chat = run.chat({ removed: ['limit:price'] });
  await chat.say('tea');
  t.deepEqual((await chat.say('great, thanks'))?.recommendation.items, []);
  chat.like(shop.ids[1]);
  t.true((await chat.recommend())!.recommendation.items.length > 0, 'after /like');
  t.true((await run.recommend({ prompt: 'thanks' })).items.length > 0, 'a request alone');
});

test('a question about the shop itself is answered honestly, and what was wished for goes on', async (t) => {
  const { items, text } = await said('kettles', 'do you ship to Iceland?');
  t.deepEqual(items, []);
  t.is(text, 'The data of this shop say nothing about delivery: please ask the shop itself.');
  t.regex((await said('kettles', 'do you ship to Iceland?', 'from Moka')).says, /^Kettles by Moka:$/);
  t.regex((await said('kettles please. Is there a discount?')).says, /nothing about discounts: .+ Kettles:$/);
});

test('a request with thanks is a request', async (t) => {
  const first = await said('tea');
  const others = await said('tea', 'something else, thanks');
  t.false(others.numbers.some((at) => first.numbers.includes(at)));
  t.true(others.numbers.length > 0);
  t.true((await said('tea', 'second one please, thanks')).numbers.length > 0);
  t.regex((await said('Thanks, I need Playmobil')).text, /Nothing in the catalogue/);
});

test('a list is as long as it is asked to be', async (t) => {
  t.is((await said('top 3 teas')).items.length, 3);
});
