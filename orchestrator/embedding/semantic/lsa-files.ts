import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';
import { readJson, writeJson } from '../../storage/json-file.ts';
import { readSafetensors, writeSafetensors } from '../../storage/safetensors.ts';
import type { FittedLsa } from './lsa-encoder.ts';

const tensorsFile = 'lsa.safetensors';
const termsFile = 'lsa-terms.json';
const remedy = 'Delete the folder that holds it and run again: the embedding stage rebuilds it.';

/** Writes `lsa.safetensors` (`idf` [terms], `basis` [terms, dimensions]) and, last, `lsa-terms.json`. */
export function saveLsa(folder: string, { terms, idf, basis }: FittedLsa): void {
  writeSafetensors(join(folder, tensorsFile), {
    idf: { shape: [idf.length], data: idf },
    basis: { shape: [basis.rows, basis.columns], data: basis.data },
  });
  writeJson(join(folder, termsFile), terms);
}

/** What `saveLsa` wrote; null where there is none. Throws a UserError for broken files. */
export function readLsa(folder: string): FittedLsa | null {
  const place = join(folder, termsFile);
  if (!isThere(place)) return null;
  const terms = z.array(z.string()).safeParse(readJson(place, remedy));
  const { idf, basis } = readSafetensors(join(folder, tensorsFile));
  if (
    terms.success &&
    idf?.data instanceof Float64Array &&
    basis?.data instanceof Float32Array &&
    idf.data.length === terms.data.length &&
    basis.shape[0] === terms.data.length
  ) {
    const [rows, columns] = basis.shape;
    return { terms: terms.data, idf: idf.data, basis: { rows, columns, data: basis.data } };
  }
  throw new UserError('embedding/broken-lsa', 'does not fit the matrix beside it', { place, remedy });
}
