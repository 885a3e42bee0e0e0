import { join } from 'node:path';
import type { ParameterSpec } from '../engine/optimisers/parameters.ts';
import { saveCheckpoint } from '../models/checkpoint.ts';
import type { ModelDefinition, WeightSource } from '../models/model.ts';
import { type StoredTensor, writeSafetensors } from '../storage/safetensors.ts';
import { initialFile, modelFolder, newRowsFile } from './job-file.ts';

/**
 * The weights that training starts from. A model from scratch comes whole; of a base model only the rows of the added
 * tokens are written, and the worker reads the rest from the base itself.
 */
export function writeFirstWeights(
  folder: string,
  definition: ModelDefinition,
  weights: WeightSource,
  base: { firstAddedRow: number; rows: number } | null,
): void {
  if (!base) {
    saveCheckpoint(join(folder, modelFolder), definition, weights);
    return;
  }
  const { config, hiddenSize: width, embedding, head } = definition;
  const tensors: Record<string, StoredTensor> = {};
  for (const name of new Set([embedding, head])) {
    const table = weights.read(name, [config.vocab_size, width]);
    const from = base.firstAddedRow * width;
    tensors[name] = { shape: [base.rows, width], data: table.slice(from, from + base.rows * width) };
  }
  writeSafetensors(join(folder, newRowsFile), tensors);
}

/** First values of what a part adds to its model: low-rank matrices and what objectives train beside it, drawn as the Node engine draws them. */
export function writeInitial(folder: string, specs: readonly ParameterSpec[]): void {
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, shape, initialise } of specs) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    initialise(data);
    tensors[name] = { shape: [...shape], data };
  }
  writeSafetensors(join(folder, initialFile), tensors);
}
