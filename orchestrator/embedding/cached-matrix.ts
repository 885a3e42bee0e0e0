import { join } from 'node:path';
import { messageOf } from '../shared/errors.ts';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import { hashJson, hashNumbers } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { openSafetensors, writeSafetensors } from '../storage/safetensors.ts';

/**
 * The matrix that `make` gives, kept in `cacheFolder` under a hash of `keyParts`: all that it follows from. A file that
 * is broken, cut or altered is made again, with a warning; so it is each time where nothing can be kept.
 */
export async function cachedMatrix(
  cacheFolder: string,
  keyParts: unknown,
  make: () => Promise<Matrix>,
  report?: Reporter,
): Promise<Matrix> {
  const key = hashJson(keyParts);
  const path = join(cacheFolder, `${key.slice(0, 32)}.safetensors`);
  try {
    if (isThere(path)) {
      const matrix = readMatrix(path, key);
      report?.({ type: 'note', text: `reused from ${path}` });
      return matrix;
    }
  } catch (error) {
    report?.({ type: 'warning', text: `${path} cannot be used and is made again: ${messageOf(error)}` });
  }
  const matrix = await make();
  try {
    writeSafetensors(
      path,
      { embedding: { shape: [matrix.rows, matrix.columns], data: matrix.data } },
      { key, sha256: hashNumbers(matrix.data) },
    );
  } catch (error) {
    report?.({ type: 'warning', text: `${path} cannot be kept: ${messageOf(error)}` });
  }
  return matrix;
}

function readMatrix(path: string, key: string): Matrix {
  const file = openSafetensors(path);
  try {
    const { shape, data } = file.read('embedding');
    if (!(data instanceof Float32Array) || shape.length !== 2) throw new Error('it holds no float32 matrix');
    if (file.metadata.key !== key) throw new Error('it was made from something else');
    if (file.metadata.sha256 !== hashNumbers(data))
      throw new Error('its numbers are not those that were written');
    return createMatrix(shape[0], shape[1], data);
  } finally {
    file.close();
  }
}
