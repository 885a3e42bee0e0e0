import { join } from 'node:path';
import { readBehaviourEmbedding } from '../embedding/behaviour/behaviour-files.ts';
import type { Source } from '../item-index/types.ts';
import type { Matrix } from '../shared/matrix.ts';
import { isThere } from '../storage/is-there.ts';
import { readFloat32, readSafetensors, writeSafetensors } from '../storage/safetensors.ts';
import { embeddingFiles } from './stage-files.ts';

/** The two embeddings of the items, as the embedding stage left them: [items x width]. */
export function readEmbeddings(folder: string): Record<Source, Matrix> {
  const given = join(folder, embeddingFiles.givenBehaviour);
  return {
    semantic: readVectors(join(folder, embeddingFiles.semantic)),
    behaviour: isThere(given)
      ? readVectors(given)
      : readBehaviourEmbedding(join(folder, embeddingFiles.behaviour)),
  };
}

/** One embedding as `writeVectors` wrote it. */
function readVectors(path: string): Matrix {
  const stored = readSafetensors(path);
  const data = readFloat32(stored, 'embedding', path);
  const [rows, columns] = stored.embedding.shape;
  return { rows, columns, data };
}

export function writeVectors(path: string, { rows, columns, data }: Matrix): void {
  writeSafetensors(path, { embedding: { shape: [rows, columns], data } });
}
