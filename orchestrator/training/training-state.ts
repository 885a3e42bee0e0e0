import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { floats } from '../engine/floats.ts';
import type { AdamWState } from '../engine/optimisers/adamw.ts';
import type { ParameterStore } from '../engine/optimisers/parameters.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { openSafetensors, writeSafetensors } from '../storage/safetensors.ts';

const progressSchema = z.object({
  /** Where the next update starts: epoch and micro-batch within it. */
  epoch: z.int().nonnegative(),
  batch: z.int().nonnegative(),
  /** Updates done. */
  step: z.int().nonnegative(),
  tokens: z.number().nonnegative(),
  /** Of the latest update. */
  loss: z.number().nullable(),
  /** Best validation so far, and how many validations ago it was. */
  best: z.number().nullable(),
  bestEpoch: z.number(),
  sinceBest: z.int().nonnegative(),
  /** Training ended; only the result has to be written. */
  finished: z.boolean(),
});

export type TrainingProgress = z.infer<typeof progressSchema>;

const stateFile = 'state.safetensors';
const bestFile = 'best.safetensors';

/** One file holds everything that an update depends on, so that a kill leaves the old state or the new, never a mix. */
export function saveState(
  folder: string,
  store: ParameterStore,
  adamw: AdamWState,
  progress: TrainingProgress,
): void {
  const flat = (data: Float32Array) => ({ shape: [data.length], data });
  writeSafetensors(
    join(folder, stateFile),
    { values: flat(store.values), mean: flat(adamw.mean), square: flat(adamw.square) },
    { progress: JSON.stringify(progress), adamw_step: String(adamw.step) },
  );
}

/** Restores in place; null if there is nothing to resume. A broken state or one of another shape is an error. */
export function loadState(folder: string, store: ParameterStore, adamw: AdamWState): TrainingProgress | null {
  const path = join(folder, stateFile);
  if (!isThere(path)) return null;
  const file = openSafetensors(path);
  try {
    const progress = progressSchema.safeParse(parseJson(file.metadata.progress));
    const targets = { values: store.values, mean: adamw.mean, square: adamw.square };
    const fits = Object.entries(targets).every(
      ([name, data]) => file.entries.get(name)?.shape[0] === data.length,
    );
    if (!progress.success || !fits)
      throw new UserError('training/wrong-state', 'is not a saved state of this training', {
        place: path,
        remedy: 'Delete the file to train this stage from scratch.',
      });
    for (const [name, data] of Object.entries(targets)) data.set(floats(file.read(name)));
    adamw.step = Number(file.metadata.adamw_step);
    return progress.data;
  } finally {
    file.close();
  }
}

export function saveBest(folder: string, store: ParameterStore): void {
  writeSafetensors(join(folder, bestFile), { values: { shape: [store.values.length], data: store.values } });
}

/** Restores the best weights into the store, if any were kept. */
export function loadBest(folder: string, store: ParameterStore): void {
  const path = join(folder, bestFile);
  if (!isThere(path)) return;
  const file = openSafetensors(path);
  store.values.set(floats(file.read('values')));
  file.close();
}

/** Deletes what only resuming needs, once the result of the training is written. */
export function removeState(folder: string): void {
  for (const file of [stateFile, bestFile]) rmSync(join(folder, file), { force: true });
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
