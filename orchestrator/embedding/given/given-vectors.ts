import { extname } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { idLines } from '../../storage/id-lines.ts';
import { isThere } from '../../storage/is-there.ts';
import { openSafetensors } from '../../storage/safetensors.ts';
import { checkSpread } from './check-spread.ts';
import { namedIds } from './named-ids.ts';
import { readNpy } from './npy-file.ts';
import { readParquetVectors } from './parquet-vectors.ts';
import type { StoredVectors } from './stored-vectors.ts';
import { idsBeside, isParquet } from './vector-files.ts';

const tensor = 'embedding';

/**
 * The vectors of a catalogue that were made elsewhere, [items, width], in the order of `itemIds`. The file is .parquet
 * with its ids, or .npy or .safetensors with a list of ids beside it. Vectors of other items are left out and counted.
 * Throws one UserError that names all that is wrong. Where no items are asked for, the file is only checked.
 */
export async function readGivenVectors(
  path: string,
  itemIds: readonly string[],
  report?: Reporter,
): Promise<Matrix> {
  const { ids, vectors } = await storedIn(path);
  const rowOfId = new Map(ids.map((id, row) => [id, row]));
  const problems = [...wrongWith({ ids, vectors }, rowOfId, itemIds)];
  if (problems.length > 0)
    throw new UserError('embedding/given-vectors', problems.join('; '), {
      place: path,
      remedy: 'Give every item of the catalogue one vector of finite numbers, by its id in the log.',
    });
  const chosen = createMatrix(itemIds.length, vectors.columns);
  for (const [item, id] of itemIds.entries())
    chosen.data.set(rowOf(vectors, rowOfId.get(id) as number), item * vectors.columns);
  if (itemIds.length > 0) checkSpread(chosen, itemIds, path, report);
  else checkSpread(vectors, ids, path, report);
  const leftOut = ids.length - itemIds.length;
  if (leftOut > 0)
    report?.({
      type: 'note',
      text: `vectors of ${leftOut} items that are not in the catalogue are left out`,
    });
  return chosen;
}

async function storedIn(path: string): Promise<StoredVectors> {
  if (isParquet(path)) return readParquetVectors(path);
  const ending = extname(path).toLowerCase();
  if (ending !== '.npy' && ending !== '.safetensors')
    throw new UserError(
      'embedding/given-format',
      `expected .npy, .safetensors or .parquet, got "${ending}"`,
      {
        place: path,
        remedy: 'Write the vectors as one of these.',
      },
    );
  const beside = idsBeside(path);
  if (!isThere(beside))
    throw new UserError('embedding/no-ids', 'the list of item ids beside the vectors is missing', {
      place: beside,
      remedy: 'Write the id of each row, a line each, in the order of the rows.',
    });
  const vectors = ending === '.npy' ? readNpy(path) : readTensor(path);
  return { ids: firstOf(idLines(beside), vectors.rows + 1), vectors };
}

/** One more than there are rows tells enough: the list may be of any length. */
function firstOf(lines: Iterable<string>, most: number): string[] {
  const ids: string[] = [];
  for (const id of lines) if (ids.push(id) === most) break;
  return ids;
}

function readTensor(path: string): Matrix {
  const file = openSafetensors(path);
  const wrong = (problem: string) =>
    new UserError('embedding/given-format', problem, {
      place: path,
      remedy: `Write the vectors as one tensor "${tensor}" of floats, [items, width].`,
    });
  try {
    const names = [...file.entries.keys()];
    if (!file.entries.has(tensor))
      throw wrong(
        names.length === 0 ? 'holds no tensor' : `holds no tensor "${tensor}", only ${namedIds(names)}`,
      );
    const { shape, data } = file.read(tensor);
    if (shape.length !== 2) throw wrong(`"${tensor}" has the shape [${shape}]`);
    if (!(data instanceof Float32Array || data instanceof Float64Array))
      throw wrong(`"${tensor}" holds ${file.entries.get(tensor)?.dtype}, which are no floats`);
    return createMatrix(shape[0], shape[1], Float32Array.from(data));
  } finally {
    file.close();
  }
}

function* wrongWith(
  { ids, vectors }: StoredVectors,
  rowOfId: ReadonlyMap<string, number>,
  itemIds: readonly string[],
): Generator<string> {
  if (ids.length > vectors.rows) yield `more ids than the ${vectors.rows} rows`;
  if (ids.length < vectors.rows) yield `${ids.length} ids for ${vectors.rows} rows`;
  if (rowOfId.size !== ids.length) {
    const again = ids.filter((id, row) => rowOfId.get(id) !== row);
    yield `${again.length} ids stand there more than once: ${namedIds(again)}`;
  }
  if (vectors.columns === 0) yield 'its vectors are empty';
  const missing = itemIds.filter((id) => !rowOfId.has(id));
  if (missing.length > 0)
    yield `${missing.length} of ${itemIds.length} items have no vector: ${namedIds(missing)}${missing.length === itemIds.length && ids.length > 0 ? `; its ids are such as ${namedIds(ids)}` : ''}`;
  const broken = vectors.data.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0 && vectors.columns > 0) {
    const row = Math.floor(broken / vectors.columns);
    yield `the vector of "${ids[row]}" (row ${row + 1}) holds ${vectors.data[broken]}`;
  }
}
