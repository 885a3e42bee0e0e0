import { type Candidates, isCandidate } from '../decoding/candidates.ts';
import { logOfSum } from '../decoding/log-of-sum.ts';
import { scoreHistories } from '../decoding/score-histories.ts';
import { createTopList, offer } from '../decoding/top-list.ts';
import type { BehaviourRecommender } from '../embedding/behaviour/ensemble.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import type { Compared, Evidence } from './features/evidence.ts';
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
  /** Items that nobody took, of whose codes the model has learned nothing: what it says of them does not count. */
  cold: ReadonlySet<number>;
}

/** What is known of items beside the model. */
export interface Knowledge extends CandidateOptions {
  evidence: Evidence;
}

/** Items that the encoders find, beside those of the beams. */
const denseWidth = 100;

/** The items that may stand in each list, with what both voices say of them: those of the beams first. */
export function candidatesFor(asked: readonly Asked[], options: CandidateOptions): Promise<Compared[]> {
  const histories = asked.map(({ history }) => history);
  return scoreHistories(histories, options, (scores, at) => ({
    history: histories[at],
    candidates: both(scores, asked[at], options.cold),
  }));
}

function both(scores: Float32Array, { found, candidates }: Asked, cold: ReadonlySet<number>): Candidate[] {
  const total = logOfSum(scores);
  const list: Candidate[] = [];
  const seen = new Set<number>();
  const add = (item: number, model: number | null) => {
    if (seen.has(item)) return;
    seen.add(item);
    list.push({ item, model, encoder: scores[item] - total });
  };
  for (const { items, score } of found)
    for (const item of Array.from(items)) add(item, cold.has(item) ? null : score);
  const top = createTopList(Math.min(denseWidth, scores.length));
  for (let item = 0; item < scores.length; item++)
    if (isCandidate(candidates ?? {}, item)) offer(top, scores[item], item, 0);
  for (const item of top.nodes.subarray(0, top.size)) add(item, null);
  return list;
}

export interface FusionOptions extends Knowledge {
  rankerOf(history: Int32Array): Ranker;
}

/** Ranks the candidates of each list anew, best first; equal scores by item. Scores are logs of about how likely each is. */
export async function fuseLists(
  asked: readonly Asked[],
  { evidence, rankerOf, ...options }: FusionOptions,
): Promise<RankedCode[][]> {
  const compared = await candidatesFor(asked, options);
  const features = await evidence.featuresOf(compared);
  return compared.map(({ history, candidates }, at) => {
    const scores = rankerScores(rankerOf(history), features[at]);
    return candidates
      .map(({ item }, place) => ({ items: [item], score: scores[place] }))
      .sort((a, b) => b.score - a.score || a.items[0] - b.items[0]);
  });
}
