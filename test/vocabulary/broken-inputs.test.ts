import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadExtension } from '../../orchestrator/vocabulary/extension.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { changedTokenizer, copyFolder, shippedExtension, smallTokenizer, titles } from './fixtures.ts';

/** The action must fail with a user's error that names a remedy and, in message or place, what is expected. */
const fails = test.macro(
  async (
    t: ExecutionContext,
    action: (folder: string) => Promise<unknown> | unknown,
    { code, says }: { code: string; says: RegExp },
  ) => {
    const folder = temporaryFolder(t);
    const error = await t.throwsAsync<UserError>(async () => action(folder), { name: 'UserError' });
    t.is(error.code, code);
    t.regex(`${error.place}: ${error.message}`, says);
    t.truthy(error.remedy);
  },
);

function extend(baseTokenizer: string, outFolder: string, levelSizes = [2, 2]) {
  return extendTokenizer({
    baseTokenizer,
    levelSizes,
    extension: shippedExtension(),
    outFolder: join(outFolder, 'out'),
  });
}

/** Extends a small tokenizer after a change to its parsed files. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into any part of the JSON
function extendChanged(change: (tokenizer: any, config: any) => void) {
  return async (folder: string) =>
    extend(changedTokenizer(await smallTokenizer(join(folder, 'own')), join(folder, 'base'), change), folder);
}

function withBase(change: (base: string) => void) {
  return async (folder: string) => {
    const base = await smallTokenizer(join(folder, 'base'));
    change(base);
    return extend(base, folder);
  };
}

test('a base folder that does not exist', fails, (folder) => extend(join(folder, 'nowhere'), folder), {
  code: 'tokenizer/not-found',
  says: /nowhere: the folder does not exist/,
});

const brokenMerges: Record<string, unknown> = {
  'of one token': ['hand'],
  'of three tokens': [['a', 'b', 'c']],
  'of a token that is none': ['a nowhere-at-all'],
  'into a token that is none': ['z q'],
  'that are numbers': [7],
};
for (const [name, merges] of Object.entries(brokenMerges))
  test(
    `merges ${name}`,
    fails,
    extendChanged((tokenizer) => tokenizer.model.merges.unshift(...(merges as []))),
    {
      code: 'tokenizer/wrong-type',
      says: /expected merges of two tokens[\s\S]* at 0/,
    },
  );

for (const [key, value] of [
  ['continuing_subword_prefix', '##'],
  ['end_of_word_suffix', '</w>'],
] as const)
  test(
    `a BPE with ${key}`,
    fails,
    extendChanged((tokenizer) => {
      tokenizer.model[key] = value;
    }),
    { code: 'tokenizer/wrong-type', says: new RegExp(`expected a BPE without ${key}`) },
  );

test(
  'what a runtime alone refuses',
  fails,
  extendChanged((tokenizer) => {
    tokenizer.normalizer = { type: 'Sequence', normalizers: [{ type: 'Nothing' }] };
  }),
  { code: 'tokenizer/not-loadable', says: /cannot be loaded: ./ },
);

test(
  'a tokenizer.json that is nested without end',
  fails,
  withBase((base) => writeFileSync(join(base, 'tokenizer.json'), `${'['.repeat(5000)}${']'.repeat(5000)}`)),
  { code: 'file/too-deep', says: /tokenizer\.json: is nested more than 200 levels deep/ },
);

test('an empty base folder', fails, (folder) => extend(folder, folder), {
  code: 'tokenizer/missing',
  says: /tokenizer\.json is missing; the folder is empty/,
});

test(
  'a base folder with other files alone',
  fails,
  (folder: string) => {
    writeFileSync(join(folder, 'tokenizer.model'), 'sentencepiece');
    return extend(folder, folder);
  },
  { code: 'tokenizer/missing', says: /the folder holds tokenizer\.model/ },
);

test(
  'a file in place of the base folder',
  fails,
  (folder: string) => {
    writeFileSync(join(folder, 'tokenizer.json'), '{}');
    return extend(join(folder, 'tokenizer.json'), folder);
  },
  { code: 'tokenizer/not-a-folder', says: /expected a folder/ },
);

test(
  'a tokenizer.json that was cut',
  fails,
  withBase((base) => {
    const path = join(base, 'tokenizer.json');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 3000));
  }),
  { code: 'file/not-json', says: /tokenizer\.json: is not valid JSON/ },
);

test(
  'a base folder without tokenizer_config.json',
  fails,
  withBase((base) => rmSync(join(base, 'tokenizer_config.json'))),
  { code: 'file/unreadable', says: /tokenizer_config\.json: the file is missing/ },
);

test(
  'a WordPiece tokenizer, as BERT has it',
  fails,
  extendChanged((tokenizer) => {
    tokenizer.model = { type: 'WordPiece', unk_token: '[UNK]', vocab: { '[UNK]': 0 } };
  }),
  { code: 'tokenizer/wrong-type', says: /expected a tokenizer of type BPE.*got "WordPiece"/ },
);

test(
  'a Unigram tokenizer, as T5 has it',
  fails,
  extendChanged((tokenizer) => {
    tokenizer.model = { type: 'Unigram', unk_id: 0, vocab: [['<unk>', 0]] };
  }),
  { code: 'tokenizer/wrong-type', says: /expected a tokenizer of type BPE.*got "Unigram"/ },
);

test(
  'a BPE over characters',
  fails,
  extendChanged((tokenizer) => {
    tokenizer.pre_tokenizer = { type: 'Whitespace' };
  }),
  { code: 'tokenizer/wrong-type', says: /expected a BPE over bytes/ },
);

for (const [name, content] of Object.entries({
  'a list': '[]',
  null: 'null',
  'a model alone': '{"model": 3}',
}))
  test(
    `a tokenizer.json that holds ${name}`,
    fails,
    withBase((base) => writeFileSync(join(base, 'tokenizer.json'), content)),
    { code: 'tokenizer/wrong-type', says: /expected a tokenizer\.json with a "model" section/ },
  );

test(
  'a tokenizer_config.json that holds a list',
  fails,
  withBase((base) => writeFileSync(join(base, 'tokenizer_config.json'), '[]')),
  { code: 'tokenizer/wrong-type', says: /tokenizer_config\.json: expected a map/ },
);

test(
  'a tokenizer with a hole in its ids',
  fails,
  extendChanged((tokenizer) => {
    const last = Object.keys(tokenizer.model.vocab).at(-1) as string;
    tokenizer.model.vocab[last] = 5000;
  }),
  { code: 'tokenizer/wrong-type', says: /ids without holes.*no token with id 319/ },
);

test(
  'a tokenizer without an end token',
  fails,
  extendChanged((_, config) => {
    config.eos_token = null;
  }),
  { code: 'tokenizer/no-end-token', says: /names no eos_token/ },
);

test(
  'a special token that tokenizer.json does not have',
  fails,
  extendChanged((_, config) => {
    config.eos_token = '<|end_of_text|>';
  }),
  { code: 'tokenizer/unknown-special-token', says: /eos_token is "<\|end_of_text\|>"/ },
);

test(
  'a tokenizer with the codes among its other tokens',
  fails,
  async (folder: string) => {
    await extend(await smallTokenizer(join(folder, 'base')), folder);
    const base = changedTokenizer(join(folder, 'out'), join(folder, 'changed'), (tokenizer) => {
      tokenizer.added_tokens.push({ ...tokenizer.added_tokens.at(-1), id: 324, content: '<mask>' });
    });
    return extend(base, join(folder, 'again'));
  },
  { code: 'vocabulary/token-clash', says: /4 of the 4 tokens to be added exist already: <a_0> <a_1>/ },
);

test('an index without levels', fails, async (folder) => extend(await smallTokenizer(folder), folder, []), {
  code: 'vocabulary/no-levels',
  says: /at least one level/,
});

test(
  'an index with a level of no digits',
  fails,
  async (folder) => extend(await smallTokenizer(folder), folder, [4, 0]),
  {
    code: 'vocabulary/no-levels',
    says: /levels of size \[4, 0\]/,
  },
);

test(
  'an index of a billion digits',
  fails,
  async (folder) => extend(await smallTokenizer(folder), folder, [1e9]),
  {
    code: 'vocabulary/too-many-codes',
    says: /at most 262144 code tokens/,
  },
);

test(
  'an index of more levels than letters',
  fails,
  async (folder: string) => extend(await smallTokenizer(folder), folder, Array(27).fill(2)),
  { code: 'vocabulary/too-many-levels', says: /\{letter\} can name 26 levels; the item index has 27/ },
);

const goodExtension = 'name: mine\nitem_codes:\n  pattern: <{letter}_{digit}>\n  initialise: normal\n';
const brokenExtensions: Record<string, [text: string, says: RegExp]> = {
  'with an unknown key': [
    `${goodExtension}  initialize: normal\n`,
    /:5: unknown key "initialize"; did you mean "initialise"\?/,
  ],
  'whose pattern has no {digit}': [
    goodExtension.replace('{digit}', 'x'),
    /:3: .*\{digit\} must stand in it exactly once/,
  ],
  'whose pattern has no level': [
    goodExtension.replace('{letter}', 'x'),
    /:3: .*either \{letter\} or \{level\}/,
  ],
  'whose pattern has an unknown name': [
    goodExtension.replace('letter', 'lettre'),
    /:3: .*\{lettre\} is unknown/,
  ],
  'whose pattern has white space': [goodExtension.replace('}_{', '} {'), /:3: .*white space/],
  'whose tokens would run together': [
    goodExtension.replace('<{letter}_{digit}>', 'x{letter}_{digit}x'),
    /:3: .*must start and end with a sign/,
  ],
  'whose level and digit run together': [
    goodExtension.replace('{letter}_', '{level}'),
    /:3: .*must stand between level and digit/,
  ],
  'with an unknown way to start': [goodExtension.replace('normal', 'zero'), /:4: item_codes\.initialise: /],
  'with a repeated control token': [
    `${goodExtension}control_tokens:\n  - {token: <x>, initialise: normal}\n  - {token: <x>, initialise: normal}\n`,
    /:7: .*"<x>" is repeated/,
  ],
  'with several problems': [
    goodExtension.replace('mine', 'Mine!').replace('normal', 'zero'),
    /:1: has problems:\n {2}line 1: .*\n {2}line 4: /,
  ],
};
for (const [name, [text, says]] of Object.entries(brokenExtensions))
  test(
    `an extension ${name}`,
    fails,
    (folder: string) => {
      writeFileSync(join(folder, 'mine.yaml'), text);
      return loadExtension(join(folder, 'mine.yaml'));
    },
    { code: 'vocabulary-extension/invalid', says },
  );

test(
  'an extension that is not YAML',
  fails,
  (folder: string) => {
    writeFileSync(join(folder, 'mine.yaml'), 'name: mine\nitem_codes: {pattern: [\n');
    return loadExtension(join(folder, 'mine.yaml'));
  },
  { code: 'vocabulary-extension/not-yaml', says: /mine\.yaml:\d+: is not valid YAML/ },
);

test('an extension that does not exist', fails, (folder) => loadExtension(join(folder, 'none.yaml')), {
  code: 'vocabulary-extension/unreadable',
  says: /none\.yaml: the file is missing/,
});

function loadAfter(change: (out: string, folder: string) => unknown) {
  return async (folder: string) => {
    await extend(await smallTokenizer(join(folder, 'base')), folder);
    await change(join(folder, 'out'), folder);
    return loadVocabulary(join(folder, 'out'));
  };
}

test(
  'a vocabulary.json beside another tokenizer.json',
  fails,
  loadAfter(async (out, folder) => {
    const other = join(folder, 'other');
    mkdirSync(other);
    await extend(await smallTokenizer(join(other, 'base'), 300), other);
    copyFolder(join(other, 'out', 'tokenizer.json'), join(out, 'tokenizer.json'));
  }),
  {
    code: 'vocabulary/not-together',
    says: /vocabulary\.json: does not belong to the tokenizer\.json next to it/,
  },
);

test(
  'a vocabulary.json whose ids were changed',
  fails,
  loadAfter((out) => {
    const path = join(out, 'vocabulary.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    file.item_codes.levels[1].first_id++;
    writeFileSync(path, JSON.stringify(file));
  }),
  { code: 'vocabulary/not-together', says: /expected <b_0> to have the id 323, got 322/ },
);

test(
  'a vocabulary.json of an unknown version',
  fails,
  loadAfter((out) => {
    const path = join(out, 'vocabulary.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"schema_version": 1', '"schema_version": 9'));
  }),
  { code: 'vocabulary/broken-file', says: /"schema_version"/ },
);

test(
  'a vocabulary folder without vocabulary.json',
  fails,
  loadAfter((out) => rmSync(join(out, 'vocabulary.json'))),
  {
    code: 'file/unreadable',
    says: /vocabulary\.json: the file is missing/,
  },
);

test(
  'training on no text',
  fails,
  (folder) => trainTokenizer({ texts: ['', '  '], vocabSize: 400, outFolder: folder }),
  {
    code: 'tokenizer/no-text',
    says: /every text is empty/,
  },
);

for (const vocabSize of [100, 1e6, 300.5])
  test(
    `training a vocabulary of ${vocabSize}`,
    fails,
    (folder: string) => trainTokenizer({ texts: titles, vocabSize, outFolder: folder }),
    { code: 'tokenizer/vocab-size', says: /expected a size from 260 to 30000/ },
  );
