import { add, gatherRows, layerNorm, matMul } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { Value } from '../../engine/types.ts';
import { padRows } from '../generation/padded-rows.ts';
import type { ModelTensors } from '../model.ts';
import { type SourceReader, sourceFeeds } from '../t5/source-reader.ts';
import { type LigerConfig, tokensOfItem } from './config.ts';
import { digitsTensor, normName, positionsTensor, projectionName, textsTensor } from './tensors.ts';

/**
 * What the encoder of a LIGER reads: for each digit of each item its token's row, the projected text of the item, and
 * rows for the item's place in the history and the digit's in the code; their sum, normalised.
 */
export function itemReader(config: LigerConfig): SourceReader {
  return {
    embed(tensors) {
      const at = (name: string) => input(name, ['B*E'], 'int64');
      const { weight } = tensors;
      const texts = projectTexts(tensors, gatherRows(weight(textsTensor), input('items', ['N'], 'int64')));
      const places = add(
        gatherRows(weight(positionsTensor), at('item_places')),
        gatherRows(weight(digitsTensor), at('digit_places')),
      );
      const meaning = add(tensors.embed(at('source')), gatherRows(texts, at('items_of')));
      return layerNorm(
        add(meaning, places),
        weight(`${normName}.weight`),
        weight(`${normName}.bias`),
        config.layer_norm_eps,
      );
    },
    feeds(rows) {
      const read = rows.map((row) => itemsIn(config, row));
      const { feeds, length } = sourceFeeds(
        config.backbone,
        read.map(({ tokens }) => tokens),
      );
      const numbers = read.flatMap(({ items }) => items);
      let before = 0;
      const own = read.map(({ items, tokens }) => {
        const first = before;
        before += items.length;
        const each = (of: (at: number) => number) => Int32Array.from(tokens.keys(), of);
        const { code_levels: levels } = config;
        return {
          of: each((at) => first + Math.floor(at / levels)),
          place: each((at) => Math.floor(at / levels)),
          digit: each((at) => at % levels),
        };
      });
      const padded = (pick: (row: (typeof own)[number]) => Int32Array) => {
        const { tokens } = padRows(own.map(pick));
        return { shape: [tokens.length], data: int64From(tokens) };
      };
      // Kernels want at least one row.
      const known = numbers.length > 0 ? numbers : [0];
      return {
        feeds: {
          ...feeds,
          items: { shape: [known.length], data: int64From(known) },
          items_of: padded(({ of }) => of),
          item_places: padded(({ place }) => place),
          digit_places: padded(({ digit }) => digit),
        },
        length,
      };
    },
  };
}

/** texts [n, text size] -> [n, width]; histories and the items that are ranked go through the same projection. */
export function projectTexts({ weight }: ModelTensors, texts: Value): Value {
  const projected = matMul(texts, weight(`${projectionName}.weight`), { transB: true });
  return add(projected, weight(`${projectionName}.bias`));
}

/** The latest items of a source, and the tokens of their codes. */
function itemsIn(config: LigerConfig, row: Int32Array): { items: number[]; tokens: Int32Array } {
  const size = tokensOfItem(config);
  const latest = row.subarray(-size * config.max_items);
  return {
    items: [...latest.filter((_, at) => at % size === 0)],
    tokens: latest.filter((_, at) => at % size !== 0),
  };
}
