import test, { type ExecutionContext } from 'ava';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { planSweep } from '../../orchestrator/sweep/plan-sweep.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';

const sweepOf = (t: ExecutionContext, sweep: string, recipe = smallRecipe) =>
  withRecipes(t, { 'small.yaml': recipe, 'own.yaml': sweep })('own.yaml');

test('every variant runs with every seed; its settings go over those of all', async (t) => {
  const file = sweepOf(
    t,
    `base: small.yaml
seeds: [3, 4]
set: {decoding.num_beams: 30, training.stages.0.epochs: 2}
variants:
  - name: plain
  - name: wide
    set: {decoding.num_beams: 50}
`,
  );
  const { name, runs, variants } = await planSweep(file, { set: ['training.stages.0.dropout=0.2'] });
  t.is(name, 'own');
  t.deepEqual(
    variants.map((variant) => variant.name),
    ['plain', 'wide'],
  );
  t.deepEqual(
    runs.map((run) => [
      run.name,
      run.seed,
      run.resolved.recipe.seed,
      run.resolved.recipe.decoding.num_beams,
      run.resolved.recipe.training.stages[0].epochs,
      run.resolved.recipe.training.stages[0].dropout,
    ]),
    [
      ['own.plain.s3', 3, 3, 30, 2, 0.2],
      ['own.plain.s4', 4, 4, 30, 2, 0.2],
      ['own.wide.s3', 3, 3, 50, 2, 0.2],
      ['own.wide.s4', 4, 4, 50, 2, 0.2],
    ],
  );
});

test('a variant may have more seeds than the sweep; the first runs with all, for it is what others are held against', async (t) => {
  const file = sweepOf(
    t,
    `base: small.yaml
variants:
  - name: plain
  - name: wide
  - name: close
    seeds: [1, 7]
`,
  );
  const { runs, seeds } = await planSweep(file);
  t.deepEqual(seeds, [1, 7]);
  t.deepEqual(
    runs.map((run) => run.name),
    ['own.plain.s1', 'own.plain.s7', 'own.wide.s1', 'own.close.s1', 'own.close.s7'],
  );
});

test('a matrix is every combination of its values', async (t) => {
  const file = sweepOf(
    t,
    'base: small.yaml\nmatrix: {training.stages.0.dropout: [0, 0.2], embedding.behaviour.encoder: [sasrec, din]}\n',
  );
  const { runs } = await planSweep(file);
  t.deepEqual(
    runs.map(({ variant, resolved: { recipe } }) => [
      variant,
      recipe.training.stages[0].dropout,
      recipe.embedding.behaviour.encoder,
    ]),
    [
      ['dropout-0_encoder-sasrec', 0, 'sasrec'],
      ['dropout-0_encoder-din', 0, 'din'],
      ['dropout-0.2_encoder-sasrec', 0.2, 'sasrec'],
      ['dropout-0.2_encoder-din', 0.2, 'din'],
    ],
  );
});

test('--only keeps what the variant is measured against', async (t) => {
  const file = sweepOf(
    t,
    'base: small.yaml\nvariants:\n  - {name: a}\n  - {name: b, set: {decoding.num_beams: 50}}\n  - {name: c, set: {decoding.num_beams: 60}}\n',
  );
  const { runs } = await planSweep(file, { only: ['c'] });
  t.deepEqual(
    runs.map(({ variant }) => variant),
    ['a', 'c'],
  );
});

test('a variant may name a recipe of its own; settings go over it, and paths start at the file of the sweep', async (t) => {
  const at = withRecipes(t, {
    'own.yaml': `set: {dataset.path: sample, decoding.num_beams: 30}
variants:
  - {name: plain, recipe: small.yaml}
  - {name: wide, recipe: others/wide.yaml, set: {training.stages.0.epochs: 2}}
`,
    'small.yaml': smallRecipe,
    'others/wide.yaml': `${smallRecipe}      epochs: 9\nmodel: {hidden_size: 96}\n`,
    'others/data/items.jsonl': '',
    'sample/items.jsonl': '',
  });
  const { base, runs } = await planSweep(at('own.yaml'));
  t.is(base, undefined);
  t.deepEqual(
    runs.map(({ variant, resolved: { recipe } }) => [
      variant,
      recipe.dataset.path,
      recipe.decoding.num_beams,
      recipe.model.hidden_size,
      recipe.training.stages[0].epochs,
    ]),
    [
      ['plain', at('sample'), 30, 192, 1],
      ['wide', at('sample'), 30, 96, 2],
    ],
  );
});

