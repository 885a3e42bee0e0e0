import { join } from 'node:path';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { nameCodeTokens } from '../vocabulary/token-names.ts';
import { readVocabularyFile } from '../vocabulary/vocabulary-file.ts';

const codesFileName = 'codes.json';

/**
 * Writes `codes.json`: every code with its token ids and the items that stand on it, so that what the model writes
 * can be read, and be kept to codes that exist, without eager-llm.
 */
export function writeCodes(
  folder: string,
  { index, vocabulary, dataset }: Pick<PromptArtefacts, 'index' | 'vocabulary' | 'dataset'>,
  vocabularyFolder: string,
): void {
  const { levels, codes } = index;
  const { pattern, levels: sizes } = readVocabularyFile(vocabularyFolder).item_codes;
  const names = nameCodeTokens(
    pattern,
    sizes.map(({ size }) => size),
  );
  const itemsOf = new Map<string, number[]>();
  for (let item = 0; item < dataset.items.length; item++) {
    const digits = codes.subarray(item * levels, (item + 1) * levels).join();
    itemsOf.set(digits, [...(itemsOf.get(digits) ?? []), item]);
  }
  writeFileAtomic(join(folder, codesFileName), lines());

  function* lines(): Generator<string> {
    const { bosTokenId, eosTokenId, padTokenId } = vocabulary;
    const ids = { bos_token_id: bosTokenId, eos_token_id: eosTokenId, pad_token_id: padTokenId };
    yield `{"schema_version": 1, "levels": ${levels}, ${JSON.stringify(ids).slice(1, -1)}, "codes": [`;
    let separator = '\n';
    for (const [key, items] of itemsOf) {
      const digits = key.split(',').map(Number);
      const entry = {
        code: digits.map((digit, level) => names[level][digit]).join(''),
        token_ids: digits.map((digit, level) => vocabulary.codeTokenIds[level][digit]),
        items: items.map((item) => {
          const { item_id, title } = dataset.items[item];
          return { item_id, title };
        }),
      };
      yield separator + JSON.stringify(entry);
      separator = ',\n';
    }
    yield '\n]}\n';
  }
}
