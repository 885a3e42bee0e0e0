import type { OpenRun, RecommendAllOptions, UserList } from '../serving/index.ts';

/** Users whose lists are written together. */
export interface Block {
  number: number;
  ids: string[];
}

/** What holds for every list. */
export type ListRules = Pick<
  RecommendAllOptions,
  'exclude' | 'exclude_history' | 'where' | 'boost' | 'diversity'
>;

/** A way of decoding blocks. */
export type DecodeBlocks = (options: DecodeBlocksOptions) => Promise<void>;

export interface DecodeBlocksOptions {
  run: OpenRun;
  /** Those that are not there yet. They can be read once. */
  blocks: Iterable<Block>;
  k: number;
  rules: ListRules;
  /** Users of a block, but for the last. */
  block: number;
  /** A folder for what is half made; it goes with the parts. */
  folder: string;
  /** So many more users are decoded. */
  onDecoded(users: number): void;
  /** The rows of a block, in any order of blocks. */
  onBlock(number: number, rows: string): void;
  onNote(text: string): void;
  signal?: AbortSignal | undefined;
}

export function* blocksOf(users: Iterable<string>, size: number): Iterable<Block> {
  let block: Block = { number: 0, ids: [] };
  for (const id of users) {
    block.ids.push(id);
    if (block.ids.length < size) continue;
    yield block;
    block = { number: block.number + 1, ids: [] };
  }
  if (block.ids.length > 0) yield block;
}

/** Columns of the lists. */
export const listColumns = ['user_id', 'rank', 'item_id', 'score', 'cold'] as const;

/** A line for each item. */
export function rowsOf({ user, items }: UserList): string {
  return items
    .map(({ item_id, score, cold = false }, at) => {
      const row: Record<(typeof listColumns)[number], unknown> = {
        user_id: user,
        rank: at + 1,
        item_id,
        score,
        cold,
      };
      return `${JSON.stringify(row)}\n`;
    })
    .join('');
}
