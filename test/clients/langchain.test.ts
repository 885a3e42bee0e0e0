import test from 'ava';
import { clientPackage } from './clients-folder.ts';
import { buyTool, itemsOnly, linesOf, sharedShop } from './shared-shop.ts';

const shop = sharedShop();

async function chat(settings: object = {}) {
  const { ChatOpenAI } = await clientPackage('@langchain/openai');
  const { base, model } = shop();
  return new ChatOpenAI({
    model,
    apiKey: 'none is needed',
    maxRetries: 0,
    configuration: { baseURL: base },
    ...settings,
  });
}

test('a conversation is answered with a list, and its tokens are counted', async (t) => {
  const model = await chat({ temperature: 0.3 });
  const answer = await model.invoke([
    ['system', 'You are a shop assistant.'],
    ['human', `I have ${shop().title}`],
    ['ai', '1. something'],
    ['human', 'and now a lotion'],
  ]);
  t.is(linesOf(answer.content).length, 10);
  t.true(answer.usage_metadata.output_tokens > 0);
});

test('a stream has the same words', async (t) => {
  const model = await chat();
  let text = '';
  for await (const chunk of await model.stream('a shampoo')) text += chunk.content;
  t.is(linesOf(text).length, 10);
  t.is(text, (await model.invoke('a shampoo')).content);
});

test('a form of its own is filled in with the items', async (t) => {
  const model = await chat();
  const form = model.withStructuredOutput(itemsOnly, { name: 'items', method: 'jsonSchema', strict: true });
  const { items } = await form.invoke('a shampoo');
  t.is(items.length, 10);
  t.deepEqual(Object.keys(items[0]), ['item_id', 'title']);
});

test('offered tools are not called, and a tool that has to be called is refused', async (t) => {
  const model = await chat();
  const answer = await model.bindTools([buyTool]).invoke('a shampoo');
  t.deepEqual(answer.tool_calls, []);
  t.is(linesOf(answer.content).length, 10);
  const forced = model.bindTools([buyTool], { tool_choice: 'any' });
  await t.throwsAsync(forced.invoke('a shampoo'), { message: /no tools are called here/ });
});
