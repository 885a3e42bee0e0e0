import { basename } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { DatasetSettings } from '../settings.ts';
import { filesOf, isFolder, onlyFile, requireFile } from '../source/files.ts';
import { itemsBeside } from '../source/items-beside.ts';

const lineFile = /\.(json|jsonl)(\.gz)?$/i;
const reviews = 'a file of reviews (.json or .jsonl, plain or .gz)';

export interface AmazonFiles {
  reviews: string;
  /** Null when the metadata are not there: items then have no text. */
  metadata: string | null;
}

/**
 * The reviews (`reviews_Beauty_5.json.gz`, `All_Beauty.jsonl`, …) and the metadata (`meta_Beauty.json.gz`, …):
 * the only files of their kind in a folder, or beside the file that was named.
 */
export function findAmazonFiles({ format, path, items_path }: DatasetSettings): AmazonFiles {
  refuseRatings(path);
  const file = isFolder(path)
    ? onlyFile(path, reviews, (name) => lineFile.test(name) && !/^meta/i.test(name))
    : requireFile(path, reviews);
  if (items_path !== null) return { reviews: file, metadata: requireFile(items_path, 'a file of metadata') };
  return { reviews: file, metadata: isFolder(path) ? inFolder(path) : itemsBeside(format, file) };
}

/** Of Amazon's data there are ratings without reviews, too: tables. */
function refuseRatings(path: string): void {
  const names = isFolder(path) ? filesOf(path) : [path];
  const ratings = names.find((name) => /\.csv(\.gz)?$/i.test(name));
  if (ratings === undefined || names.some((name) => lineFile.test(name))) return;
  throw new UserError('dataset/missing-file', `expected ${reviews}, found the table ${basename(ratings)}`, {
    place: path,
    remedy:
      'Ratings in a CSV are read by format: table, with path: the file itself, and columns by their names, or by their numbers where there is no header line.',
  });
}

function inFolder(folder: string): string | null {
  const isMetadata = (name: string) => lineFile.test(name) && /^meta/i.test(name);
  return filesOf(folder).some(isMetadata) ? onlyFile(folder, 'a file of metadata', isMetadata) : null;
}
