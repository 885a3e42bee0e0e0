import type { EvaluationSettings } from './settings.ts';

/** What of the settings decides the result. Results that the window does not concern keep the keys of before there was one. */
export function settingsForKey({ recent_days, ...settings }: EvaluationSettings) {
  return settings.baselines.includes('recent-popularity') ? { ...settings, recent_days } : settings;
}
