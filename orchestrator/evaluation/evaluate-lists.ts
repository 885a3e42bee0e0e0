import type { EvaluationCase } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { type EvaluateOptions, forEachBatch, shareOf } from './evaluate-scorer.ts';

/** One beam: a code with its score, and the items that carry it. */
export interface RankedCode {
  /** Item numbers: one for an index without collisions, several for collided codes, none for a code that stands for no item. */
  items: ArrayLike<number>;
  score: number;
  /** It stands in a place of its own, whatever its score. */
  cold?: boolean;
}

/** What is recommended after one history, best first. */
export interface Lists {
  /** Of all items. */
  kept: RankedCode[];
  /** Of those that the user has not seen; left out while searching, so that the list is as long as the other. */
  removed: RankedCode[];
}

/** Beams for each history, given the items that each user has seen, and the users' numbers. It never sees a target. */
export type Recommender = (
  histories: Int32Array[],
  seen: ReadonlySet<number>[],
  users: readonly number[],
) => Promise<Lists[]>;

/** All but `kept` and `removed` is of the lists as they are served: those of all items, or of what is not seen. */
export interface ListRanks {
  /** [cases] place of the target in the list of all items; 0 where it is not in the list. */
  kept: Int32Array;
  /** [cases] its place in the list of items that the user has not seen; 0 where it has been seen itself. */
  removed: Int32Array;
  /** [cases] place of the target's code in the list of codes: what is published where codes are compared. */
  codeRanks: Int32Array;
  /** Share of all beams whose code stands for an item. */
  legalShare: number;
  /** Share of all beams that add no new item to the list. */
  repeatedShare: number;
  /** Share of the cases whose target was found under a code that it shares with other items. */
  collidedShare: number;
  /** Share of the catalogue that is recommended to someone within the first `coverageCutoff` places. */
  coverage: number;
  coverageCutoff: number;
  /** Beams of the shortest and of the longest list. */
  listLengths: { shortest: number; longest: number };
}

/**
 * Ranks targets in generated lists, and handles collided codes fairly. The list of items is made from the list of codes
 * by writing out the items of each code by item number (the tie rule of all rankings here), so that the second item of
 * a collided code holds a place of its own and is not a hit at the place of the first. A beam that stands for no item,
 * and every repeated item, holds its place too: it is a wasted recommendation. `watch` is shown the list of each case.
 */
export async function evaluateLists(
  cases: readonly EvaluationCase[],
  recommend: Recommender,
  options: ListOptions,
): Promise<ListRanks> {
  const kinds = async (...asked: Parameters<Recommender>) => ({ lists: await recommend(...asked) });
  return (await evaluateKinds(cases, ['lists'], kinds, options)).lists;
}

export interface ListOptions extends EvaluateOptions {
  watch?: (place: number, list: readonly RankedCode[]) => void;
}

/** The same for lists of several kinds that are made together. `watch` is shown those of the first. */
export async function evaluateKinds<Kind extends string>(
  cases: readonly EvaluationCase[],
  kinds: readonly Kind[],
  recommend: (...asked: Parameters<Recommender>) => Promise<Record<Kind, Lists[]>>,
  options: ListOptions,
): Promise<Record<Kind, ListRanks>> {
  const tallies = kinds.map((kind, at) => {
    const { watch, ...others } = options;
    return { kind, ...tallyOf(cases, at === 0 ? options : others) };
  });
  await forEachBatch(cases, options, async (batch, start) => {
    const lists = await recommend(
      batch.map(({ history }) => history),
      batch.map(({ seen }) => new Set(seen)),
      batch.map(({ user }) => user),
    );
    for (const { kind, add } of tallies) add(lists[kind], start, batch.length);
  });
  return Object.fromEntries(tallies.map(({ kind, ranks }) => [kind, ranks()])) as Record<Kind, ListRanks>;
}

/** Counts what the lists of some cases hold, batch by batch. */
function tallyOf(cases: readonly EvaluationCase[], options: ListOptions) {
  const { items, coverageCutoff = 10, listsSeen = true } = options;
  const kept = new Int32Array(cases.length);
  const removed = new Int32Array(cases.length);
  const codeRanks = new Int32Array(cases.length);
  const recommended = new Uint8Array(items);
  const beams = { all: 0, legal: 0, repeated: 0, collidedHits: 0, shortest: Infinity, longest: 0 };
  const count = (list: RankedCode[], code: number) => {
    for (const item of writeOut(list).slice(0, coverageCutoff)) if (item !== noItem) recommended[item] = 1;
    beams.all += list.length;
    beams.legal += list.filter((beam) => beam.items.length > 0).length;
    beams.repeated += countRepeated(list);
    beams.collidedHits += code >= 0 && list[code].items.length > 1 ? 1 : 0;
    beams.shortest = Math.min(beams.shortest, list.length);
    beams.longest = Math.max(beams.longest, list.length);
  };
  return {
    add(lists: readonly Lists[], start: number, expected: number) {
      if (lists.length !== expected)
        throw new RangeError(`a recommender must give ${expected} lists, got ${lists.length}`);
      for (const [at, both] of lists.entries()) {
        checkList(both.kept, items);
        checkList(both.removed, items);
        const place = start + at;
        const list = listsSeen ? both.kept : both.removed;
        options.watch?.(place, list);
        const { target } = cases[place];
        const code = list.findIndex((beam) => Array.from(beam.items).includes(target));
        kept[place] = writeOut(both.kept).indexOf(target) + 1;
        removed[place] = writeOut(both.removed).indexOf(target) + 1;
        codeRanks[place] = code + 1;
        count(list, code);
      }
    },
    ranks: (): ListRanks => ({
      kept,
      removed,
      codeRanks,
      legalShare: beams.all > 0 ? beams.legal / beams.all : 0,
      repeatedShare: beams.all > 0 ? beams.repeated / beams.all : 0,
      collidedShare: cases.length > 0 ? beams.collidedHits / cases.length : 0,
      coverage: shareOf(recommended),
      coverageCutoff,
      listLengths: { shortest: cases.length > 0 ? beams.shortest : 0, longest: beams.longest },
    }),
  };
}

const noItem = -1;

function writeOut(list: RankedCode[]): number[] {
  return list.flatMap(({ items }) =>
    items.length === 0 ? [noItem] : Array.from(items).sort((a, b) => a - b),
  );
}

function countRepeated(list: RankedCode[]): number {
  const seen = new Set<number>();
  let repeated = 0;
  for (const { items } of list) {
    const before = seen.size;
    for (let at = 0; at < items.length; at++) seen.add(items[at]);
    if (items.length > 0 && seen.size === before) repeated++;
  }
  return repeated;
}

function checkList(list: RankedCode[], items: number): void {
  let last = Infinity;
  for (const [at, beam] of list.entries()) {
    if (Number.isNaN(beam.score))
      throw new UserError('evaluation/not-a-number', `the score of beam ${at + 1} is not a number`, {
        remedy:
          'The training has diverged: lower the learning rate, or start again from an earlier checkpoint.',
      });
    if (!beam.cold && beam.score > last)
      throw new RangeError(`beams must come best first, but beam ${at + 1} scores above the one before`);
    if (!beam.cold) last = beam.score;
    for (let each = 0; each < beam.items.length; each++)
      if (!(beam.items[each] >= 0 && beam.items[each] < items))
        throw new RangeError(`beam ${at + 1} names item ${beam.items[each]}, there are ${items}`);
  }
}
