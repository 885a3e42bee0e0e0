import { join } from 'node:path';
import type { SplitCases } from '../dataset/split-cases.ts';
import { saveRanker } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Reporter } from '../shared/reporter.ts';
import { writeJson } from '../storage/json-file.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { ColdItems } from './cold-items.ts';
import { type ItemVoices, openAsIfNew, openItemVoices, readItemEmbeddings } from './item-voices.ts';
import { learnRanking, type RankAnew, rankAnewBy } from './rank-anew.ts';
import type { RunRecommender } from './recommender.ts';

/** A ranker learns hardly more from more of them, and each takes 12 kB. */
const mostCases = 20_000;

export interface FusedForEvaluation {
  anew: RankAnew;
  /** Whether cold items are ranked with all others. */
  ranksCold: boolean;
  /** What is said of it below a table. */
  texts: string[];
  dispose(): Promise<void>;
}

/**
 * Learns the ranker of a run from its validation targets and keeps it in `folder`, where serving finds it. A history that
 * it was learned from is ranked by one that was learned without it, so figures on validation are honest, too. Null where
 * the recipe asks for none.
 */
export async function fuseForEvaluation(
  rank: RunRecommender['rank'],
  artefacts: PromptArtefacts,
  recipe: Recipe,
  given: {
    validation: SplitCases;
    cold: ColdItems | null;
    embeddingFolder: string;
    folder: string;
    report: Reporter;
    signal: AbortSignal;
  },
): Promise<FusedForEvaluation | null> {
  const { decoding, seed } = recipe;
  if (decoding.fusion === 'none') return null;
  const { validation, cold, embeddingFolder, folder, report, signal } = given;
  const { dataset } = artefacts;
  const cases = validation.ofUsers(usersWithin(validation), seed);
  const embeddings = await readItemEmbeddings(embeddingFolder, dataset);
  const asIfNew = await openAsIfNew(recipe, dataset, embeddings);
  const ranksCold = asIfNew !== null;
  let voices: ItemVoices | null = null;
  try {
    voices = await openItemVoices(recipe, dataset, embeddings, ranksCold ? cold : null);
    const learned = await learnRanking(cases, rank, { voices, asIfNew }, artefacts, {
      seed,
      report,
      signal,
    });
    saveRanker(folder, learned.ranker, ranksCold);
    writeJson(join(folder, 'fusion.json'), { validation: learned.metrics, cases: learned.cases });
    const text = `lists are ranked anew (decoding.fusion: learned): ${describe(learned.metrics)} on ${learned.cases.toLocaleString('en-US')} validation targets, each ranked without having been learned from`;
    report({ type: 'note', text });
    return {
      anew: rankAnewBy(voices, (history) => learned.leftOut(history) ?? learned.ranker, decoding.num_beams),
      ranksCold,
      texts: [text],
      dispose: voices.dispose,
    };
  } catch (error) {
    await voices?.dispose();
    throw error;
  } finally {
    await asIfNew?.dispose();
  }
}

/** So many users that have about as many cases as are taken, in a split by time several each; 0 = all. */
function usersWithin({ length, users }: SplitCases): number {
  return length <= mostCases ? 0 : Math.max(1, Math.floor((mostCases * users) / length));
}

function describe(metrics: Record<string, number>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(', ');
}
