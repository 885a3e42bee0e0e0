import type { RecommenderName } from '../shared/recommender-names.ts';
import type { EvaluationSettings } from './settings.ts';

/**
 * What of the settings decides the result. Results that the window, or an encoder of the table's own, does not concern
 * keep the keys of before there was one; of modules the content counts.
 */
export function settingsForKey(
  { recent_days, metrics: _modules, other_encoder, ...others }: EvaluationSettings,
  recommender: RecommenderName = 'generative',
) {
  const trains = others.baselines.includes('sasrec') || others.baselines.includes('din');
  const settings = other_encoder && trains ? { ...others, other_encoder } : others;
  const counts = recommender === 'recent-popularity' || settings.baselines.includes('recent-popularity');
  return counts ? { ...settings, recent_days } : settings;
}
