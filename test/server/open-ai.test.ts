import test from 'ava';
import OpenAI from 'openai';
import type { ChatCompletionChunk, ChatRecommendation } from '../../orchestrator/serving/index.ts';
import { startServer, type TestServer } from './with-server.ts';

let server: TestServer;
let client: OpenAI;
let title: string;

test.before(async () => {
  server = await startServer();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none is needed', maxRetries: 0 });
  title = server.run.search('shampoo', 1)[0].title;
});
test.after.always(() => server?.close());

const model = 'smoke';

test('the official client gets an answer in words, the items as data, and the usage', async (t) => {
  const completion = await client.chat.completions.create({
    model,
    temperature: 0.2,
    messages: [
      { role: 'system', content: 'You are a shop assistant.' },
      { role: 'user', content: `I just bought ${title}, what next?` },
    ],
  });
  const { content, role, refusal } = completion.choices[0].message;
  const { recommendation } = completion as unknown as { recommendation: ChatRecommendation };
  t.deepEqual([role, refusal, completion.choices[0].finish_reason], ['assistant', null, 'stop']);
  t.is(completion.object, 'chat.completion');
  t.is(recommendation.items.length, 10);
  t.is(recommendation.history[0].title, title);
  for (const [at, item] of recommendation.items.entries())
    t.true(content?.includes(`\n${at + 1}. ${item.title}`));
  const { prompt_tokens, completion_tokens, total_tokens } = completion.usage!;
  t.true(prompt_tokens > 0);
  t.is(completion_tokens, 10 * recommendation.items[0].code.length);
  t.is(total_tokens, prompt_tokens + completion_tokens);
});

test('streamed, the words come line by line, each with its item, and at the end the whole answer', async (t) => {
  const stream = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: `I have ${title}. A lotion, please.` }],
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks: ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk as unknown as ChatCompletionChunk);
  const { recommendation, choices } = chunks.at(-2)!;
  t.is(choices[0].finish_reason, 'stop');
  t.is(recommendation?.items.length, 10);
  t.is(recommendation?.query, 'lotion');
  t.deepEqual(
    chunks.flatMap(({ item }) => (item ? [item] : [])),
    recommendation?.items,
  );
  for (const {
    item,
    choices: [choice],
  } of chunks)
    if (item) t.regex(choice.delta.content ?? '', /^\n\d+\. ./);
  const text = chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('');
  t.true(text.startsWith(`Lotion:\n\n1. ${recommendation?.items[0].title}`));
  t.deepEqual(chunks.at(-1)?.choices, []);
  t.is(chunks.at(-1)?.usage?.completion_tokens, 10 * (recommendation?.items[0].code.length ?? 0));
  t.is(new Set(chunks.map(({ id }) => id)).size, 1);
});

test("the client's own helper for streams works, too", async (t) => {
  const stream = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'shampoo' }] });
  const final = await stream.finalChatCompletion();
  t.regex(final.choices[0].message.content ?? '', /^Shampoo:\n\n1\. /);
});

test('the messages of a conversation add up: every turn is part of the history', async (t) => {
  const other = server.run.search('lotion', 1)[0];
  const completion = await client.chat.completions.create({
    model,
    messages: [
      { role: 'user', content: [{ type: 'text', text: `I have ${title}` }] },
      { role: 'assistant', content: '1. something' },
      { role: 'user', content: `and ${other.title}` },
    ],
  });
  const { history } = (completion as unknown as { recommendation: ChatRecommendation }).recommendation;
  t.deepEqual(
    history.map((item) => item.title),
    [title, other.title],
  );
});

test('what the chat knows beside the words goes along as a field of its own', async (t) => {
  const [liked, disliked, known] = server.run.search('hair', 3).map(({ item_id }) => item_id);
  const ask = async (recommender: object) => {
    const completion = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'what next?' }],
      // @ts-expect-error: the client sends fields that it does not know as they are
      recommender,
    });
    return (completion as unknown as { recommendation: ChatRecommendation }).recommendation;
  };
  const first = await ask({ history: [known], likes: [liked], dislikes: [disliked], k: 4 });
  t.is(first.items.length, 4);
  t.deepEqual([first.likes, first.dislikes], [[liked], [disliked]]);
  t.deepEqual(
    first.history.map(({ item_id }) => item_id),
    [known, liked],
  );
  const exclude = first.items.map(({ item_id }) => item_id);
  const second = await ask({ history: [known], likes: [liked], dislikes: [disliked], exclude, k: 4 });
  t.false(second.items.some(({ item_id }) => [...exclude, disliked, liked, known].includes(item_id)));
});

test('who greets is told what can be asked, and who says nothing is asked back', async (t) => {
  const saying = (content: string) =>
    client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
  t.regex(
    (await saying('hello')).choices[0].message.content ?? '',
    /^Say in your own words what you are looking for\. .*“cheaper than the second”/,
  );
  const completion = await saying('hmm');
  t.regex(completion.choices[0].message.content ?? '', /Name something that you have/);
  t.deepEqual((completion as unknown as { recommendation: ChatRecommendation }).recommendation.items, []);
});

test('models are listed and looked up', async (t) => {
  const { data } = await client.models.list();
  t.deepEqual(
    data.map(({ id, owned_by }) => [id, owned_by]),
    [['smoke', 'eager-llm']],
  );
  t.is((await client.models.retrieve('smoke')).id, 'smoke');
});

