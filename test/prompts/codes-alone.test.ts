import { join } from 'node:path';
import test from 'ava';
import { recommendationPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { sequentialRecommendation } from '../../orchestrator/prompts/tasks/sequential-recommendation.ts';
import type { Augmentation } from '../../orchestrator/prompts/types.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { userTokenOf } from '../../orchestrator/vocabulary/user-tokens.ts';
import { dataset, letterVocabulary, source } from './helpers.ts';
import { trainingRows } from './training-rows.ts';

const framed = (name: string) =>
  loadTemplates(join(packageRoot, 'recipes', 'parts', name), { needed: [sequentialRecommendation] });
const users = dataset([
  [0, 1, 2, 3, 4, 5],
  [6, 7, 6, 5],
]);
const vocabulary = letterVocabulary();

/** Sources and targets as text, in no order. */
function pairs(made: ReturnType<typeof source>, epoch = 0): string[] {
  const rows = trainingRows({ source: made, tasks: { 'sequential-recommendation': 1 }, seed: 3, epoch });
  return Array.from(rows, (row) =>
    [row.source, row.target].map((tokens) => made.vocabulary.decode(tokens)).join(' -> '),
  ).sort();
}

/** As in `letterVocabulary`, with two tokens for users. */
function withUsers(): typeof vocabulary {
  const ids: Record<string, number> = { '<user_0>': 75_000, '<user_1>': 75_001 };
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return {
    ...vocabulary,
    controlTokenIds: ids,
    encode: (text) =>
      text.split(/(<user_\d>)/).flatMap((piece) => (piece in ids ? [ids[piece]] : vocabulary.encode(piece))),
    decode: (tokens) => Array.from(tokens, (id) => names.get(id) ?? vocabulary.decode([id])).join(''),
  };
}

test('an encoder reads the codes of a prefix alone, and the target is a code and an end', (t) => {
  const made = source(users, { layout: 'prefix', templates: framed('codes-alone') });
  t.deepEqual(pairs(made), [
    '<a_0><b_0><c_0> -> <a_0><b_0><c_1></s>',
    '<a_0><b_0><c_0><a_0><b_0><c_1> -> <a_0><b_0><c_2></s>',
    '<a_0><b_0><c_0><a_0><b_0><c_1><a_0><b_0><c_2> -> <a_0><b_0><c_3></s>',
    '<a_0><b_0><c_6> -> <a_0><b_0><c_7></s>',
  ]);
  t.is(vocabulary.decode(recommendationPrompt(made, [4, 5])), '<a_0><b_0><c_4><a_0><b_0><c_5>');
});

test('the other frame ends the source as well', (t) => {
  // The letters of its name here: this vocabulary knows no special tokens in texts.
  const made = source(users, { layout: 'prefix', templates: framed('codes-and-end') });
  t.is(vocabulary.decode(recommendationPrompt(made, [4])), '<a_0><b_0><c_4></s>');
});

test('with tokens for users, a source opens with that of its user', (t) => {
  const made = source(users, {
    layout: 'prefix',
    templates: framed('codes-alone'),
    vocabulary: withUsers(),
  });
  const [first, second] = ['u0', 'u1'].map((id) => userTokenOf(id, 2));
  const rows = pairs(made);
  t.is(rows.filter((row) => row.startsWith(`${first}<a_0><b_0><c_0>`)).length, 3);
  t.is(rows.filter((row) => row.startsWith(`${second}<a_0><b_0><c_6> ->`)).length, 1);
  const asked = (user?: string) => made.vocabulary.decode(recommendationPrompt(made, [4], { user }));
  t.is(asked('u1'), `${second}<a_0><b_0><c_4>`);
  t.regex(asked('someone new'), /^<user_[01]><a_0><b_0><c_4>$/);
  // Where nobody is known, nobody is named.
  t.is(asked(), '<a_0><b_0><c_4>');
});

test('subsequences let the history of a target begin anywhere, over the epochs everywhere', (t) => {
  const rowsOf = (augment: Augmentation, epoch: number) =>
    pairs(source(users, { layout: 'prefix', templates: framed('codes-alone'), augment }), epoch);
  const seen = new Set(Array.from({ length: 40 }, (_, epoch) => rowsOf('subsequences', epoch)).flat());
  // Of three targets of the first user 1 + 2 + 3 histories, and the one of the second.
  t.is(seen.size, 7);
  t.true(seen.has('<a_0><b_0><c_2> -> <a_0><b_0><c_3></s>'));
  t.deepEqual(rowsOf('subsequences', 5), rowsOf('subsequences', 5));
  t.is(rowsOf('subsequences', 5).length, 4);
});
