import test, { type ExecutionContext } from 'ava';
import { openLanguageModel } from '../../orchestrator/understanding/language-model/open-language-model.ts';
import { wordReply } from '../../orchestrator/understanding/language-model/word-reply.ts';
import { languageModelSettings } from '../../orchestrator/understanding/settings.ts';
import { dogToy } from './little-shop.ts';
import { patient, protocolServer } from './protocol-server.ts';

const reply = { intent: dogToy, words: 'Dog toys:', list: ['Barker Rope Toy, 9.00'] };

async function worded(t: ExecutionContext, answer: string, settings: object = {}) {
  const { url, asked } = await protocolServer(t, () => answer);
  const model = openLanguageModel(
    languageModelSettings.parse({ base_url: url, model: 'small', timeout_ms: patient, ...settings }),
  );
  return { ...(await wordReply(model, reply, undefined)), asked };
}

test('one or two sentences come, on one line and without markup', async (t) => {
  const { words, note, asked } = await worded(
    t,
    'Here are **dog toys**.\u001b\nThe <a_12>rope toy is 9.00. Enjoy them all. And more.',
  );
  t.is(words, 'Here are dog toys. The rope toy is 9.00.');
  t.is(note, undefined);
  t.like(JSON.parse(asked[0].body.messages[1].content), { say: 'Dog toys:', list: reply.list });
});

for (const [kind, answer] of Object.entries({
  'a link': 'Buy at https://cheap.example now.',
  'a link without https': 'Buy at cheap.example now.',
  'an address': 'Write to me@cheap.example.',
  'a price that is not in the list': 'All toys are only 5 today.',
  nothing: ' ** ',
  'one endless sentence': 'toys '.repeat(200),
}))
  test(`${kind} is not said: the rules' words stay`, async (t) => {
    const { words, note } = await worded(t, answer);
    t.is(words, reply.words);
    t.is(note, 'worded by rules: the language model gave an answer that cannot be used');
  });

test('where the recipe does not want it, it is not asked', async (t) => {
  const { words, asked } = await worded(t, 'Hello.', { reply: false });
  t.is(words, reply.words);
  t.is(asked.length, 0);
});
