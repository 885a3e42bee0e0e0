import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import { taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import { templateTexts } from '../../orchestrator/prompts/template-texts.ts';
import { createTextEncoder } from '../../orchestrator/prompts/text-encoder.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadExtension } from '../../orchestrator/vocabulary/extension.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';
import type { Vocabulary } from '../../orchestrator/vocabulary/types.ts';
import {
  dataset,
  item,
  letterVocabulary,
  realVocabulary,
  shippedPrompts,
  source,
  templates,
  tokenizers,
} from './helpers.ts';

/** Titles that tempt a tokenizer to join them with their neighbours. */
const hard = ['Été 20% "crème"', '2.5oz (new)', '日本 soap', "l'eau", '-5 & more', '_x_', '$9', '🙂 balm'];
const data = dataset(
  [
    [0, 1, 2, 3, 4, 5, 6, 7, 0, 1],
    [7, 6, 5, 4, 3],
  ],
  {
    items: hard.map((title, at) => item({ item_id: `i${at}`, title, description: `${title}, ${at}. Fine!` })),
  },
);

async function trainedVocabulary(): Promise<{ vocabulary: Vocabulary; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'eager-prompts-'));
  const base = join(folder, 'base');
  await trainTokenizer({ texts: [...templateTexts(templates), ...hard], vocabSize: 600, outFolder: base });
  const extension = loadExtension(join(shippedPrompts, '..', 'vocab-extensions', 'item-codes.yaml'));
  const outFolder = join(folder, 'extended');
  await extendTokenizer({ baseTokenizer: base, levelSizes: [8, 8, 8], extension, outFolder });
  return {
    vocabulary: await loadVocabulary(outFolder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every row is the same as bos, the encoding of its whole text at once, and eos. */
function rowsEqualWholeTexts(t: ExecutionContext, vocabulary: Vocabulary) {
  const made = source(data, { vocabulary, layout: 'prefix' });
  const tasks = Object.fromEntries(taskNames.map((task) => [task, 3]));
  const plan = rowPlan({ source: made, tasks, seed: 5, epoch: 0 });
  // The same rows with one token a letter give the texts themselves back.
  const spelled = rowPlan({ source: source(data, { layout: 'prefix' }), tasks, seed: 5, epoch: 0 });
  const letters = letterVocabulary();
  let compared = 0;
  for (let row = 0; row < plan.length; row++) {
    const text = letters.decode(joinRow(renderRow(spelled, row)).tokens.slice(1, -1));
    const bos = vocabulary.bosTokenId === null ? [] : [vocabulary.bosTokenId];
    const { tokens } = joinRow(renderRow(plan, row));
    const whole = [...bos, ...vocabulary.encode(text), vocabulary.eosTokenId];
    if (JSON.stringify(Array.from(tokens)) !== JSON.stringify(whole))
      return t.fail(`${text}\n${tokens}\n${whole}`);
    compared++;
  }
  t.true(compared > 100);
}

for (const name of tokenizers)
  test(`rows made of pieces equal whole texts with the tokenizer of ${name}`, (t) => {
    rowsEqualWholeTexts(t, realVocabulary(name));
  });

test('rows made of pieces equal whole texts with a tokenizer trained here', async (t) => {
  const { vocabulary, remove } = await trainedVocabulary();
  t.teardown(remove);
  rowsEqualWholeTexts(t, vocabulary);
});

test('a text after a code has the tokens it has there, whatever LLaMA-2 puts before a first text', (t) => {
  const vocabulary = realVocabulary('llama2');
  const encoder = createTextEncoder(vocabulary);
  for (const text of [' comes next?', 'soap\ncomb\nWhat?', '\n### Response:\n', ', ', '.'])
    t.deepEqual([...encoder.encode(text, 'code')], vocabulary.encode(`<a_0>${text}`).slice(1));
});

test('a tokenizer that joins across line ends gets its texts whole', (t) => {
  const letters = letterVocabulary();
  // One token for each pair of signs: every cut in an odd place would show.
  const pairs: Vocabulary = {
    ...letters,
    encode: (text) =>
      text
        .split(/(<[a-h]_\d+>)/)
        .flatMap((piece) =>
          /^<[a-h]_\d+>$/.test(piece)
            ? letters.encode(piece)
            : (piece.match(/..?/gs) ?? []).map(
                (pair) => pair.charCodeAt(0) * 256 + (pair.charCodeAt(1) || 0),
              ),
        ),
  };
  const encoder = createTextEncoder(pairs);
  const text = 'abc\nde\nfgh';
  t.deepEqual([...encoder.encode(text, 'nothing')], pairs.encode(text));
});

test('each line is encoded once', (t) => {
  const letters = letterVocabulary();
  const asked: string[] = [];
  const counting: Vocabulary = {
    ...letters,
    encode: (text) => {
      asked.push(text);
      return letters.encode(text);
    },
  };
  const encoder = createTextEncoder(counting);
  encoder.encode('soap\ncomb\nWhat next?', 'nothing');
  const before = asked.length;
  encoder.encode('soap\ncomb\nWhat next?', 'nothing');
  t.is(asked.length, before);
  encoder.encode('soap\ncomb\nbalm\nWhat next?', 'nothing');
  t.is(asked.length, before + 1);
});
