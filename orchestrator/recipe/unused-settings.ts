import type { BaselineName } from '../evaluation/settings.ts';
import { type RecommenderName, readsEmbedding } from '../shared/recommender-names.ts';
import { type Located, locatedAt, originOf, plainValue } from './located.ts';
import type { Problem } from './problem.ts';
import type { Recipe, SectionName } from './schema.ts';

/** Settings that only a model needs. */
const ofTheModel: readonly SectionName[] = [
  'engine',
  'continue',
  'append',
  'item_index',
  'vocabulary',
  'prompts',
  'model',
  'training',
  'peft',
  'launcher',
  'chat',
];

function unusedSections(recommender: RecommenderName): readonly SectionName[] {
  return readsEmbedding(recommender) ? ofTheModel : [...ofTheModel, 'embedding'];
}

/** What a recipe gives although its recommender has no use for it, so that nothing is ignored in silence. */
export function unusedProblems(tree: Located, { recommender }: Partial<Recipe>): Problem[] {
  if (recommender === undefined || recommender === 'generative') return [];
  const decoding = locatedAt(tree, ['decoding'])?.value;
  const ofSearch = decoding instanceof Map ? [...decoding.keys()].filter((key) => key !== 'seen_items') : [];
  const paths = [
    ...unusedSections(recommender).map((name) => [name]),
    ...ofSearch.map((key) => ['decoding', key]),
    ['evaluation', 'task_questions'],
    ['embedding', 'behaviour', 'path'],
  ];
  const given = paths.filter((path) => (locatedAt(tree, path)?.value ?? null) !== null);
  return [
    ...given.map((path) => ({
      place: originOf(tree, path).place,
      path: path.join('.'),
      message: `recommender: ${recommender} has no use for it`,
      remedy:
        'Remove it, or set recommender to generative. What a recipe builds on counts, too: sasrec and popularity are recipes without a model.',
    })),
    ...baselineProblems(tree, recommender),
  ];
}

/** A recipe as it is kept with its run: without the defaults of what its recommender has no use for. */
export function withoutUnused(recipe: Recipe): object {
  const { recommender, decoding, evaluation } = recipe;
  if (recommender === 'generative') return recipe;
  const unused = unusedSections(recommender);
  const kept = Object.entries(recipe).filter(([name]) => !unused.includes(name as SectionName));
  const { task_questions: _questions, ...evaluated } = evaluation;
  return {
    ...Object.fromEntries(kept),
    decoding: { seen_items: decoding.seen_items },
    evaluation: evaluated,
  };
}

const encoders: readonly BaselineName[] = ['sasrec', 'din', 'behaviour'];

function baselineProblems(tree: Located, recommender: RecommenderName): Problem[] {
  const written = locatedAt(tree, ['evaluation', 'baselines']);
  const names = written && plainValue(written);
  if (readsEmbedding(recommender) || !written || !Array.isArray(names)) return [];
  return encoders
    .filter((name) => names.includes(name))
    .map((name) => ({
      place: written.origin.place,
      path: 'evaluation.baselines',
      message: `${name} is an encoder, and with recommender: ${recommender} none is trained`,
      remedy: `Remove ${name}, or compare with a run of recommender: encoder (eager-llm runs compare).`,
    }));
}

/** The baselines that stand beside a run's own ranking: itself is not one, and an encoder only where one is trained. */
export function withOwnBaselines(recipe: Recipe): Recipe {
  if (readsEmbedding(recipe.recommender)) return recipe;
  const baselines = recipe.evaluation.baselines.filter((name) => !encoders.includes(name));
  return { ...recipe, evaluation: { ...recipe.evaluation, baselines } };
}
