import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import { type AppendResult, type AppendSource, appendItems } from './append-items.ts';
import { levelSources } from './level-sources.ts';
import { joinPaths, withLevelSizes } from './paths.ts';
import { fitPreparation, joinPoints, preparePoints } from './prepare-points.ts';
import type { ItemIndexSettings, Source } from './settings.ts';
import { streamsOf } from './streams.ts';
import { tokenName } from './token-name.ts';
import type { ItemIndex } from './types.ts';

/** Vectors of all items by source, [items, any width]; the first ones are of the items that the index has. */
export type Vectors = Record<Source, Matrix>;

/**
 * Gives the items behind those of an index codes, as `appendItems` does, by what the levels were made from.
 * `codedFirst`: how many items the index was first made for. Old codes stay.
 */
export async function appendBySettings(
  index: ItemIndex,
  vectors: Vectors,
  settings: ItemIndexSettings,
  codedFirst: number,
  signal?: AbortSignal,
): Promise<AppendResult> {
  const old = index.codes.length / index.levels;
  const made = levelSources(settings, codedFirst, index);
  const options = signal ? { signal } : {};
  const parts: AppendResult[] = [];
  for (const { firstLevel, levels } of streamsOf(index)) {
    const own = levelsOf(index, firstLevel, levels);
    const sources = sourcesOf(made.slice(firstLevel, firstLevel + levels), vectors, settings, old);
    parts.push(await appendItems(own, sources, options));
  }
  if (!index.streams) return parts[0];
  const joined = withLevelSizes(joinPaths(parts.map((part) => part.index)));
  return { index: { ...joined, streams: index.streams }, newTokens: tokensBeyond(index, joined) };
}

/** The vectors that an index was made from, in the order of its levels: [items, …] each, with their levels. */
export function sourcesOf(
  made: readonly (string | null)[],
  vectors: Vectors,
  settings: ItemIndexSettings,
  old: number,
): AppendSource[] {
  const meant = made.filter((source) => source !== 'identity');
  const named = [...new Set(meant)];
  return named.map((source) => {
    const levels = meant.filter((each) => each === source).length;
    return { ...split(matrixOf(source, vectors, settings, old), old), levels };
  });
}

function matrixOf(source: string | null, vectors: Vectors, settings: ItemIndexSettings, old: number): Matrix {
  if (source === 'semantic' || source === 'behaviour') return vectors[source];
  // Codes that are random, or were made elsewhere, say nothing of their own; texts are what a new item has.
  if (source === null) return vectors.semantic;
  return joinPoints(
    settings.sources.map((each) => {
      const all = vectors[each];
      return preparePoints(all, fitPreparation(split(all, old).old));
    }),
  );
}

function split({ rows, columns, data }: Matrix, old: number): { old: Matrix; added: Matrix } {
  if (rows <= old)
    throw new UserError('item-index/nothing-to-append', `${rows} vectors for ${old} items with codes`, {
      remedy: 'Give the vectors of the new items, too.',
    });
  return {
    old: createMatrix(old, columns, data.subarray(0, old * columns)),
    added: createMatrix(rows - old, columns, data.slice(old * columns)),
  };
}

function levelsOf({ levels, codes, levelSizes }: ItemIndex, first: number, count: number): ItemIndex {
  const items = codes.length / levels;
  return {
    levels: count,
    levelSizes: levelSizes.slice(first, first + count),
    codes: Int32Array.from(
      { length: items * count },
      (_, at) => codes[Math.floor(at / count) * levels + first + (at % count)],
    ),
  };
}

function tokensBeyond({ levelSizes }: ItemIndex, joined: ItemIndex): string[] {
  return joined.levelSizes.flatMap((size, level) =>
    Array.from({ length: Math.max(0, size - levelSizes[level]) }, (_, at) =>
      tokenName(level, levelSizes[level] + at),
    ),
  );
}
