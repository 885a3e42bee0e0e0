import type { DecodingSettings } from './settings.ts';

/** What of the settings decides the lists. Where no list is fused and cold items have no places, keys are those of before. */
export function decodingForKey<T extends DecodingSettings | Omit<DecodingSettings, 'engine'>>({
  fusion,
  cold_items,
  cold_places,
  cold_below,
  ...others
}: T) {
  const settings = fusion === 'none' ? others : { ...others, fusion };
  if (cold_items === 'none') return settings;
  return { ...settings, cold_items, cold_below, ...(cold_items === 'mixed' ? { cold_places } : {}) };
}
