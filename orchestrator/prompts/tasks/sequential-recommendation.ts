import type { EvaluationCase } from '../../dataset/types.ts';
import { histories } from '../can-feed.ts';
import { recommendationPrompt } from '../inference-prompts.ts';
import { itemRow, mostItems } from '../item-row.ts';
import { itemsPerUserRow, type PromptSource } from '../prompt-source.ts';
import { renderUserRow } from '../render-user-row.ts';
import { contextOf, type Subject, targets } from '../subjects.ts';
import { toRow } from '../template-row.ts';
import { lacks } from '../template-rule.ts';
import type { Task, TaskQuestion } from './task.ts';

/** From the codes of a history to the code of what came next: what a recommender is asked. */
export const sequentialRecommendation: Task<'sequential-recommendation', never> = {
  name: 'sequential-recommendation',
  rule: {
    prompt: ['user', 'history'],
    response: ['item'],
    codeFirst: true,
    problem: (prompt, response) => lacks(prompt, 'prompt', 'history') ?? lacks(response, 'response', 'item'),
  },
  needs: [histories],
  subjects: (source) =>
    source.layout === 'user' && source.augment === 'windows' ? windowEnds(source) : targets(source),
  values: { context: contextOf, texts: {} },
  question: (source, _, about) => nextItem(source, about),
  bareRows(source) {
    if (source.layout === 'user') return (subject, random) => renderUserRow(source, subject, random);
    if (source.layout === 'prefix') return null;
    return (subject, random) => {
      const { history, item } = contextOf(source, subject, random());
      return { row: itemRow(source, history, item), cut: history.length > mostItems(source) };
    };
  },
};

/** Windows from the latest backwards; the first item of one is the last of the one before, so that each item but the very first is learned once. */
function* windowEnds(source: PromptSource): Iterable<Subject> {
  const { offsets, trainEnd } = source.dataset;
  const step = itemsPerUserRow(source) - 1;
  for (let user = 0; user < trainEnd.length; user++)
    for (let at = trainEnd[user] - 1; at > offsets[user]; at -= step) yield at;
}

/** In the layout `user` the digits of its row are those of an event, so that they are learned as in training. */
function nextItem(source: PromptSource, { user, history, target, event }: EvaluationCase): TaskQuestion {
  if (source.layout === 'items') {
    const row = itemRow(source, history, target);
    return { prompt: row.source, row, answer: { item: target } };
  }
  // Of several codes the first is asked for.
  const [{ firstLevel, levels }] = source.streams;
  const start = target * source.index.levels + firstLevel;
  const prompt = recommendationPrompt(source, history, { user: source.dataset.userIds[user] });
  const row = toRow('sequential-recommendation', {
    prompt,
    response: source.itemTokens.slice(start, start + levels),
    codes: [{ position: levels - 1, item: target }],
  });
  if (source.layout === 'user') for (const summary of row.summaries) summary.event = event;
  return { prompt, row, answer: { item: target } };
}