const broken = test.macro(
  async (
    t,
    { sweep, recipe, only = [], says }: { sweep: string; recipe?: string; only?: string[]; says: RegExp[] },
  ) => {
    const error = await t.throwsAsync(planSweep(sweepOf(t, sweep, recipe), { only }), {
      instanceOf: UserError,
    });
    const text = describeError(error);
    for (const pattern of says) t.regex(text, pattern);
    t.regex(text, /→/);
  },
);

test('a wrong setting of a variant is found in the file of the sweep, before anything runs', broken, {
  sweep: `base: small.yaml
variants:
  - name: plain
  - name: typo
    set: {decoding.num_beems: 50}
  - name: wrong
    set: {training.stages.0.epochs: none}
`,
  says: [
    /own\.yaml: 2 problems/,
    /own\.yaml:4 \(typo\) {2}decoding\.num_beems: unknown name/,
    /Did you mean "num_beams"\?/,
    /own\.yaml:6 \(wrong\) {2}training\.stages\.0\.epochs: .*expected a (whole )?number, got "none"/,
  ],
});
test('two variants of one name are found', broken, {
  sweep: 'base: small.yaml\nvariants:\n  - {name: a}\n  - {name: a, set: {seed: 2}}\n',
  says: [/own\.yaml:4 {2}variants: two variants are called "a"/],
});
test('a sweep without variants is found', broken, {
  sweep: 'base: small.yaml\n',
  says: [/names nothing to compare/, /variants, or a matrix/],
});
test('a recipe in place of a sweep is named as that', broken, {
  sweep: 'extends: smoke\nseed: 2\n',
  says: [/one problem/, /own\.yaml {2}is a recipe, not a sweep/],
});
test('a variant without a recipe is found, where there is none for all', broken, {
  sweep: 'variants:\n  - {name: a, recipe: small.yaml}\n  - {name: b}\n',
  says: [/own\.yaml:3 {2}variants: "b" has no recipe/, /base: RECIPE/],
});
test('a recipe of a variant that does not exist is found', broken, {
  sweep: 'variants: [{name: a, recipe: smal.yaml}]\n',
  says: [/smal\.yaml/, /does not exist/],
});
test('a base that does not exist is found', broken, {
  sweep: 'base: smal.yaml\nvariants: [{name: a}]\n',
  says: [/smal\.yaml/, /does not exist/],
});
test('a mistake of the base is said once, at its place', broken, {
  recipe: `${smallRecipe}decoding: {num_beams: none}\n`,
  sweep: 'base: small.yaml\nvariants: [{name: a}, {name: b, set: {seed: 2}}]\n',
  says: [/own\.yaml: one problem/, /small\.yaml:10 {2}decoding\.num_beams: .*expected a (whole )?number/],
});
test('an unknown name in a sweep gets the nearest allowed one', broken, {
  sweep: 'base: small.yaml\nvariant: [{name: a}]\n',
  says: [/own\.yaml:2 {2}variant: unknown name/, /"variants"/],
});
test('a variant that --only names and nobody knows is found', broken, {
  sweep: 'base: small.yaml\nvariants: [{name: a}]\n',
  only: ['b'],
  says: [/--only b/, /There are: a\./],
});
test('a name too long for a run is found', broken, {
  sweep: `base: small.yaml\nvariants: [{name: ${'long-'.repeat(12)}a}]\n`,
  says: [/own\.yaml:2 .*is longer than the 64 letters/],
});
