import type { TokenizerFiles } from './tokenizer-files.ts';

/** The post-processor that puts one token before a text, and nothing behind it. */
export function startTokenTemplate(text: string, id: number): unknown {
  const start = (type_id: number) => ({ SpecialToken: { id: text, type_id } });
  const body = (name: 'A' | 'B') => ({ Sequence: { id: name, type_id: name === 'A' ? 0 : 1 } });
  return {
    type: 'TemplateProcessing',
    single: [start(0), body('A')],
    pair: [start(0), body('A'), start(1), body('B')],
    special_tokens: { [text]: { id: text, ids: [id], tokens: [text] } },
  };
}

/**
 * A tokenizer that puts before a text what rows are trained with, the start token or nothing, and never anything behind
 * it. Bases do not agree with themselves there: many name a start token that their tokenizer.json does not add (SmolLM2,
 * Pythia), some forbid one that it adds, and some add an end token. Some loaders go by the post-processor, some by the
 * flags of tokenizer_config.json.
 */
export function withStartToken(
  { tokenizer, config, folder }: TokenizerFiles,
  bosTokenId: number | null,
): TokenizerFiles {
  const text =
    tokenizer.added_tokens.find(({ id }) => id === bosTokenId)?.content ??
    Object.entries(tokenizer.model.vocab).find(([, id]) => id === bosTokenId)?.[0];
  const plain = addsTokens(tokenizer.post_processor) ? null : tokenizer.post_processor;
  return {
    folder,
    tokenizer: {
      ...tokenizer,
      post_processor:
        bosTokenId === null || text === undefined ? plain : startTokenTemplate(text, bosTokenId),
    },
    config: { ...config, add_bos_token: bosTokenId !== null, add_eos_token: false },
  };
}

function addsTokens(processor: unknown): boolean {
  const { type, processors } = (processor ?? {}) as { type?: string; processors?: unknown[] };
  return type === 'Sequence'
    ? (processors ?? []).some(addsTokens)
    : type !== undefined && type !== 'ByteLevel';
}
