import type { CodeTrie } from '../item-index/trie.ts';
import type { Generator } from '../models/generator.ts';
import { UserError } from '../shared/errors.ts';
import type { Vocabulary } from '../vocabulary/types.ts';
import type { Candidates } from './candidates.ts';

/** Checks that model, vocabulary and item index belong together; reports all mismatches at once. */
export function checkSetup(setup: {
  generator: Generator;
  trie: CodeTrie;
  vocabulary: Pick<Vocabulary, 'codeTokenIds'>;
  numBeams: number;
  maxBatchTokens: number;
}): void {
  checkCount('decoding/num-beams', 'num_beams', setup.numBeams);
  checkCount('decoding/batch-tokens', 'maxBatchTokens', setup.maxBatchTokens);
  checkVocabulary(setup.generator, setup.trie, setup.vocabulary);
}

export function checkVocabulary(
  generator: Generator,
  trie: CodeTrie,
  { codeTokenIds }: Pick<Vocabulary, 'codeTokenIds'>,
): void {
  const problems: string[] = [];
  if (codeTokenIds.length < trie.levels)
    problems.push(`codes have ${trie.levels} levels, the vocabulary has tokens for ${codeTokenIds.length}`);
  for (const [level, size] of trie.levelSizes.entries()) {
    const ids = codeTokenIds[level] ?? [];
    if (codeTokenIds.length > level && ids.length < size)
      problems.push(
        `level ${level + 1} of the codes uses digits up to ${size - 1}, the vocabulary has ${ids.length} tokens there`,
      );
    const beyond = ids.findIndex((id) => id >= generator.vocabularySize);
    if (beyond >= 0)
      problems.push(
        `digit ${beyond} of level ${level + 1} is token ${ids[beyond]}, the model knows ${generator.vocabularySize} tokens`,
      );
  }
  if (problems.length)
    throw new UserError(
      'decoding/mismatch',
      `model, vocabulary and item index do not belong together:\n  ${problems.join('\n  ')}`,
      { remedy: 'Use all three from one run, or train again after a change of the item index.' },
    );
}

export function checkList(k: number, numBeams: number): void {
  checkCount('decoding/list-length', 'the length of a list', k);
  if (k > numBeams)
    throw new UserError('decoding/list-length', `${numBeams} beams cannot fill a list of ${k}`, {
      remedy: `Ask for ${numBeams} or fewer, or raise decoding.num_beams.`,
    });
}

/** Checks the candidates (or null) of each prompt: only existing items. */
export function checkCandidates(
  candidates: readonly (Candidates | null)[] | undefined,
  prompts: number,
  items: number,
): void {
  if (!candidates) return;
  if (candidates.length !== prompts)
    throw new RangeError(`${candidates.length} sets of candidates for ${prompts} prompts`);
  for (const own of candidates)
    for (const item of [...(own?.only ?? []), ...(own?.without ?? [])])
      if (!(Number.isInteger(item) && item >= 0 && item < items))
        throw new RangeError(`candidate ${item} of a catalogue with ${items} items`);
}

/** Checks that every prompt has a token and leaves room for the digits that are fed after it. */
export function checkPrompts(prompts: readonly Int32Array[], generator: Generator, levels: number): void {
  // The last digit is never fed: nothing after it is scored.
  const longest = generator.longest - (levels - 1);
  for (const [at, prompt] of prompts.entries()) {
    const place = `prompt ${at + 1} of ${prompts.length}`;
    if (prompt.length === 0)
      throw new UserError('decoding/empty-prompt', 'is empty; expected one token or more', {
        place,
        remedy: 'Give a history of at least one item, or a text.',
      });
    if (prompt.length > longest)
      throw new UserError(
        'decoding/long-prompt',
        `has ${prompt.length} tokens; expected ${longest} at most (${generator.longest} positions, codes of ${levels} digits)`,
        { place, remedy: 'Shorten the history, or raise prompts.max_length and the positions of the model.' },
      );
    const strange = prompt.find((token) => token < 0 || token >= generator.vocabularySize);
    if (strange !== undefined)
      throw new UserError(
        'decoding/unknown-token',
        `holds token ${strange}; the model knows 0 to ${generator.vocabularySize - 1}`,
        { place, remedy: 'Use the tokenizer that the model was trained with.' },
      );
  }
}

function checkCount(code: string, what: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new UserError(code, `${what} is ${value}; expected a whole number of 1 or more`, {
      remedy: 'Correct the setting.',
    });
}
