import { extname } from 'node:path';

/** The files that hold given vectors: a .parquet has its ids, the others have them beside. */
export function vectorFiles(path: string): string[] {
  return isParquet(path) ? [path] : [path, idsBeside(path)];
}

export function isParquet(path: string): boolean {
  return extname(path).toLowerCase() === '.parquet';
}

/** `vectors.npy` has its ids in `vectors.ids.txt`, a line each, in the order of the rows. */
export function idsBeside(path: string): string {
  return `${path.slice(0, path.length - extname(path).length)}.ids.txt`;
}
