/**
 * What a run recommends by: a language model that writes codes, its encoder of behaviour, or a count over the training
 * log. All but the first are done without codes, tokenizer, prompts and model.
 */
export const recommenderNames = [
  'generative',
  'encoder',
  'popularity',
  'recent-popularity',
  'bought-together',
  'what-followed',
  'buy-again',
] as const;

export type RecommenderName = (typeof recommenderNames)[number];

/** Those that only count. */
export type CountingName = Exclude<RecommenderName, 'generative' | 'encoder'>;

/** Whether it needs the vectors of the items. */
export function readsEmbedding(name: RecommenderName): name is 'generative' | 'encoder' {
  return name === 'generative' || name === 'encoder';
}
