import { UserError } from '../shared/errors.ts';

/** Of a model that learned from all events; its quality is that of the run that it was trained as long as, if there is one. */
export function nothingHeldOut(run: string, vouchedBy: string | null): UserError {
  return new UserError(
    'evaluation/nothing-held-out',
    'learned from all events (dataset.split: none), so nothing is left to evaluate it on',
    {
      place: run,
      remedy: vouchedBy
        ? `Evaluate the run that it was trained as long as: eager-llm evaluate ${vouchedBy}.`
        : 'Evaluate a run of the same recipe with dataset.split: leave-one-out.',
    },
  );
}
