import type { Item } from '../../dataset/types.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { withoutDefaults } from '../../shared/without-defaults.ts';
import { embedItems } from './embed-items.ts';
import { type EncoderGiven, encoders } from './encoders.ts';
import { modelFingerprint } from './model-fingerprint.ts';
import { normaliseRows } from './normalise-rows.ts';
import { laterSemanticSettings, type SemanticSettings } from './settings.ts';
import type { LongWork } from './types.ts';

/**
 * The semantic embedding of a catalogue, [items x width]: by the encoder of the settings, kept in `cacheFolder`; or the
 * vectors that the settings name, each brought to length 1 if the settings say so.
 */
export async function embedTexts(
  items: Item[],
  settings: SemanticSettings,
  given: EncoderGiven,
  cacheFolder: string,
  work: LongWork = {},
): Promise<Matrix> {
  if (settings.path !== null) {
    const { readGivenVectors } = await import('../given/given-vectors.ts');
    const ids = items.map(({ item_id }) => item_id);
    const vectors = await readGivenVectors(settings.path, ids, work.report);
    return settings.unit_length ? normaliseRows(vectors) : vectors;
  }
  const encoder = await encoders[settings.encoder](settings, given);
  const { seed, model } = given;
  const { query_prefix: _query, ...all } = settings;
  const keyed = {
    ...withoutDefaults(all, laterSemanticSettings),
    seed,
    model: model ? await modelFingerprint(model) : null,
  };
  const { fields } = settings;
  return embedItems(items, { fields, encoder, settings: keyed, cacheFolder }, work);
}
