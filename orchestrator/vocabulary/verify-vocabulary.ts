import { messageOf, UserError } from '../shared/errors.ts';
import { tokensOf } from './load-vocabulary.ts';
import { loadRuntime, type RuntimeName, type TokenizerRuntime } from './runtimes.ts';
import { textsWithCodes } from './texts-with-codes.ts';
import { readVocabularyFile } from './vocabulary-file.ts';

const rowLength = 256;
/** @xenova/transformers takes milliseconds a text when thousands of tokens were added: there, an even sample stands for all. */
const sampleSizes: Partial<Record<RuntimeName, number>> = { '@xenova/transformers': 1024 };

export interface Verification {
  /** Added tokens that were encoded and decoded alone and in rows, by runtime. */
  tokens: Partial<Record<RuntimeName, number>>;
  /** Texts with codes whose ids were compared. */
  texts: number;
}

/**
 * Checks in each runtime that every added token is one id and decodes to itself, alone and in a row, and that texts
 * with codes in all surroundings give the same ids everywhere, with each code whole, and with the start token of training
 * before them and nothing behind them. Throws a UserError that names the runtimes, the text and the ids where it is not so.
 */
export async function verifyVocabulary(
  folder: string,
  runtimes: readonly RuntimeName[] = ['tokenizers', '@huggingface/transformers'],
): Promise<Verification> {
  const file = readVocabularyFile(folder);
  const start = file.bos_token_id === null ? [] : [file.bos_token_id];
  const added = Object.entries(tokensOf(file));
  const texts = textsWithCodes(added.map(([token]) => token));
  const idsByToken = new Map(added);
  const fail = (message: string) =>
    new UserError('vocabulary/runtimes-disagree', message, {
      place: folder,
      remedy:
        'This tokenizer cannot carry item codes in every runtime: use another base_tokenizer, or null to train one.',
    });

  const tokens: Verification['tokens'] = {};
  let first: { name: RuntimeName; ids: number[][] } | null = null;
  for (const name of runtimes) {
    const runtime = await load(name, folder, fail);
    const checked = evenSample(added, sampleSizes[name] ?? added.length);
    await checkTokens(runtime, checked, fail);
    tokens[name] = checked.length;
    const ids = await runtime.encode(texts);
    const whole = await runtime.encodeWhole(texts);
    for (const [at, text] of texts.entries()) {
      if (whole[at].join() !== [...start, ...ids[at]].join())
        throw fail(
          `${name} does not put ${start.length > 0 ? `the start token ${start}` : 'nothing'} before ${JSON.stringify(text)}, as rows are trained: expected ${[...start, ...ids[at]]}, got ${whole[at]}`,
        );
      const codes = ids[at].filter((id) => id >= added[0][1]);
      const expected = codesIn(text, idsByToken);
      if (codes.join() !== expected.join())
        throw fail(
          `${name} does not keep the codes of ${JSON.stringify(text)}: expected ${expected}, got ${codes}`,
        );
      if (first && first.ids[at].join() !== ids[at].join())
        throw fail(
          `${first.name} and ${name} give other ids for ${JSON.stringify(text)}: ${first.ids[at]} and ${ids[at]}`,
        );
    }
    first ??= { name, ids };
  }
  return { tokens, texts: texts.length };
}

/** At most `size` entries, evenly spread, first and last among them. */
function evenSample<T>(values: readonly T[], size: number): T[] {
  if (values.length <= size) return [...values];
  return Array.from({ length: size }, (_, at) => values[Math.round((at / (size - 1)) * (values.length - 1))]);
}

async function load(
  name: RuntimeName,
  folder: string,
  fail: (message: string) => UserError,
): Promise<TokenizerRuntime> {
  try {
    return await loadRuntime(name, folder);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw fail(`${name} cannot load the tokenizer: ${messageOf(error)}`);
  }
}

/** Each token alone, and all of them in one row. */
async function checkTokens(
  runtime: TokenizerRuntime,
  added: [string, number][],
  fail: (message: string) => UserError,
): Promise<void> {
  const tokens = added.map(([token]) => token);
  const ids = added.map(([, id]) => id);
  const encoded = await runtime.encode(tokens);
  const decoded = await runtime.decode(ids.map((id) => [id]));
  for (const [at, token] of tokens.entries()) {
    if (encoded[at].length !== 1 || encoded[at][0] !== ids[at])
      throw fail(`${runtime.name} encodes ${token} as [${encoded[at]}], expected [${ids[at]}]`);
    if (decoded[at] !== token)
      throw fail(`${runtime.name} decodes [${ids[at]}] to ${JSON.stringify(decoded[at])}, expected ${token}`);
  }
  // Rows of some hundreds, as prompts have them: one of all codes would take @xenova/transformers minutes.
  for (let from = 0; from < tokens.length; from += rowLength) {
    const row = tokens.slice(from, from + rowLength).join('');
    const rowIds = ids.slice(from, from + rowLength);
    const [found] = await runtime.encode([row]);
    if (found.join() !== rowIds.join())
      throw fail(`${runtime.name} does not keep the codes from ${tokens[from]} on apart in a row`);
    const [text] = await runtime.decode([rowIds]);
    if (text !== row)
      throw fail(
        `${runtime.name} decodes a row of codes to ${JSON.stringify(text.slice(0, 80))}…, expected ${row.slice(0, 80)}…`,
      );
  }
}

/** Ids of the added tokens in a text, left to right: what a right tokenizer must find. */
function codesIn(text: string, idsByToken: Map<string, number>): number[] {
  const found: number[] = [];
  let longest = 0;
  for (const token of idsByToken.keys()) longest = Math.max(longest, token.length);
  for (let at = 0; at < text.length; ) {
    let length = Math.min(longest, text.length - at);
    while (length > 0 && !idsByToken.has(text.slice(at, at + length))) length--;
    if (length > 0) found.push(idsByToken.get(text.slice(at, at + length)) as number);
    at += Math.max(length, 1);
  }
  return found;
}
