import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { Item } from '../dataset/types.ts';
import { extendEncoder } from '../embedding/behaviour/extend-encoder.ts';
import { rowPredictor } from '../embedding/behaviour/row-predictor.ts';
import { readGivenVectors } from '../embedding/given/given-vectors.ts';
import { embedMore } from '../embedding/semantic/embed-more.ts';
import type { EncoderGiven } from '../embedding/semantic/encoders.ts';
import { readLsa, saveLsa } from '../embedding/semantic/lsa-files.ts';
import type { LongWork } from '../embedding/semantic/types.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import { readEmbeddings, writeVectors } from '../opened-run/embeddings.ts';
import { behaviourFolders, embeddingFiles } from '../opened-run/stage-files.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import type { Figures } from '../shared/reporter.ts';
import type { BaseRun } from './base-run.ts';

/**
 * The embeddings of an earlier run with vectors for the new items behind them: of their texts by the same encoder, of
 * behaviour as the texts predict it.
 */
export async function continuedEmbedding(
  recipe: Recipe,
  base: BaseRun,
  folders: { dataset: string; embedding: string },
  given: EncoderGiven,
  work: LongWork,
): Promise<Figures> {
  const earlier = loadDataset(base.folderOf('dataset'));
  const before = earlier.items;
  const now = loadDataset(folders.dataset);
  const added = now.items.slice(before.length);
  const from = base.folderOf('embedding');
  const { semantic: old, behaviour: oldBehaviour } = readEmbeddings(from);
  const to = folders.embedding;
  const { semantic: settings } = recipe.embedding;
  const fitted = added.length === 0 ? readLsa(from) : null;
  if (fitted) saveLsa(to, fitted);
  const further =
    added.length === 0
      ? createMatrix(0, old.columns)
      : await embedMore(
          { items: before, vectors: old, folder: from },
          added,
          { settings, given, keepIn: to },
          work,
        );
  writeVectors(join(to, embeddingFiles.semantic), withRows(old, further));
  const known = { texts: old, counts: popularityOf(earlier) };
  const asked = { texts: further, counts: popularityOf(now).subarray(before.length) };
  const { path } = recipe.embedding.behaviour;
  if (path !== null)
    writeVectors(
      join(to, embeddingFiles.givenBehaviour),
      withRows(oldBehaviour, await rowsGiven(path, added)),
    );
  else {
    const predict = rowPredictor(known, asked);
    const encoders = behaviourFolders(from, recipe);
    for (const [at, target] of behaviourFolders(to, recipe).entries())
      await extendEncoder(encoders[at], target, predict);
  }
  return {
    'semantic encoder': settings.encoder,
    'semantic size': old.columns,
    'behaviour encoder': recipe.embedding.behaviour.encoder,
    'new items': added.length,
  };
}

/** Behaviour vectors of new items stand in the same file as those of the old ones. */
async function rowsGiven(path: string, added: readonly Item[]): Promise<Matrix> {
  return readGivenVectors(
    path,
    added.map(({ item_id }) => item_id),
  );
}

function withRows(old: Matrix, further: Matrix): Matrix {
  if (further.rows > 0 && further.columns !== old.columns)
    throw new UserError(
      'embedding/other-encoder',
      `the new vectors have ${further.columns} numbers, and the old ones have ${old.columns}`,
      {
        place: 'embedding',
        remedy: 'Use the file or encoder that the old vectors came from, or train anew.',
      },
    );
  const data = new Float32Array(old.data.length + further.data.length);
  data.set(old.data);
  data.set(further.data, old.data.length);
  return createMatrix(old.rows + further.rows, old.columns, data);
}
