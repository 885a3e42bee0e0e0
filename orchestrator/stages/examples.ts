import type { EvaluationCase } from '../dataset/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';

const usersShown = 3;
const itemsShown = 5;

/** Three users of the split in words: what they had, what the model recommends, what they took. */
export async function describeExamples(
  cases: readonly EvaluationCase[],
  { dataset }: PromptArtefacts,
  recommender: RunRecommender,
  seed: number,
): Promise<string> {
  const chosen = shuffle([...cases], createRandom(seed, 'examples')).slice(0, usersShown);
  if (chosen.length === 0) return '';
  const lists = await recommender.recommend(chosen.map(({ history }) => history));
  const title = (item: number) => dataset.items[item].title || dataset.items[item].item_id;
  return chosen
    .map(({ user, history, target }, at) => {
      const had = [...history].slice(-itemsShown).map(title);
      const listed = lists[at].flatMap(({ items }) => Array.from(items)).slice(0, itemsShown);
      const lines = listed.map(
        (item, place) => `  ${place + 1}. ${title(item)}${item === target ? '   <- taken' : ''}`,
      );
      return [
        `User ${dataset.userIds[user]} had: ${had.join(' | ')}`,
        'Recommended:',
        ...lines,
        ...(listed.includes(target) ? [] : [`  (taken: ${title(target)})`]),
      ].join('\n');
    })
    .join('\n\n');
}
