import test from 'ava';
import { decodingSettings } from '../../orchestrator/decoding/settings.ts';
import { decodingForKey } from '../../orchestrator/decoding/settings-for-key.ts';

const keyOf = (settings: object) => JSON.stringify(decodingForKey(decodingSettings.parse(settings)));

test('what is made without places for cold items keeps the key that it had before there were any', (t) => {
  t.is(keyOf({}), '{"engine":"node","num_beams":20,"seen_items":"as-logged","constrained":true}');
  t.is(keyOf({ cold_places: 3, cold_below: 5 }), keyOf({}));
});

test('where cold items have places, what decides them counts', (t) => {
  t.not(keyOf({ cold_items: 'behind' }), keyOf({}));
  t.is(keyOf({ cold_items: 'behind', cold_places: 3 }), keyOf({ cold_items: 'behind' }));
  t.not(keyOf({ cold_items: 'mixed', cold_places: 3 }), keyOf({ cold_items: 'mixed' }));
  t.not(keyOf({ cold_items: 'mixed', cold_below: 3 }), keyOf({ cold_items: 'mixed' }));
});

test('where cold items are ranked with all others, lists are others; where they have places, they are not', (t) => {
  const learned = { fusion: 'learned', cold_items: 'mixed' };
  t.regex(keyOf(learned), /"cold_items":"ranked"/);
  t.not(keyOf({ ...learned, cold_below: 3 }), keyOf(learned));
  t.regex(keyOf({ ...learned, cold_places: 3 }), /"cold_items":"mixed"/);
  t.regex(keyOf({ ...learned, cold_items: 'behind' }), /"cold_items":"behind"/);
});

test('a term for seen items counts where there is one', (t) => {
  t.is(keyOf({ seen_term: 0 }), keyOf({}));
  t.not(keyOf({ seen_term: -8 }), keyOf({}));
});

test('scores of streams count where they are not those of before', (t) => {
  t.is(keyOf({ stream_scores: 'joint' }), keyOf({}));
  t.not(keyOf({ stream_scores: 'own' }), keyOf({}));
});
