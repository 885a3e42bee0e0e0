import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { loadRuntime, runtimeNames } from '../../orchestrator/vocabulary/runtimes.ts';
import { textsWithCodes } from '../../orchestrator/vocabulary/texts-with-codes.ts';
import { verifyVocabulary } from '../../orchestrator/vocabulary/verify-vocabulary.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { changedTokenizer, realTokenizer, shippedExtension, smallTokenizer } from './fixtures.ts';

type Base = (folder: string) => string | Promise<string>;

const bases: Record<string, Base> = {
  'LLaMA 2': () => realTokenizer('llama2'),
  'LLaMA 3': () => realTokenizer('llama3'),
  Qwen3: () => realTokenizer('qwen3'),
  'our own BPE': smallTokenizer,
  'a SmolLM2-like BPE (single digits, byte level with its own pattern)': async (folder) =>
    changedTokenizer(await smallTokenizer(join(folder, 'own')), join(folder, 'smol'), (tokenizer, config) => {
      tokenizer.pre_tokenizer = {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Digits', individual_digits: true },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
        ],
      };
      tokenizer.post_processor = null;
      config.tokenizer_class = 'GPT2Tokenizer';
    }),
  'LLaMA 2 without legacy (Metaspace, a prefix space at the start alone)': (folder) =>
    changedTokenizer(realTokenizer('llama2'), folder, (tokenizer, config) => {
      tokenizer.normalizer = null;
      tokenizer.pre_tokenizer = {
        type: 'Metaspace',
        replacement: '▁',
        prepend_scheme: 'first',
        split: false,
      };
      config.legacy = false;
    }),
  'LLaMA 2 with special tokens as objects and a legacy flag that is wrong': (folder) =>
    changedTokenizer(realTokenizer('llama2'), folder, (_, config) => {
      config.legacy = false;
      config.eos_token = {
        content: '</s>',
        lstrip: false,
        normalized: false,
        rstrip: false,
        single_word: false,
      };
    }),
};

const matchesEverywhere = test.macro(async (t: ExecutionContext, base: Base, extensionName: string) => {
  const folder = temporaryFolder(t);
  const outFolder = join(folder, 'out');
  const baseTokenizer = await base(join(folder, 'base'));
  const extension = shippedExtension(extensionName);
  const file = await extendTokenizer({ baseTokenizer, levelSizes: [40, 25, 30, 7], extension, outFolder });

  const verification = await verifyVocabulary(outFolder, runtimeNames);
  const added = 102 + extension.control_tokens.length;
  t.deepEqual(verification.tokens, Object.fromEntries(runtimeNames.map((name) => [name, added])));
  t.true(verification.texts > 300);

  // The vocabulary that the rest of the project uses gives these ids too.
  const vocabulary = await loadVocabulary(outFolder);
  t.is(vocabulary.size, file.base_size + added);
  const rust = await loadRuntime('tokenizers', outFolder);
  const texts = textsWithCodes(['<a_0>', '<a_12>', '<b_3>', '<c_29>', '<d_6>']);
  const expected = await rust.encode(texts);
  for (const [at, text] of texts.entries()) {
    t.deepEqual(vocabulary.encode(text), expected[at], JSON.stringify(text));
    t.deepEqual(vocabulary.encode(text), expected[at], `again, from memory: ${JSON.stringify(text)}`);
  }
  const nonEmpty = expected.filter((ids) => ids.length > 0);
  t.deepEqual(
    nonEmpty.map((ids) => vocabulary.decode(ids)),
    await rust.decode(nonEmpty),
  );
});

for (const [name, base] of Object.entries(bases))
  test(`every runtime gives the same ids: ${name}`, matchesEverywhere, base, 'item-codes');

test(
  'every runtime gives the same ids: LLaMA 2 with marked codes',
  matchesEverywhere,
  bases['LLaMA 2'],
  'marked-item-codes',
);
test(
  'every runtime gives the same ids: our own BPE with marked codes',
  matchesEverywhere,
  smallTokenizer,
  'marked-item-codes',
);

test('a base whose own added token tears codes apart fails, with the runtime and the text named', async (t) => {
  const folder = temporaryFolder(t);
  const base = changedTokenizer(
    await smallTokenizer(join(folder, 'own')),
    join(folder, 'base'),
    (tokenizer) => {
      const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
      tokenizer.added_tokens.push({ id: 320, content: '<<', ...flags });
    },
  );
  const outFolder = join(folder, 'out');
  await extendTokenizer({
    baseTokenizer: base,
    levelSizes: [4, 4],
    extension: shippedExtension(),
    outFolder,
  });
  const error = await t.throwsAsync(verifyVocabulary(outFolder, runtimeNames), { name: 'UserError' });
  t.regex(error.message, /tokenizers .*"<<a_0>/s);
});

test('four levels of 4,096 digits load in every runtime', async (t) => {
  const folder = temporaryFolder(t);
  const outFolder = join(folder, 'out');
  const baseTokenizer = await smallTokenizer(join(folder, 'base'));
  const levelSizes = [4096, 4096, 4096, 4096];
  const file = await extendTokenizer({ baseTokenizer, levelSizes, extension: shippedExtension(), outFolder });
  t.is(file.size, file.base_size + 4 * 4096);
  const row = '<a_4095><b_0><c_2048><d_4095>';
  const expected = [4095, 4096, 8192 + 2048, 4 * 4096 - 1].map((place) => file.base_size + place);
  for (const name of runtimeNames) {
    const runtime = await loadRuntime(name, outFolder);
    t.deepEqual(await runtime.encode([row]), [expected], name);
    t.deepEqual(await runtime.decode([expected]), [row], name);
  }
  t.deepEqual((await loadVocabulary(outFolder)).encode(row), expected);
});
