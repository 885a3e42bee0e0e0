import test from 'ava';
import { clientProgram } from './clients-folder.ts';
import { buyTool, itemsOnly, linesOf, sharedShop } from './shared-shop.ts';

const shop = sharedShop();

for (const [client, program] of Object.entries({ LangChain: 'ask_langchain.py', LiteLLM: 'ask_litellm.py' }))
  test(`${client} of Python asks, streams, gets a form of its own, and is told that no tool is called`, async (t) => {
    const schema = { title: 'items', ...itemsOnly };
    const answer = await clientProgram(program, { ...shop(), schema, tool: buyTool });
    t.is(linesOf(answer.text).length, 10);
    t.true(answer.tokens > 0);
    t.is(answer.streamed, answer.text);
    t.is(answer.form.items.length, 10);
    t.deepEqual(Object.keys(answer.form.items[0]), ['item_id', 'title']);
    t.deepEqual(answer.tool_calls, []);
    t.regex(answer.refused, /no tools are called here/);
  });
