import { join } from 'node:path';
import { readBehaviourEmbedding } from '../embedding/behaviour/behaviour-files.ts';
import type { Source } from '../item-index/types.ts';
import type { Matrix } from '../shared/matrix.ts';
import { readFloat32, readSafetensors } from '../storage/safetensors.ts';
import { embeddingFiles } from './stage-files.ts';

/** The two embeddings of the items, as the embedding stage left them: [items x width]. */
export function readEmbeddings(folder: string): Record<Source, Matrix> {
  const path = join(folder, embeddingFiles.semantic);
  const stored = readSafetensors(path);
  const data = readFloat32(stored, 'embedding', path);
  const [rows, columns] = stored.embedding.shape;
  return {
    semantic: { rows, columns, data },
    behaviour: readBehaviourEmbedding(join(folder, embeddingFiles.behaviour)),
  };
}
