import { type Block, type DecodeBlocksOptions, rowsOf } from './blocks.ts';

/** Decodes blocks in this process, in their order. */
export async function decodeHere(options: DecodeBlocksOptions): Promise<void> {
  const { run, blocks, k, rules, block, onDecoded, onBlock, signal } = options;
  const begun: Block[] = [];
  const users = function* () {
    for (const own of blocks) {
      begun.push(own);
      yield* own.ids;
    }
  };
  let before = 0;
  const lists = run.recommendAll(users(), {
    ...rules,
    k,
    block,
    emptyUnknown: true,
    signal,
    onDecoded: (decoded) => {
      onDecoded(decoded - before);
      before = decoded;
    },
  });
  let [text, left] = ['', 0];
  for await (const list of lists) {
    if (left === 0) left = begun[0].ids.length;
    text += rowsOf(list);
    if (--left > 0) continue;
    onBlock(begun.shift()!.number, text);
    text = '';
  }
}
