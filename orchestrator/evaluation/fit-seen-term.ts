import type { EvaluationCase } from '../dataset/types.ts';
import { levelFor } from '../shared/level-for.ts';
import { finePercent } from '../shared/percent.ts';
import type { Lists, Recommender } from './evaluate-lists.ts';

type Search = (...asked: Parameters<Recommender>) => Promise<{ generated: Lists[]; shown: Lists[] }>;

/** What the beams of some cases give to items of the history. */
export interface SeenShares {
  /** The same search, whose generated lists are counted in the order in which they are asked for. */
  search: Search;
  /** What is said of them, once all cases were asked; null where no beam found an item of a history. */
  describe(cases: readonly EvaluationCase[]): string | null;
}

/** The search is one without a term: items that one has lowered are missing among its beams. */
export function countSeenShares(search: Search): SeenShares {
  const shares: number[] = [];
  return {
    async search(histories, seen, users) {
      const lists = await search(histories, seen, users);
      for (const [at, { kept }] of lists.generated.entries()) {
        const history = new Set(histories[at]);
        const own = kept.filter(({ items, cold }) => !cold && items.length > 0 && allIn(items, history));
        shares.push(own.reduce((sum, { score }) => sum + Math.exp(score), 0));
      }
      return lists;
    },
    describe(cases) {
      const taken = cases.filter(({ history, target }) => history.includes(target)).length;
      const fitting = fittingTerm(shares, taken);
      if (fitting === null) return null;
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      return `generated lists give ${finePercent(mean)} to items of the history, ${finePercent(taken / cases.length)} of the targets are such: decoding.seen_term: ${fitting.toFixed(1)} makes up for it`;
    },
  };
}

/**
 * The term `a` under which as many repeats are expected as came: sum of s e^a / (1 - s + s e^a) over the shares `s` that
 * histories have of their beams, which is also where the likelihood of the targets is greatest. Where no target is a
 * repeat, half of one is taken to be. Null where no history has any share.
 */
export function fittingTerm(shares: readonly number[], taken: number): number | null {
  const known = shares.filter((share) => share > 0).map((share) => Math.min(share, mostShare));
  if (known.length === 0) return null;
  const wanted = Math.min(Math.max(taken, 0.5), known.length - 0.5);
  return levelFor(
    known.map((share) => Math.log(share / (1 - share))),
    wanted / known.length,
  );
}

/** Rounding may leave a little more than 1. */
const mostShare = 1 - 1e-9;

function allIn(items: ArrayLike<number>, known: ReadonlySet<number>): boolean {
  return Array.from(items).every((item) => known.has(item));
}
