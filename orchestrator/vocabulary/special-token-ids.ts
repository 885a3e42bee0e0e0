import { UserError } from '../shared/errors.ts';
import { specialTokenText, type TokenizerFiles } from './tokenizer-files.ts';

export interface SpecialTokenIds {
  bos_token_id: number | null;
  eos_token_id: number;
  pad_token_id: number;
}

/**
 * Ids of the tokens that start, end and pad a row. No start token where the tokenizer has none or says
 * `add_bos_token: false`; the end token pads where there is no padding token (its loss is never counted).
 */
export function specialTokenIds({ tokenizer, config }: TokenizerFiles, place: string): SpecialTokenIds {
  const idOf = (key: string): number | null => {
    const text = specialTokenText(config[key]);
    if (text === null) return null;
    const id =
      tokenizer.added_tokens.find(({ content }) => content === text)?.id ?? tokenizer.model.vocab[text];
    if (id !== undefined) return id;
    throw new UserError(
      'tokenizer/unknown-special-token',
      `${key} is "${text}", which tokenizer.json does not have`,
      {
        place,
        remedy: 'tokenizer.json and tokenizer_config.json do not belong together: copy both from one model.',
      },
    );
  };
  const eos = idOf('eos_token');
  if (eos === null)
    throw new UserError('tokenizer/no-end-token', 'the tokenizer names no eos_token', {
      place,
      remedy: 'Set "eos_token" in tokenizer_config.json to the token that ends a text, such as "</s>".',
    });
  return {
    bos_token_id: config.add_bos_token === false ? null : idOf('bos_token'),
    eos_token_id: eos,
    pad_token_id: idOf('pad_token') ?? eos,
  };
}
