import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { loadRuntime, runtimeNames } from '../../orchestrator/vocabulary/runtimes.ts';
import { verifyVocabulary } from '../../orchestrator/vocabulary/verify-vocabulary.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { changedTokenizer, shippedExtension, smallTokenizer } from './fixtures.ts';
import { extendedWith, startTokenBases } from './start-token-bases.ts';

for (const [what, { processor, flags, start }] of Object.entries(startTokenBases))
  test(`every loader puts before a text what rows are trained with, where the base ${what}`, async (t) => {
    const outFolder = await extendedWith(temporaryFolder(t), processor, flags);
    const vocabulary = await loadVocabulary(outFolder);
    t.is(vocabulary.bosTokenId, start[0] ?? null);
    const text = 'Coconut <a_1><b_0>';
    for (const name of runtimeNames) {
      const [ids] = await (await loadRuntime(name, outFolder)).encodeWhole([text]);
      t.deepEqual(ids, [...start, ...vocabulary.encode(text)], name);
    }
    await verifyVocabulary(outFolder);
    const config = JSON.parse(readFileSync(join(outFolder, 'tokenizer_config.json'), 'utf8'));
    t.deepEqual([config.add_bos_token, config.add_eos_token], [start.length > 0, false]);
  });

test('a tokenizer that adds another start than rows are trained with is refused', async (t) => {
  const folder = temporaryFolder(t);
  const outFolder = join(folder, 'out');
  const baseTokenizer = await smallTokenizer(join(folder, 'base'));
  await extendTokenizer({ baseTokenizer, levelSizes: [3], extension: shippedExtension(), outFolder });
  changedTokenizer(outFolder, outFolder, (tokenizer) => {
    tokenizer.post_processor = null;
  });
  await t.throwsAsync(verifyVocabulary(outFolder), {
    message: /tokenizers does not put the start token 1 before/,
  });
});
