import { meansOf } from '../clustering/balanced-kmeans.ts';
import { distances } from '../clustering/distances.ts';
import { createBreathe } from '../shared/breathe.ts';
import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { digitsInUse, nearestWhere } from './digits-in-use.ts';
import { withLevelSizes } from './paths.ts';
import { prefixGroups } from './prefix-groups.ts';
import { fitPreparation, joinPoints, preparePoints } from './prepare-points.ts';
import { maximalLevels, tokenName } from './token-name.ts';
import type { ItemIndex } from './types.ts';

/** The embedding behind the next `levels` levels of the codes. */
export interface AppendSource {
  /** [old items, d] */
  old: Matrix;
  /** [new items, d], from the same encoder */
  added: Matrix;
  levels: number;
}

export interface AppendResult {
  /** The old items with their old codes, then the new ones; no new code is taken twice. */
  index: ItemIndex;
  /** Token names that the old index did not need; the vocabulary has to be extended by them. */
  newTokens: string[];
}

/**
 * Gives new items codes and leaves the old ones as they are. Source by source, in the order of the levels: a new item
 * joins the nearest prefix by the mean of its items. Where the source's path alone told the old items apart, it goes on
 * to do so: the prefix stops before the last digit, and the item takes the free digit there whose items lie most like it
 * within their prefixes. The levels may end with one that belongs to no source: the digit that tells apart.
 *
 * `keepVocabulary` (default): a prefix without a free digit is passed over for the next nearest, and a new digit beyond
 * the level's size comes only when all are full. Without it the nearest prefix is taken, with a new digit if it is full.
 */
export async function appendItems(
  index: ItemIndex,
  sources: readonly AppendSource[],
  { keepVocabulary = true, signal }: { keepVocabulary?: boolean; signal?: AbortSignal } = {},
): Promise<AppendResult> {
  checkSources(index, sources);
  const added = sources[0].added.rows;
  const { levels } = index;
  const codes = new Int32Array(added * levels);
  const prepared = sources.map((source) => {
    const preparation = fitPreparation(source.old);
    return {
      ...source,
      old: preparePoints(source.old, preparation),
      added: preparePoints(source.added, preparation),
    };
  });
  const breathe = createBreathe(signal);
  let from = 0;
  for (const source of prepared) {
    const paths = await choosePaths(index, source, from, keepVocabulary, breathe);
    for (let item = 0; item < added; item++)
      codes.set(paths.subarray(item * source.levels, (item + 1) * source.levels), item * levels + from);
    from += source.levels;
  }
  tellApart(index, codes, joinSources(prepared), from < levels);
  return {
    index: withLevelSizes({ levels, codes: appended(index.codes, codes) }),
    newTokens: tokensBeyond(index, codes),
  };
}

/** [new items * levels of the source] */
async function choosePaths(
  index: ItemIndex,
  { old, added, levels }: AppendSource,
  from: number,
  keepVocabulary: boolean,
  breathe: () => Promise<void>,
): Promise<Int32Array> {
  const to = from + levels;
  const identifies = prefixGroups(index, from, to).count === old.rows;
  const depth = identifies ? levels - 1 : levels;
  const prefixes = prefixGroups(index, from, from + depth);
  const centres = meansOf(old, prefixes.groups, prefixes.count);
  const example = new Int32Array(prefixes.count);
  for (let item = 0; item < old.rows; item++) example[prefixes.groups[item]] = item;
  const lastDigits = identifies ? digitsInUse(index, to - 1, old, prefixes.groups, centres) : undefined;

  const paths = new Int32Array(added.rows * levels);
  const costs = new Float32Array(prefixes.count);
  for (let item = 0; item < added.rows; item++) {
    await breathe();
    const point = createMatrix(1, added.columns, rowOf(added, item));
    distances(point, centres, costs);
    const nearest = nearestWhere(costs, (prefix) => !keepVocabulary || !lastDigits?.isFull(prefix));
    const prefix = nearest >= 0 ? nearest : nearestWhere(costs, () => true);
    const code = index.codes.subarray(example[prefix] * index.levels);
    for (let level = 0; level < depth; level++) paths[item * levels + level] = code[from + level];
    if (lastDigits) paths[item * levels + depth] = lastDigits.take(prefix, point, rowOf(centres, prefix));
  }
  return paths;
}

