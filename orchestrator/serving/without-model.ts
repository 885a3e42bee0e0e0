import { UserError } from '../shared/errors.ts';
import type { RecommenderName } from '../shared/recommender-names.ts';
import type { Talk } from './conversation/talk.ts';

/** What a run without a model is asked for and does not have. */
export function withoutModel(recommender: RecommenderName, what: string): UserError {
  return new UserError(
    'serving/no-model',
    `this run recommends by ${recommender}, without a model: ${what}`,
    {
      remedy:
        'Ask it for a user or a history, or open a run whose recipe has recommender: generative, as recipes/quickstart.yaml.',
    },
  );
}

/** Texts are read for a model to answer them. */
export function talkWithoutModel(recommender: RecommenderName): Talk {
  const refuse = (): never => {
    throw withoutModel(recommender, 'it reads no texts');
  };
  return {
    responder: () => ({
      read: refuse,
      improve: refuse,
      respond: refuse,
      takeLeave: refuse,
      numbersOf: () => [],
    }),
    fitText: null,
    start: refuse,
    prepare: async () => {},
  };
}
