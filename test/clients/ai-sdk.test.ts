import test from 'ava';
import { clientPackage } from './clients-folder.ts';
import { itemsOnly, linesOf, sharedShop } from './shared-shop.ts';

const shop = sharedShop();

async function sdk() {
  const ai = await clientPackage('ai');
  const { createOpenAICompatible } = await clientPackage('@ai-sdk/openai-compatible');
  const { base, model } = shop();
  const provider = createOpenAICompatible({ name: 'shop', baseURL: base, supportsStructuredOutputs: true });
  return { ai, settings: { model: provider(model), maxRetries: 0 } };
}

test('a text is generated: the list, its tokens, and the fields that had no effect', async (t) => {
  const { ai, settings } = await sdk();
  const { text, finishReason, usage, response } = await ai.generateText({
    ...settings,
    system: 'You are a shop assistant.',
    prompt: `I have ${shop().title}`,
    temperature: 0.3,
  });
  t.is(linesOf(text).length, 10);
  t.is(finishReason, 'stop');
  t.true(usage.outputTokens > 0);
  t.is(response.headers['x-eager-llm-no-effect'], 'temperature');
});

test('a stream has the same words', async (t) => {
  const { ai, settings } = await sdk();
  const { textStream } = ai.streamText({ ...settings, prompt: 'a shampoo' });
  let text = '';
  for await (const part of textStream) text += part;
  t.is(text, (await ai.generateText({ ...settings, prompt: 'a shampoo' })).text);
});

test('an object of its own form is filled in with the items', async (t) => {
  const { ai, settings } = await sdk();
  const { object } = await ai.generateObject({
    ...settings,
    schema: ai.jsonSchema(itemsOnly),
    prompt: 'a shampoo',
  });
  t.is(object.items.length, 10);
  t.deepEqual(Object.keys(object.items[0]), ['item_id', 'title']);
});

test('offered tools are not called, and a tool that has to be called is refused', async (t) => {
  const { ai, settings } = await sdk();
  const { z } = await clientPackage('zod');
  const tools = {
    buy: ai.tool({ description: 'buys an item', inputSchema: z.object({ item_id: z.string() }) }),
  };
  const { toolCalls, text } = await ai.generateText({ ...settings, tools, prompt: 'a shampoo' });
  t.deepEqual(toolCalls, []);
  t.is(linesOf(text).length, 10);
  await t.throwsAsync(ai.generateText({ ...settings, tools, toolChoice: 'required', prompt: 'a shampoo' }), {
    message: /no tools are called here/,
  });
});
