import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import test, { type ExecutionContext } from 'ava';
import {
  type BaseModelOptions,
  baseModelEncoder,
} from '../../../orchestrator/embedding/semantic/base-model-encoder.ts';
import { joinFields } from '../../../orchestrator/embedding/semantic/item-text.ts';
import { initialWeights, saveCheckpoint } from '../../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../../orchestrator/models/llama/config.ts';
import { llama } from '../../../orchestrator/models/llama/llama.ts';
import type { WeightSource } from '../../../orchestrator/models/model.ts';
import type { UserError } from '../../../orchestrator/shared/errors.ts';
import { rowOf } from '../../../orchestrator/shared/matrix.ts';
import type { ReportMessage } from '../../../orchestrator/shared/reporter.ts';
import { trainTokenizer } from '../../../orchestrator/vocabulary/train-tokenizer.ts';
import { referenceStates } from '../../models/reference-decoder.ts';
import { lively, tinyConfig } from '../../models/tiny-model.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const titles = ['Shea butter hand cream, 8 oz.', 'Rose water', 'Coconut shampoo for dry hair', 'Lip balm'];

interface Tiny {
  folder: string;
  config: LlamaConfig;
  source: WeightSource;
  /** Mean hidden state of a text's tokens, by the plain reference. */
  mean(text: string, maxTokens?: number): Promise<number[]>;
}

/** A tiny LLaMA with a tokenizer of its own, in a folder as Hugging Face has it. */
async function tinyLlama(t: ExecutionContext): Promise<Tiny> {
  const folder = temporaryFolder(t);
  await trainTokenizer({ texts: titles, vocabSize: 300, outFolder: folder });
  const config = tinyConfig({ vocab_size: 300, num_key_value_heads: 2, max_position_embeddings: 64 });
  const source = lively(initialWeights(llama(config), 9));
  saveCheckpoint(folder, llama(config), source);
  const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  const mean = async (text: string, maxTokens = 64) => {
    const states = referenceStates(config, source, tokenizer.encode(text).slice(0, maxTokens));
    return states[0].map((_, at) => states.reduce((sum, state) => sum + state[at], 0) / states.length);
  };
  return { folder, config, source, mean };
}

function normalised(values: number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function closeTo(t: ExecutionContext, got: Float32Array, expected: number[]): void {
  for (const [at, value] of expected.entries())
    t.true(Math.abs(got[at] - value) < 1e-4, `${at}: ${got[at]}, ${value}`);
}

test('a text is the mean of its last hidden states, whatever shares its batch', async (t) => {
  const tiny = await tinyLlama(t);
  for (const batchSize of [1, 3, 32]) {
    const rows = await baseModelEncoder({ model: tiny.folder, batchSize })(titles.map((title) => [title]));
    t.is(rows.columns, 16);
    for (const [at, title] of titles.entries())
      closeTo(t, rowOf(rows, at), normalised(await tiny.mean(title)));
  }
});

test('an item is the mean over its fields, or over one text of all of them', async (t) => {
  const tiny = await tinyLlama(t);
  const texts = [[titles[0], '', titles[1]]];
  const encode = (options: Partial<BaseModelOptions>) =>
    baseModelEncoder({ model: tiny.folder, ...options })(texts);
  const [first, second] = [await tiny.mean(titles[0]), await tiny.mean(titles[1])];
  closeTo(t, (await encode({})).data, normalised(first.map((value, at) => value + second[at])));
  const joined = await tiny.mean(joinFields([titles[0], titles[1]]));
  closeTo(t, (await encode({ combine: 'joined' })).data, normalised(joined));
});

test('and as it is, the mean over the fields that the item has, where rows keep their length', async (t) => {
  const tiny = await tinyLlama(t);
  const rows = await baseModelEncoder({ model: tiny.folder, unitLength: false })([
    [titles[0], '', titles[1]],
    [titles[1], ' '],
  ]);
  const [first, second] = [await tiny.mean(titles[0]), await tiny.mean(titles[1])];
  closeTo(
    t,
    rowOf(rows, 0),
    first.map((value, at) => (value + second[at]) / 2),
  );
  closeTo(t, rowOf(rows, 1), second);
});

test('longer texts are cut, to what is asked for and to what the model can take', async (t) => {
  const tiny = await tinyLlama(t);
  const cut = await baseModelEncoder({ model: tiny.folder, maxTokens: 3 })([[titles[0]]]);
  closeTo(t, cut.data, normalised(await tiny.mean(titles[0], 3)));
  const long = Array.from({ length: 80 }, () => 'cream').join(' ');
  const whole = await baseModelEncoder({ model: tiny.folder, maxTokens: 5000 })([[long]]);
  closeTo(t, whole.data, normalised(await tiny.mean(long, 64)));
});

test('an item without text has a row of zeros, and progress is told', async (t) => {
  const tiny = await tinyLlama(t);
  const messages: ReportMessage[] = [];
  const rows = await baseModelEncoder({ model: tiny.folder })([[titles[0]], ['']], {
    report: (message) => messages.push(message),
  });
  t.deepEqual(rowOf(rows, 1), new Float32Array(16));
  t.true(messages.some((message) => message.type === 'progress' && message.done === message.total));
});

test('a model without a tokenizer, and one with the tokenizer of another, are clear errors', async (t) => {
  const { folder } = await tinyLlama(t);
  const path = join(folder, 'tokenizer.json');
  const tokenizer = JSON.parse(readFileSync(path, 'utf8'));
  tokenizer.added_tokens.push({ ...tokenizer.added_tokens[0], id: 300, content: '<new>' });
  writeFileSync(path, JSON.stringify(tokenizer));
  const encode = () => baseModelEncoder({ model: folder })([[titles[0]]]);
  const foreign = await t.throwsAsync<UserError>(encode, { name: 'UserError' });
  t.is(foreign.code, 'model/vocabulary-too-small');
  rmSync(path);
  const absent = await t.throwsAsync<UserError>(encode, { name: 'UserError' });
  t.is(absent.code, 'embedding/tokenizer');
  t.is(absent.place, path);
  t.regex(absent.remedy ?? '', /tokenizer\.json/);
});

test('a path that leads nowhere is a clear error', async (t) => {
  const error = await t.throwsAsync<UserError>(
    () => baseModelEncoder({ model: './no/such/folder' })([['x']]),
    {
      name: 'UserError',
    },
  );
  t.is(error.code, 'model/not-found');
});
