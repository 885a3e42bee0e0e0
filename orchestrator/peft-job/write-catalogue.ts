import { int64From } from '../engine/int64.ts';
import type { CodeTrie } from '../item-index/trie.ts';
import { type StoredTensor, writeSafetensors } from '../storage/safetensors.ts';
import type { CodeDigits } from '../training/code-digits.ts';
import { type Log, shareTable } from '../training/teacher.ts';

/**
 * The codes of the catalogue as the trie has them: `starts/DEPTH`, `digits/DEPTH`, `items`, `codes` [items, levels], and
 * `code_tokens/LEVEL` [digits]. With `log`, whose digits are learned among those that can come, `event_items` [events]
 * and `forecast_begins` [events]: where the shares of an event begin in the forecasts, -1 where there are none.
 */
export function writeCatalogue(path: string, trie: CodeTrie, digits: CodeDigits, log: Log | null): void {
  const column = (data: Int32Array | BigInt64Array) => ({ shape: [data.length], data });
  const tensors: Record<string, StoredTensor> = {
    items: column(trie.items),
    codes: { shape: [trie.codes.length / trie.levels, trie.levels], data: trie.codes },
  };
  for (const [depth, starts] of trie.starts.entries()) tensors[`starts/${depth}`] = column(starts);
  for (const [level, own] of trie.digits.entries()) tensors[`digits/${level}`] = column(own);
  for (const [level, ids] of digits.codeTokens.entries()) tensors[`code_tokens/${level}`] = column(ids);
  if (log) {
    tensors.event_items = column(log.events);
    tensors.forecast_begins = column(int64From(shareTable(log, digits).begin));
  }
  writeSafetensors(path, tensors);
}
