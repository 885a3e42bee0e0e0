import test from 'ava';
import { loadMerged, pythonSnippet, scriptSnippet } from '../../orchestrator/export/loading-snippets.ts';

const hostile = {
  text: 'say "hi"\n```\nimport os',
  ids: [1, 2],
  titles: ['soap\n```\nimport os', 'cream\u2028*/ process.exit()', 'plain'],
};

test('no title and no prompt leaves its line, its comment or the block of code', (t) => {
  for (const code of [
    pythonSnippet(hostile, 20, loadMerged('AutoModelForCausalLM'), false),
    scriptSnippet(hostile),
  ]) {
    t.notRegex(code, /^```/m);
    t.notRegex(code, /^import os/m);
    t.regex(code, /^(#|\/\/) soap ''' import os \| cream \*\/ process\.exit\(\) \| plain$/m);
    t.true(code.includes(JSON.stringify(hostile.text)));
  }
});

test('where no text gives the ids of a prompt, the ids themselves are given', (t) => {
  const wordless = { ...hostile, text: null };
  t.regex(
    pythonSnippet(wordless, 20, loadMerged('AutoModelForCausalLM'), false),
    /"input_ids": torch\.tensor\(\[\[1, 2\]\]\)/,
  );
  t.regex(scriptSnippet(wordless), /const ids = \[1, 2\];/);
});

test('a list is no longer than there are beams', (t) => {
  t.regex(
    pythonSnippet(hostile, 3, loadMerged('AutoModelForCausalLM'), false),
    /num_beams=3,\s+num_return_sequences=3,/,
  );
  t.regex(
    pythonSnippet(hostile, 50, loadMerged('AutoModelForCausalLM'), false),
    /num_beams=50,\s+num_return_sequences=10,/,
  );
});

test('an encoder-decoder is loaded by its own class, and its codes begin behind its start token', (t) => {
  const snippet = pythonSnippet(hostile, 20, loadMerged('AutoModelForSeq2SeqLM'), true);
  t.regex(snippet, /from transformers import AutoModelForSeq2SeqLM, AutoTokenizer/);
  t.regex(snippet, /^start = 1$/m);
});
