import { join } from 'node:path';
import { openCheckpoint, withAddedRows } from '../models/checkpoint.ts';
import type { ModelDefinition, WeightSource } from '../models/model.ts';
import { readModel } from '../models/registry.ts';
import { finalModelFolder } from '../opened-run/stage-files.ts';
import { createMatrix } from '../shared/matrix.ts';
import { rowsOfNewDigits } from '../vocabulary/rows-of-new-digits.ts';
import { readVocabularyFile } from '../vocabulary/vocabulary-file.ts';
import { openBaseRun } from './base-run.ts';

/** The trained model of an earlier run, with rows for the tokens that were added since. */
export interface ContinuedModel {
  definition: ModelDefinition;
  weights: WeightSource;
  folder: string;
  /** Rows of the earlier model, and the new ones: [firstAddedRow, firstAddedRow + addedRows). */
  baseRows: number;
  firstAddedRow: number;
  addedRows: number;
}

/** `baseFolder`: of the earlier run; `vocabularyFolder`: the vocabulary to train with. */
export function continuedModel(baseFolder: string, vocabularyFolder: string, seed: number): ContinuedModel {
  const base = openBaseRun(baseFolder);
  const folder = join(base.folderOf('training'), finalModelFolder);
  const trained = readModel(folder);
  const baseRows = trained.config.vocab_size;
  const known = readVocabularyFile(base.folderOf('vocabulary')).size;
  const file = readVocabularyFile(vocabularyFolder);
  const definition = trained.withVocabulary(Math.max(baseRows, file.size));
  const { hiddenSize } = definition;
  const rows = (_name: string, table: Float32Array) =>
    rowsOfNewDigits(file, known, createMatrix(table.length / hiddenSize, hiddenSize, table), seed);
  return {
    definition,
    weights: withAddedRows(openCheckpoint(folder), definition, baseRows, known, rows),
    folder,
    baseRows,
    firstAddedRow: known,
    addedRows: file.size - known,
  };
}
