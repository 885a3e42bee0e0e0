import type { PromptsSettings } from './settings.ts';

/** What of the settings decides the rows; templates count as files. In the layout prefix, subsequences once meant nothing. */
export function promptsForKey({ templates: _templates, own_tasks: _own, ...settings }: PromptsSettings) {
  const slices = settings.layout === 'prefix' && settings.augment === 'subsequences';
  return slices ? { ...settings, histories: 'begin anywhere' } : settings;
}
