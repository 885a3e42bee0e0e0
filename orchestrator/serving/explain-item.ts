import { levelSources } from '../item-index/level-sources.ts';
import { tokenName } from '../item-index/token-name.ts';
import type { Source } from '../item-index/types.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import { cardOf } from './cards.ts';
import type { CodeDigit, Explanation, Neighbour } from './contract/explanations.ts';
import { cosineOf } from './related/cosine-of.ts';

const mostNeighbours = 5;

/** Why an item stands near a history: its nearest items there, in behaviour and in meaning, and its code digit by digit. */
export function explainItem(
  item: number,
  history: readonly number[],
  { dataset, index }: Pick<PromptArtefacts, 'dataset' | 'index'>,
  embeddings: Record<Source, Matrix>,
  { item_index: settings }: Recipe,
): Explanation {
  const others = [...new Set(history)].filter((other) => other !== item);
  const sources = levelSources(settings, dataset.continued?.codedFirst ?? dataset.items.length, index);
  const neighbours = (source: Source): Neighbour[] =>
    others
      .map((other) => ({ other, similarity: cosineOf(embeddings[source], item, other) }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, mostNeighbours)
      .map(({ other, similarity }) => ({ ...cardOf(dataset.items[other]), similarity }));
  const { levels, codes } = index;
  const sharesDigits = (other: number, depth: number) => {
    for (let level = 0; level < depth; level++)
      if (codes[other * levels + level] !== codes[item * levels + level]) return false;
    return true;
  };
  let branch = Array.from({ length: dataset.items.length }, (_, other) => other);
  const code = Array.from({ length: levels }, (_, level): CodeDigit => {
    branch = branch.filter((other) => sharesDigits(other, level + 1));
    return {
      token: tokenName(level, codes[item * levels + level]),
      source: sources[level],
      branch_items: branch.length,
      shared_with: others
        .filter((other) => sharesDigits(other, level + 1))
        .map((other) => cardOf(dataset.items[other])),
    };
  });
  return {
    item: cardOf(dataset.items[item]),
    code,
    behaviour: neighbours('behaviour'),
    meaning: neighbours('semantic'),
  };
}
