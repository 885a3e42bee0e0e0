import { createTopList, lowestUseful, offer } from '../../decoding/top-list.ts';
import { matMul } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { compile, type Program } from '../../engine/program.ts';
import { createBreathe } from '../../shared/breathe.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { rowsAtOnce } from '../../shared/rows-at-once.ts';
import { takeRows } from '../../shared/take-rows.ts';

/** The items whose texts are most like those of one item, without itself: at most 20. */
export interface RelativesOfItem {
  items: Int32Array;
  /** Their squared cosines, brought to a sum of 1. */
  weights: Float32Array;
}

export interface Relatives {
  /** Finds those of items that are asked for the first time; to be awaited before `of`. */
  find(items: Iterable<number>): Promise<void>;
  of(item: number): RelativesOfItem;
}

const mostRelatives = 20;

/** Who is related to whom, found when first asked for. `texts`: [items x width], rows of length 1. */
export function relativesBy(texts: Matrix): Relatives {
  const known = new Map<number, RelativesOfItem>();
  const atOnce = rowsAtOnce(texts.rows);
  return {
    async find(items) {
      const missing = [...new Set(items)].filter((item) => !known.has(item));
      const breathe = createBreathe();
      for (let start = 0; start < missing.length; start += atOnce) {
        const own = missing.slice(start, start + atOnce);
        const cosines = await cosinesOf(own, texts);
        for (const [row, item] of own.entries()) {
          known.set(item, mostAlike(rowOf(cosines, row), item));
          await breathe();
        }
      }
    },
    of: (item) => known.get(item)!,
  };
}

/** [items asked for x all items] */
async function cosinesOf(items: readonly number[], texts: Matrix): Promise<Matrix> {
  program ??= compile('cosines', {
    y: matMul(input('x', ['asked', 'd']), input('all', ['items', 'd']), { transB: true }),
  });
  const cosines = createMatrix(items.length, texts.rows);
  const view = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });
  await (await program).run({ x: view(takeRows(texts, items)), all: view(texts) }, { y: view(cosines) });
  return cosines;
}

/** One program for all sizes, compiled when first needed. */
let program: Promise<Program> | undefined;

function mostAlike(cosines: Float32Array, own: number): RelativesOfItem {
  const top = createTopList(mostRelatives);
  for (let item = 0; item < cosines.length; item++)
    if (item !== own && cosines[item] > 0 && cosines[item] >= lowestUseful(top))
      offer(top, cosines[item], item, 0);
  const squares = top.scores.subarray(0, top.size).map((cosine) => cosine ** 2);
  const sum = squares.reduce((total, each) => total + each, 0);
  return { items: top.nodes.slice(0, top.size), weights: Float32Array.from(squares, (each) => each / sum) };
}
