import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { byteLevelAlphabet, Tokenizer } from 'tokenizers';
import { UserError } from '../shared/errors.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { largestBpe } from './settings.ts';
import { startTokenTemplate } from './start-token.ts';
import {
  type AddedToken,
  byteLevelModel,
  type TokenizerJson,
  writeTokenizerFiles,
} from './tokenizer-files.ts';

export interface TrainOptions {
  /** Item texts, and whatever else the model is to read (prompt templates). */
  texts: Iterable<string>;
  /** Number of ids: 4 special tokens, 256 bytes, and one for each merge. */
  vocabSize: number;
  outFolder: string;
  /** Texts beyond this many characters are not read: the first ones are enough to learn merges. */
  maximalCharacters?: number | undefined;
}

const specialTokens = ['<unk>', '<s>', '</s>', '<pad>'];
const smallestSize = specialTokens.length + 256;

/**
 * Trains a LLaMA-style byte-level BPE and writes it in Hugging Face form; returns the size it got, which is
 * below `vocabSize` when the texts have too few different pairs. Deterministic: equal texts give equal files.
 *
 * The binding's `train` takes no settings and always goes on to 30,000 tokens. BPE is greedy, so its first merges
 * are those of a smaller training: they are kept, and the rest is dropped.
 */
export async function trainTokenizer(options: TrainOptions): Promise<number> {
  const { texts, vocabSize, outFolder, maximalCharacters = 50_000_000 } = options;
  if (!Number.isInteger(vocabSize) || vocabSize < smallestSize || vocabSize > largestBpe)
    throw new UserError(
      'tokenizer/vocab-size',
      `expected a size from ${smallestSize} to ${largestBpe}, got ${vocabSize}`,
      {
        place: 'vocabulary.bpe_vocab_size',
        remedy:
          'For a larger vocabulary, take the tokenizer of a pretrained model as vocabulary.base_tokenizer.',
      },
    );
  const allMerges = learnMerges(texts, outFolder, maximalCharacters);
  const vocab = Object.fromEntries([...specialTokens, ...byteTokens()].map((token, id) => [token, id]));
  const merges: string[] = [];
  for (const [left, right] of allMerges) {
    if (smallestSize + merges.length >= vocabSize) break;
    vocab[left + right] = smallestSize + merges.length;
    merges.push(`${left} ${right}`);
  }
  const added = specialTokens.map((content, id) => specialToken(id, content));
  writeTokenizerFiles(outFolder, {
    tokenizer: tokenizerJson(vocab, merges, added),
    config: {
      add_bos_token: true,
      added_tokens_decoder: Object.fromEntries(added.map(({ id, ...token }) => [String(id), token])),
      bos_token: '<s>',
      clean_up_tokenization_spaces: false,
      eos_token: '</s>',
      model_max_length: 1_000_000,
      pad_token: '<pad>',
      tokenizer_class: 'PreTrainedTokenizerFast',
      unk_token: '<unk>',
    },
    folder: null,
  });
  return Object.keys(vocab).length;
}

/** The binding reads its texts from a file and writes its merges to one: both are removed at once. */
function learnMerges(
  texts: Iterable<string>,
  outFolder: string,
  maximalCharacters: number,
): [string, string][] {
  const scratch = join(outFolder, `training.${process.pid}.tmp`);
  makeFolder(scratch);
  try {
    const corpus = join(scratch, 'corpus.txt');
    if (writeCorpus(corpus, texts, maximalCharacters) === 0)
      throw new UserError(
        'tokenizer/no-text',
        'there is no text to train a tokenizer on: every text is empty',
        {
          remedy: 'Give the items titles, or name a pretrained tokenizer as vocabulary.base_tokenizer.',
        },
      );
    const trainer = Tokenizer.fromString(JSON.stringify(tokenizerJson({}, [], [])));
    trainer.train([corpus]);
    trainer.save(join(scratch, 'trained.json'));
    const { model } = JSON.parse(readFileSync(join(scratch, 'trained.json'), 'utf8')) as TokenizerJson;
    return model.merges.map((merge) =>
      Array.isArray(merge) ? merge : (merge.split(' ') as [string, string]),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One text a line; returns how many characters were written. */
function writeCorpus(path: string, texts: Iterable<string>, maximalCharacters: number): number {
  const file = openSync(path, 'w');
  let characters = 0;
  let held = '';
  try {
    for (const text of texts) {
      if (text.trim() === '') continue;
      if (characters + text.length > maximalCharacters) break;
      characters += text.length;
      held += `${text}\n`;
      if (held.length < 1 << 20) continue;
      writeSync(file, held);
      held = '';
    }
    writeSync(file, held);
  } finally {
    closeSync(file);
  }
  return characters;
}

function tokenizerJson(vocab: Record<string, number>, merges: string[], added: AddedToken[]): TokenizerJson {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        {
          type: 'Split',
          // Words and runs of signs with the space before them, single digits, white space.
          pattern: { Regex: ' ?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+' },
          behavior: 'Isolated',
          invert: false,
        },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: added.length === 0 ? null : startTokenTemplate('<s>', 1),
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
    model: byteLevelModel(vocab, merges),
  };
}

function specialToken(id: number, content: string): AddedToken {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}

/** The 256 signs that stand for bytes, in the order of their code points. */
function byteTokens(): string[] {
  return byteLevelAlphabet().sort((a, b) => (a < b ? -1 : 1));
}
