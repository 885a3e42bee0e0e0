import { join } from 'node:path';
import type { AdamWState } from '../../engine/optimisers/adamw.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';
import { openSafetensors, type StoredTensor, writeSafetensors } from '../../storage/safetensors.ts';
import type { BehaviourModel, ValidationFigures } from './types.ts';

/** All that training goes on from after an epoch; random draws need no state, they start anew in each epoch. */
export interface TrainingState {
  /** Finished epochs. */
  epoch: number;
  adamw: AdamWState;
  best: { figures: ValidationFigures; values: Float32Array; buffers: Float32Array[] } | null;
}

const fileName = 'behaviour-training.safetensors';
const remedy = 'Delete the file and run again: the behaviour encoder is then trained from scratch.';

/** Writes the state and the model's present weights into one file, atomically. */
export function saveTrainingState(
  folder: string,
  model: BehaviourModel,
  { epoch, adamw, best }: TrainingState,
  key: string,
): void {
  const flat = (data: Float32Array): StoredTensor => ({ shape: [data.length], data });
  const tensors: Record<string, StoredTensor> = {
    values: flat(model.store.values),
    mean: flat(adamw.mean),
    square: flat(adamw.square),
    ...Object.fromEntries(Object.entries(model.buffers).map(([name, tensor]) => [`buffer/${name}`, tensor])),
  };
  if (best) {
    tensors.best = flat(best.values);
    for (const [at, name] of Object.keys(model.buffers).entries())
      tensors[`best-buffer/${name}`] = flat(best.buffers[at]);
  }
  const progress: Progress = { epoch, step: adamw.step, figures: best?.figures ?? null };
  writeSafetensors(join(folder, fileName), tensors, { key, progress: JSON.stringify(progress) });
}

interface Progress {
  epoch: number;
  step: number;
  figures: ValidationFigures | null;
}

/**
 * Reads a state back, weights into the model; null when there is none, `'other'` when it belongs to other
 * settings or data (`key`). Throws a UserError for a broken file.
 */
export function loadTrainingState(
  folder: string,
  model: BehaviourModel,
  key: string,
): TrainingState | 'other' | null {
  const path = join(folder, fileName);
  if (!isThere(path)) return null;
  const file = openSafetensors(path);
  try {
    if (file.metadata.key !== key) return 'other';
    const total = model.store.values.length;
    const read = (name: string, length = total): Float32Array => {
      const { data } = file.read(name);
      if (!(data instanceof Float32Array) || data.length !== length)
        throw new UserError(
          'embedding/broken-checkpoint',
          `tensor "${name}" does not hold ${length} floats`,
          {
            place: path,
            remedy,
          },
        );
      return data;
    };
    const { epoch, step, figures } = parseProgress(file.metadata.progress, path);
    model.store.values.set(read('values'));
    const buffers = Object.entries(model.buffers);
    for (const [name, { data }] of buffers) data.set(read(`buffer/${name}`, data.length));
    return {
      epoch,
      adamw: { step, mean: read('mean'), square: read('square') },
      best: figures && {
        figures,
        values: read('best'),
        buffers: buffers.map(([name, { data }]) => read(`best-buffer/${name}`, data.length)),
      },
    };
  } finally {
    file.close();
  }
}

function parseProgress(text: string | undefined, place: string): Progress {
  try {
    const { epoch, step, figures } = JSON.parse(text ?? '') as Progress;
    if (!Number.isInteger(epoch) || !Number.isInteger(step)) throw new TypeError('epoch or step is missing');
    return { epoch, step, figures };
  } catch (cause) {
    throw new UserError('embedding/broken-checkpoint', `has no readable progress: ${messageOf(cause)}`, {
      place,
      remedy,
      cause,
    });
  }
}