/** Makes every new code unique: sets the last digit where it belongs to no source, and changes it elsewhere. */
function tellApart(
  index: ItemIndex,
  codes: Int32Array,
  { old, added }: Pick<AppendSource, 'old' | 'added'>,
  lastIsOpen: boolean,
): void {
  const { levels } = index;
  const last = levels - 1;
  const prefixes = prefixGroups({ levels, codes: appended(index.codes, codes) }, 0, last);
  const oldGroups = prefixes.groups.subarray(0, old.rows);
  const centres = meansOf(old, oldGroups, prefixes.count);
  const digits = digitsInUse(index, last, old, oldGroups, centres);
  const hasOld = new Set(oldGroups);
  for (let item = 0; item < added.rows; item++) {
    const at = item * levels + last;
    const prefix = prefixes.groups[old.rows + item];
    if (!lastIsOpen && digits.claim(prefix, codes[at])) continue;
    const point = createMatrix(1, added.columns, rowOf(added, item));
    // Alone under its prefix, an item lies at its own centre.
    codes[at] = digits.take(prefix, point, hasOld.has(prefix) ? rowOf(centres, prefix) : point.data);
  }
}

function appended(old: Int32Array, added: Int32Array): Int32Array {
  const all = new Int32Array(old.length + added.length);
  all.set(old);
  all.set(added, old.length);
  return all;
}

function joinSources(sources: readonly AppendSource[]): { old: Matrix; added: Matrix } {
  const [{ old }] = sources;
  // Joined together, so that both are scaled alike.
  const joined = joinPoints(sources.map((source) => stack(source.old, source.added)));
  const split = old.rows * joined.columns;
  return {
    old: createMatrix(old.rows, joined.columns, joined.data.slice(0, split)),
    added: createMatrix(joined.rows - old.rows, joined.columns, joined.data.slice(split)),
  };
}

function stack(upper: Matrix, lower: Matrix): Matrix {
  const stacked = createMatrix(upper.rows + lower.rows, upper.columns);
  stacked.data.set(upper.data);
  stacked.data.set(lower.data, upper.data.length);
  return stacked;
}

function tokensBeyond({ levels, levelSizes }: ItemIndex, codes: Int32Array): string[] {
  const names = new Set<string>();
  for (let at = 0; at < codes.length; at++)
    if (codes[at] >= levelSizes[at % levels]) names.add(tokenName(at % levels, codes[at]));
  return [...names].sort();
}

function checkSources(index: ItemIndex, sources: readonly AppendSource[]): void {
  const covered = sources.reduce((sum, source) => sum + source.levels, 0);
  const open = index.levels - covered;
  if (sources.length === 0 || sources.some(({ levels }) => !(levels >= 1)) || open < 0 || open > 1)
    throw new UserError(
      'item-index/append-levels',
      `the sources stand for ${covered} levels, the index has ${index.levels}; expected all of them, or all but the last`,
      {
        place: 'levels',
        remedy: `Give the number of levels of each source, at most ${maximalLevels} in total.`,
      },
    );
  const items = index.codes.length / index.levels;
  for (const { old, added } of sources) {
    const problem =
      old.rows !== items
        ? `the old embedding has ${old.rows} rows, the index ${items} items`
        : added.rows !== sources[0].added.rows
          ? `one source has ${added.rows} new items, another ${sources[0].added.rows}`
          : old.columns !== added.columns
            ? `old rows have ${old.columns} numbers, new rows ${added.columns}`
            : added.data.some((value) => !Number.isFinite(value))
              ? 'a new embedding holds a number that is not finite'
              : undefined;
    if (problem)
      throw new UserError('item-index/append-embeddings', problem, {
        place: 'embeddings',
        remedy: 'Embed the new items with the encoder of the old ones, and use the index of that run.',
      });
  }
}
