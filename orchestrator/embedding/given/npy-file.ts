import { readFileSync, statSync } from 'node:fs';
import { parsePythonLiteral } from '../../dataset/source/python-literal.ts';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { systemErrorOf } from '../../shared/system-error.ts';
import { float16Values } from '../../storage/float16.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');
const longestHeader = 100_000;
/** Node reads no larger file at once. */
const mostBytes = 2 ** 31 - 1;

/** How elements of each type are read. */
const readers: Record<string, { bytes: number; read(view: DataView, at: number): number }> = {
  '<f2': { bytes: 2, read: (view, at) => float16Values[view.getUint16(at, true)] },
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

/**
 * Reads a matrix as NumPy's `save` writes it (format versions 1 to 3), in float16, float32 or float64. Nothing of it is
 * executed: arrays of objects are refused. Throws a UserError for anything else.
 */
export function readNpy(path: string): Matrix {
  const fail = (message: string) =>
    new UserError('embedding/npy', message, {
      place: path,
      remedy: "Write a matrix of numbers, one row an item: numpy.save(path, vectors.astype('float32')).",
    });
  const file = contentOf(path, fail);
  if (file.length < 12 || !file.subarray(0, 6).equals(magic)) throw fail('is no .npy file');
  const version = file[6];
  const [start, length] = version === 1 ? [10, file.readUInt16LE(8)] : [12, file.readUInt32LE(8)];
  if (length > longestHeader || start + length > file.length) throw fail('its header is cut off');
  const { descr, shape, fortran_order: byColumns } = headerOf(file.toString('utf8', start, start + length));
  const reader = typeof descr === 'string' ? readers[descr] : undefined;
  if (!reader)
    throw fail(`expected float16, float32 or float64, got the type ${JSON.stringify(descr)?.slice(0, 60)}`);
  if (!Array.isArray(shape) || shape.length !== 2 || !shape.every(isSize))
    throw fail(`expected the shape [items, width], got ${JSON.stringify(shape)?.slice(0, 60)}`);
  const [rows, columns] = shape as number[];
  const body = file.subarray(start + length);
  const expected = rows * columns * reader.bytes;
  if (body.length !== expected)
    throw fail(`expected ${expected.toLocaleString('en-US')} bytes of numbers, got ${body.length}`);
  const matrix = createMatrix(rows, columns);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = byColumns === true ? column * rows + row : row * columns + column;
      matrix.data[row * columns + column] = reader.read(view, at * reader.bytes);
    }
  return matrix;
}

/** Of empty vectors there could be any number, in a file of no numbers. */
const isSize = (size: unknown) => Number.isSafeInteger(size) && (size as number) > 0;

function contentOf(path: string, fail: (message: string) => UserError): Buffer {
  try {
    if (statSync(path).size > mostBytes) throw fail('is larger than 2 GiB: store float16, or .parquet');
    return readFileSync(path);
  } catch (error) {
    throw systemErrorOf(error, path) ?? error;
  }
}

/** The header is a dict as Python writes it. */
function headerOf(text: string): Record<string, unknown> {
  try {
    const header = parsePythonLiteral(text.trim());
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  } catch {
    // Told by what is missing in it.
  }
  return {};
}
