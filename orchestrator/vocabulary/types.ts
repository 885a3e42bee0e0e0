/** A LLaMA-style tokenizer that knows the item codes. */
export interface Vocabulary {
  /** Number of token ids, item codes and control tokens included. */
  size: number;
  bosTokenId: number | null;
  eosTokenId: number;
  padTokenId: number;
  /** `codeTokenIds[level][digit]` is the id of that code token. */
  codeTokenIds: number[][];
  /** Ids of the control tokens by their text. */
  controlTokenIds: Record<string, number>;
  /** Token ids of a text that may contain codes; nothing is added before or after. */
  encode(text: string): number[];
  decode(tokenIds: ArrayLike<number>): string;
}
