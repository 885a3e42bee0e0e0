import type { RecommenderName } from '../shared/recommender-names.ts';
import type { EvaluationSettings } from './settings.ts';

/**
 * What of the settings decides the result. Results that the window does not concern keep the keys of before there was one;
 * of modules the content counts.
 */
export function settingsForKey(
  { recent_days, metrics: _modules, ...settings }: EvaluationSettings,
  recommender: RecommenderName = 'generative',
) {
  const counts = recommender === 'recent-popularity' || settings.baselines.includes('recent-popularity');
  return counts ? { ...settings, recent_days } : settings;
}
