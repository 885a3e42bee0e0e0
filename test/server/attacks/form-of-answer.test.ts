import test from 'ava';
import OpenAI from 'openai';
import { startServer, type TestServer } from '../with-server.ts';

let server: TestServer;
let client: OpenAI;
test.before(async () => {
  server = await startServer();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
test.after.always(() => server?.close());

const question = { model: 'smoke', messages: [{ role: 'user' as const, content: 'shampoo' }] };
const ask = (more: object) => server.post('/v1/chat/completions', { ...question, ...more });
const schemaOf = (schema: object) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
});

/** What would change how a client reads the answer, and cannot be served. */
const refused: Record<string, [value: unknown, says: RegExp]> = {
  response_format: [{ type: 'xml' }, /only .*json_object.* are served/],
  n: [2, /one answer is served/],
  best_of: [3, /one answer is served/],
  logprobs: [true, /each item has its score/],
  top_logprobs: [5, /each item has its score/],
  prompt_logprobs: [1, /each item has its score/],
  tool_choice: ['required', /no tools are called here/],
  function_call: [{ name: 'f' }, /no tools are called here/],
  modalities: [['text', 'audio'], /only "text" is served/],
  audio: [{ voice: 'alloy', format: 'wav' }, /only text is served/],
  echo: [true, /the prompt is not repeated/],
  format: ['json', /ask with response_format/],
  grammar: ['root ::= "x"', /ask with response_format/],
  json_schema: [{}, /ask with response_format/],
  guided_json: [{}, /ask with response_format/],
  guided_regex: ['x', /ask with response_format/],
  guided_choice: [['x'], /ask with response_format/],
  guided_grammar: ['x', /ask with response_format/],
  structured_outputs: [{ choice: ['x'] }, /ask with response_format/],
  stream_options: [7, /stream_options/],
};
for (const [name, [value, says]] of Object.entries(refused))
  test(`${name} is refused where it asks for what is not served, streamed or not`, async (t) => {
    for (const stream of [false, true]) {
      const { status, body } = await ask({ [name]: value, stream });
      t.is(status, 400, JSON.stringify(body));
      t.regex(body.error.message, says);
      t.is(body.error.param, name);
    }
    t.is((await ask({ [name]: null })).status, 200, 'null is nothing');
  });

test('a tool that has to be called is refused, and tools that may be called are no matter', async (t) => {
  const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
  for (const tool_choice of [
    { type: 'function', function: { name: 'f' } },
    { type: 'allowed_tools', mode: 'required' },
  ])
    t.is((await ask({ tools, tool_choice })).status, 400);
  for (const more of [{ tools }, { tools, tool_choice: 'auto' }, { functions: [], function_call: 'none' }])
    t.is((await ask(more)).status, 200, JSON.stringify(more));
});

test('images, sounds and files in a message are refused instead of left out', async (t) => {
  for (const part of [
    { type: 'image_url', image_url: { url: 'data:,' } },
    { type: 'input_audio', input_audio: {} },
    { type: 'file', file: {} },
  ]) {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'shampoo' }, part] }];
    const { status, body } = await ask({ messages });
    t.is(status, 400, part.type);
    t.regex(body.error.message, /no images, sounds or files are read/);
  }
});

test('settings of text generation have no effect, as documented', async (t) => {
  const plain = (await ask({})).body.choices[0].message.content;
  const more = {
    temperature: 2,
    top_p: 0.1,
    max_tokens: 1,
    max_completion_tokens: 1,
    stop: ['a'],
    seed: 1,
    presence_penalty: 1,
    logit_bias: {},
    user: 'x',
    reasoning_effort: 'low',
    response_format: { type: 'text' },
    n: 1,
    logprobs: false,
    tool_choice: 'none',
    modalities: ['text'],
    parallel_tool_calls: true,
    metadata: {},
  };
  const { status, body } = await ask(more);
  t.is(status, 200, JSON.stringify(body));
  t.is(body.choices[0].message.content, plain);
});

test('who asks for a JSON object gets the recommendation as JSON, streamed or not, also where nothing is known', async (t) => {
  const response_format = { type: 'json_object' as const };
  const { body } = await ask({ response_format });
  t.deepEqual(JSON.parse(body.choices[0].message.content), body.recommendation);
  const stream = await client.chat.completions.create({ ...question, response_format, stream: true });
  let text = '';
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  t.is(JSON.parse(text).items.length, 10);
  const empty = await ask({ response_format, messages: [{ role: 'user', content: 'hello' }] });
  t.deepEqual(JSON.parse(empty.body.choices[0].message.content).items, []);
});

test("a schema gets the part of the answer that it asks for, as the client's own helper reads it", async (t) => {
  const schema = {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/$defs/Item' } },
      query: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['items', 'query'],
    additionalProperties: false,
    $defs: {
      Item: {
        title: 'Item',
        type: 'object',
        properties: { title: { type: 'string' }, score: { type: 'number' } },
        required: ['title', 'score'],
        additionalProperties: false,
      },
    },
  };
  const completion = await client.chat.completions.parse({
    ...question,
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
  });
  const read = JSON.parse(completion.choices[0].message.content ?? '');
  const { items } = (
    completion as unknown as { recommendation: { items: { title: string; score: number }[] } }
  ).recommendation;
  t.deepEqual(read, { items: items.map(({ title, score }) => ({ title, score })), query: 'shampoo' });
});

const name = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const circle = { anyOf: [{ $ref: '#' }, { $ref: '#' }] };
/** Schemas that the answer does not have, or that are there to keep the server busy. */
const misfits: Record<string, [schema: object, says: RegExp]> = {
  'a name that is not there': [name, /the answer has no "name"/],
  'another type': [{ type: 'array' }, /the answer is object and does not fit/],
  'another type within': [
    { type: 'object', properties: { items: { type: 'array', items: name } } },
    /the answer\.items\[0\] has no "name"/,
  ],
  'more items than there are': [
    { type: 'object', properties: { items: { type: 'array', minItems: 99 } } },
    /the answer\.items is array and does not fit/,
  ],
  'a pattern that takes for ever': [
    { type: 'object', properties: { query: { type: 'string', pattern: '(a+)+$' } } },
    /the rule "pattern", which is not served/,
  ],
  'a prototype': [{ type: 'object', required: ['__proto__'] }, /the answer has no "__proto__"/],
  'a reference to itself': [{ $ref: '#' }, /refers to itself/],
  'alternatives of itself': [circle, /refers to itself/],
  'a reference to what is not there': [{ $ref: '#/$defs/None' }, /refers to what is not there/],
  'a reference to another document': [{ $ref: 'http://evil.example/' }, /refers to another document/],
  'a schema that is nested 1,000 deep': [
    JSON.parse(`${'{"allOf":['.repeat(1000)}{}${']}'.repeat(1000)}`),
    /too large/,
  ],
};
for (const [what, [schema, says]] of Object.entries(misfits))
  test(`a schema with ${what} is refused, with what can be asked for`, async (t) => {
    const { status, body } = await ask(schemaOf(schema));
    t.is(status, 400, JSON.stringify(body));
    t.regex(body.error.message, says);
    t.regex(body.error.message, /response_format: .* → ask for \{"items"/);
    t.deepEqual(server.log, []);
  });
