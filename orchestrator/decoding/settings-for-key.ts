import { ranksCold } from './ranks-cold.ts';
import type { DecodingSettings } from './settings.ts';

/** What of the settings decides the lists. Where no list is fused and cold items have no places, keys are those of before. */
export function decodingForKey<T extends DecodingSettings | Omit<DecodingSettings, 'engine'>>({
  fusion,
  cold_items,
  cold_places,
  cold_below,
  stream_scores,
  seen_term,
  ...others
}: T) {
  const settings = {
    ...others,
    ...(stream_scores === 'joint' ? {} : { stream_scores }),
    ...(seen_term ? { seen_term } : {}),
    ...(fusion === 'none' ? {} : { fusion }),
  };
  if (cold_items === 'none') return settings;
  if (cold_items === 'behind' || cold_places !== null)
    return { ...settings, cold_items, cold_below, ...(cold_items === 'mixed' ? { cold_places } : {}) };
  const ranked = ranksCold({ fusion, cold_items, cold_places });
  return { ...settings, cold_items: ranked ? 'ranked' : 'levelled', cold_below, level: 'log' };
}
