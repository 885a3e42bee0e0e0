import type { Candidates } from '../decoding/candidates.ts';
import type { RunRecommender } from './recommender.ts';

/** The same ranking, with a term for the items of the history that a prompt asks about, where it asks about one alone. */
export function rankWithTerm(rank: RunRecommender['rank'], term: number): RunRecommender['rank'] {
  if (term === 0) return rank;
  return (prompts, candidates, histories) => {
    const weighed = prompts.map((_, at): Candidates | null => {
      const [own, history] = [candidates?.[at] ?? null, histories?.[at]];
      return history ? { ...own, weighed: { items: new Set(history), by: term } } : own;
    });
    return rank(prompts, weighed, histories);
  };
}
