import type { DecodingSettings } from './settings.ts';

/** What of the settings decides the lists. Where cold items have no places of their own, keys are those of before there were any. */
export function decodingForKey<T extends DecodingSettings | Omit<DecodingSettings, 'engine'>>({
  cold_items,
  cold_places,
  cold_below,
  stream_scores,
  ...others
}: T) {
  const settings = { ...others, ...(stream_scores === 'joint' ? {} : { stream_scores }) };
  if (cold_items === 'none') return settings;
  return { ...settings, cold_items, cold_below, ...(cold_items === 'mixed' ? { cold_places } : {}) };
}
