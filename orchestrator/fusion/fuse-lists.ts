import { type Candidates, isCandidate } from '../decoding/candidates.ts';
import { createTopList, offer } from '../decoding/top-list.ts';
import type { BehaviourRecommender } from '../embedding/behaviour/ensemble.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { createBreathe } from '../shared/breathe.ts';
import type { Evidence } from './features/evidence.ts';
import type { Candidate } from './features/feature-group.ts';
import { type Ranker, rankerScores } from './ranker.ts';

/** What both voices say behind one history. */
export interface Asked {
  /** Oldest first; not empty. */
  history: Int32Array;
  /** What the beams have found, best first. */
  found: readonly RankedCode[];
  /** The items that may come; null for all. */
  candidates: Candidates | null;
}

export interface CandidateOptions {
  /** Scores of all items behind each history, [histories x items], whose softmax is a probability. */
  score: BehaviourRecommender['score'];
  /** Of the whole catalogue. */
  items: number;
}

/** Items that the encoders find, beside those of the beams. */
const denseWidth = 50;
/** Scores that are held at once, at most. */
const mostScores = 2 ** 24;

/** The items that may stand in each list, with what both voices say of them: those of the beams first. */
export async function candidatesFor(
  asked: readonly Asked[],
  { score, items }: CandidateOptions,
): Promise<Candidate[][]> {
  const atOnce = Math.max(1, Math.floor(mostScores / items));
  const lists: Candidate[][] = [];
  const breathe = createBreathe();
  // A history that is given several times, the same array, is scored once.
  const distinct = [...new Set(asked.map(({ history }) => history))];
  const placeOf = new Map(distinct.map((history, place) => [history, place]));
  for (let start = 0; start < distinct.length; start += atOnce) {
    const scores = await score(distinct.slice(start, start + atOnce));
    for (const [at, each] of asked.entries()) {
      const row = placeOf.get(each.history)! - start;
      if (row < 0 || row >= atOnce) continue;
      lists[at] = both(scores.subarray(row * items, (row + 1) * items), each);
      await breathe();
    }
  }
  return lists;
}

function both(scores: Float32Array, { found, candidates }: Asked): Candidate[] {
  const total = logOfSum(scores);
  const list: Candidate[] = [];
  const seen = new Set<number>();
  const add = (item: number, model: number | null) => {
    if (seen.has(item)) return;
    seen.add(item);
    list.push({ item, model, encoder: scores[item] - total });
  };
  for (const { items, score } of found) for (const item of Array.from(items)) add(item, score);
  const top = createTopList(Math.min(denseWidth, scores.length));
  for (let item = 0; item < scores.length; item++)
    if (isCandidate(candidates ?? {}, item)) offer(top, scores[item], item, 0);
  for (const item of top.nodes.subarray(0, top.size)) add(item, null);
  return list;
}

export interface FusionOptions extends CandidateOptions {
  evidence: Evidence;
  rankerOf(history: Int32Array): Ranker;
}

/** Ranks the candidates of each list anew, best first; equal scores by item. Scores are logs of about how likely each is. */
export async function fuseLists(
  asked: readonly Asked[],
  { evidence, rankerOf, ...options }: FusionOptions,
): Promise<RankedCode[][]> {
  const lists = await candidatesFor(asked, options);
  return lists.map((list, at) => {
    const { history } = asked[at];
    const scores = rankerScores(rankerOf(history), evidence.featuresOf(history, list));
    return list
      .map(({ item }, place) => ({ items: [item], score: scores[place] }))
      .sort((a, b) => b.score - a.score || a.items[0] - b.items[0]);
  });
}

function logOfSum(scores: Float32Array): number {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - highest);
  return highest + Math.log(sum);
}
