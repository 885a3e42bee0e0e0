import type { LoraOptions } from '../models/lora.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { renderRow } from '../prompts/render-row.ts';
import { rowPlan } from '../prompts/row-plan.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { RowSource } from '../training/options.ts';
import type { TrainingPart } from '../training/settings.ts';

// What a part of the training is, whichever engine does it.

/** A separate setting, so that the beams of the final evaluation can change without retraining. */
export const validationBeams = 20;

/** Validation cases that each task is asked about. */
export const questionsPerTask = 100;

/** Rows of each epoch, in the epoch's own order. */
export function rowSource(
  { tasks }: Pick<TrainingPart, 'tasks'>,
  { prompts, tasks: registry }: Pick<PromptArtefacts, 'prompts' | 'tasks'>,
  { seed, training: { replay } }: Pick<Recipe, 'seed' | 'training'>,
): RowSource {
  const planOf = (epoch: number) => rowPlan({ source: prompts, tasks, seed, epoch, replay, registry });
  return {
    maxLength: prompts.maxLength,
    rowsPerEpoch: planOf(0).length,
    epoch(epoch) {
      const plan = planOf(epoch);
      return { length: plan.length, row: (at) => renderRow(plan, at) };
    },
  };
}

export function loraOptions(
  part: TrainingPart & { tuning: 'lora' | 'qlora' },
  { vocabulary }: Pick<PromptArtefacts, 'vocabulary'>,
  seed: number,
): LoraOptions {
  return { ...part, firstNewToken: vocabulary.codeTokenIds[0][0], seed };
}