test("errors are the client's own errors", async (t) => {
  const messages = [{ role: 'user' as const, content: 'shampoo' }];
  const noModel = await t.throwsAsync(client.chat.completions.create({ model: 'gpt', messages }), {
    instanceOf: OpenAI.NotFoundError,
  });
  t.like(noModel, { status: 404, code: 'model_not_found' });
  const noMessages = await t.throwsAsync(client.chat.completions.create({ model, messages: [] }), {
    instanceOf: OpenAI.BadRequestError,
  });
  t.like(noMessages, { status: 400, param: 'messages', type: 'invalid_request_error' });
});

test('a key that is wrong is an authentication error, a right one is not', async (t) => {
  const key = 'a-key-of-sixteen-letters';
  const locked = await startServer({ apiKeys: ['another-key-of-letters', key] });
  t.teardown(locked.close);
  const clientWith = (apiKey: string) => new OpenAI({ baseURL: `${locked.url}/v1`, apiKey, maxRetries: 0 });
  t.is((await clientWith(key).models.list()).data.length, 1);
  for (const wrong of ['wrong', key.slice(0, -1), `${key}x`])
    await t.throwsAsync(clientWith(wrong).models.list(), { instanceOf: OpenAI.AuthenticationError });
});

test('a full queue is a rate limit error with a time to wait', async (t) => {
  const busy = await startServer({}, { batch: 1, waiting: 1 });
  t.teardown(busy.close);
  const busyClient = new OpenAI({ baseURL: `${busy.url}/v1`, apiKey: 'x', maxRetries: 0 });
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, () =>
      busyClient.chat.completions.create({
        model,
        messages: [
          { role: 'user', content: 'what is next?' },
          { role: 'user', content: title },
        ],
      }),
    ),
  );
  const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  t.true(refused.length > 0);
  t.true(refused.length < 12, 'those who wait are answered');
  for (const error of refused) {
    t.true(error instanceof OpenAI.RateLimitError);
    t.is(error.headers.get('retry-after'), '1');
  }
});

test('an answer names the fields of its request that had no effect, and nothing else', async (t) => {
  const messages = [{ role: 'user' as const, content: 'shampoo' }];
  const sent = async (more: object) => {
    const { status, headers } = await server.post('/v1/chat/completions', { model, messages, ...more });
    t.is(status, 200);
    return headers.get('x-eager-llm-no-effect');
  };
  const tools = [{ type: 'function', function: { name: 'buy' } }];
  t.is(await sent({ temperature: 0.2, tools, tool_choice: 'auto' }), 'temperature, tools');
  t.is(
    await sent({ stream: true, max_tokens: 5, a_field_of_tomorrow: 1 }),
    'max_tokens, a_field_of_tomorrow',
  );
  t.is(await sent({ 'x\r\nset-cookie: y': 1, ä: 1, seed: 4 }), 'seed');
  // What was not meant is not told: clients fill in such values by themselves.
  t.is(await sent({ n: 1, tools: [], metadata: {}, temperature: null, store: false }), null);
  t.is(await sent({ stream: false, response_format: { type: 'json_object' }, recommender: { k: 3 } }), null);
});

test('what cannot be served is refused: no answer looks like one with a tool call or with log probabilities', async (t) => {
  const messages = [{ role: 'user' as const, content: 'shampoo' }];
  for (const asked of [
    { tool_choice: 'required' as const },
    { tool_choice: { type: 'function' as const, function: { name: 'buy' } } },
    { logprobs: true },
    { n: 2 },
  ]) {
    const error = await t.throwsAsync(client.chat.completions.create({ model, messages, ...asked }), {
      instanceOf: OpenAI.BadRequestError,
    });
    t.is((error as InstanceType<typeof OpenAI.BadRequestError>).param, Object.keys(asked)[0]);
  }
});

test('the OpenAPI document says which fields have no effect, and names the header', async (t) => {
  const { body } = await server.get('/openapi.json');
  const { requestBody, responses } = body.paths['/v1/chat/completions'].post;
  const { properties } = requestBody.content['application/json'].schema;
  t.regex(properties.temperature.description, /^no effect: /);
  t.regex(properties.tools.description, /^no effect: /);
  t.regex(responses['200'].headers['x-eager-llm-no-effect'].description, /had no effect/);
  t.true('choices' in responses['200'].content['application/json'].schema.properties);
});

test('a part that was taken away after a message counts again where a later message says it', async (t) => {
  const limitsOf = async (removed: unknown[], ...texts: string[]) => {
    const messages = texts.map((content) => ({ role: 'user', content }));
    const { body } = await server.post('/v1/chat/completions', { model, messages, recommender: { removed } });
    return body.recommendation?.understood.intent.limits.length ?? body.error.message;
  };
  const key = 'limit:price:up to 20';
  t.is(await limitsOf([{ key, turn: 1 }], 'shampoo under 20'), 0);
  t.is(await limitsOf([{ key, turn: 1 }], 'shampoo under 20', 'lotion under 20'), 1);
  t.is(await limitsOf([key], 'shampoo under 20', 'lotion under 20'), 0);
  t.regex(await limitsOf([{ key, turn: 0 }], 'shampoo under 20'), /turn/);
});
