import test from 'ava';
import { emptyIntent } from '../understanding/little-shop.ts';
import { type Answering, type Asked, protocolServer } from '../understanding/protocol-server.ts';
import { startServer, type TestServer } from './with-server.ts';

let server: TestServer;
let asked: Asked[];
let answering: Answering;
const closing: (() => unknown)[] = [];

/** The real server, with a language model whose answers each test chooses. */
test.before(async () => {
  const model = await protocolServer({ teardown: (close) => closing.push(close) }, (question, response) =>
    answering(question, response),
  );
  asked = model.asked;
  const settings = { base_url: model.url, model: 'small', timeout_ms: 2000 };
  const set = Object.entries(settings).map(([name, value]) => `chat.language_model.${name}=${value}`);
  server = await startServer({}, { set });
});
test.after.always(async () => {
  await server?.close();
  for (const close of closing) close();
});

const lotion = { text: 'a lotion', categories: [], brands: [], words: ['lotion'], measures: [] };
/** Asked for an intent it gives one, asked for words it gives those. */
const helpful: Answering = ({ body }) =>
  body.response_format
    ? JSON.stringify({ ...emptyIntent, wishes: [lotion] })
    : 'Here is something for dry hands.';

const chat = async (content: string) => {
  const messages = [{ role: 'user', content }];
  const { status, body } = await server.post('/v1/chat/completions', { model: 'smoke', messages });
  return { status, text: body.choices[0].message.content as string, recommendation: body.recommendation };
};

test.serial(
  'a chat and a request are understood by the language model, which leads to the list in its own words',
  async (t) => {
    answering = helpful;
    const { text, recommendation } = await chat('my hands crack in winter');
    t.deepEqual(recommendation.understood.intent.wishes, [lotion]);
    t.true(recommendation.items[0].matched);
    t.regex(text, /^Here is something for dry hands\.\n/);
    t.is(recommendation.notes, undefined);
    const { body } = await server.post('/v1/recommendations', { prompt: 'my hands crack in winter' });
    t.deepEqual(body.understood.intent.wishes, [lotion]);
    t.is(asked.length, 4);
  },
);

test.serial(
  'where it fails, rules answer, and a note names neither its address nor what it said',
  async (t) => {
    for (const broken of [() => 'a secret', () => undefined] satisfies Answering[]) {
      answering = broken;
      const { text, recommendation } = await chat('a shampoo');
      t.deepEqual(
        recommendation.understood.intent.wishes.map((wish: { text: string }) => wish.text),
        ['shampoo'],
      );
      t.true(recommendation.items[0].matched);
      t.regex(recommendation.notes[0], /^understood by rules: the language model /);
      t.notRegex(text, /127\.0\.0\.1/);
    }
  },
);

test.serial('a part that the person took away stays away, whatever the language model says', async (t) => {
  answering = helpful;
  const { body } = await server.post('/v1/recommendations', { prompt: 'hands', removed: ['wish:a lotion'] });
  t.deepEqual(body.understood.intent.wishes, []);
});
