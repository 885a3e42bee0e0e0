import type { Extension } from './extension.ts';
import type { TokenizerFiles } from './tokenizer-files.ts';

export interface KnownTokens {
  /** The tokenizer as it was before those tokens were added. */
  base: TokenizerFiles;
  /** Ids that tokens of the extension's names had, by text. */
  ids: Map<string, number>;
}

/**
 * Takes the tokens that an extension names off a tokenizer that was extended before (an export of eager-llm, a model of
 * LC-Rec), so that they can be added again in their order, however many there are now. Only where they are the last ids,
 * and nothing else is: otherwise they stay, and a name that is wanted again is a clash.
 */
export function takeOffKnown(files: TokenizerFiles, extension: Extension): KnownTokens {
  const { tokenizer, config } = files;
  const isCode = new RegExp(
    `^${escaped(extension.item_codes.pattern)
      .replace('\\{letter\\}', '[a-z]')
      .replace(/\\\{(level|digit)\\\}/g, '(?:0|[1-9][0-9]*)')}$`,
  );
  const control = new Set(extension.control_tokens.map(({ token }) => token));
  const known = tokenizer.added_tokens.filter(({ content }) => isCode.test(content) || control.has(content));
  const first = known.reduce((least, { id }) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const knownIds = new Set(known.map(({ id }) => id));
  const others = [...Object.values(tokenizer.model.vocab), ...tokenizer.added_tokens.map(({ id }) => id)];
  if (known.length === 0 || others.some((id) => id >= first && !knownIds.has(id)))
    return { base: files, ids: new Map() };
  const texts = new Set(known.map(({ content }) => content));
  const decoder = Object.entries((config.added_tokens_decoder ?? {}) as object);
  return {
    base: {
      ...files,
      tokenizer: {
        ...tokenizer,
        added_tokens: tokenizer.added_tokens.filter(({ id }) => !knownIds.has(id)),
        // Some tools put added tokens there too.
        model: {
          ...tokenizer.model,
          vocab: Object.fromEntries(
            Object.entries(tokenizer.model.vocab).filter(([text]) => !texts.has(text)),
          ),
        },
      },
      config: {
        ...config,
        ...(decoder.length > 0
          ? { added_tokens_decoder: Object.fromEntries(decoder.filter(([id]) => Number(id) < first)) }
          : {}),
      },
    },
    ids: new Map(known.map(({ content, id }) => [content, id])),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
