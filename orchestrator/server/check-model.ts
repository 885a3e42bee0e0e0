import type { OpenRun } from '../serving/index.ts';
import { clientError } from './answer-errors.ts';

/** Throws the same error as OpenAI if an unknown model is requested. */
export function checkModel(asked: string | undefined, { name }: Pick<OpenRun, 'name'>): void {
  if (asked === undefined || asked === name) return;
  throw clientError(
    404,
    'not_found_error',
    'model_not_found',
    `there is no model ${JSON.stringify(asked.slice(0, 100))}; this server has ${JSON.stringify(name)}`,
  );
}
