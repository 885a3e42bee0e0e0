import type { DecodingSettings } from './settings.ts';

/** Whether what ranks lists anew also places cold items: where they are mixed in, and no places are theirs. */
export function ranksCold({
  fusion,
  cold_items,
  cold_places,
}: Pick<DecodingSettings, 'fusion' | 'cold_items' | 'cold_places'>): boolean {
  return fusion === 'learned' && cold_items === 'mixed' && cold_places === null;
}
