import type { EvaluationSettings } from './settings.ts';

/**
 * What of the settings decides the result. Results that the window does not concern keep the keys of before there was one;
 * of modules the content counts.
 */
export function settingsForKey({ recent_days, metrics: _modules, ...settings }: EvaluationSettings) {
  return settings.baselines.includes('recent-popularity') ? { ...settings, recent_days } : settings;
}
