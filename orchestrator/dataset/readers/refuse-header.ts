import { BrokenLine } from '../source/broken-line.ts';

const nouns =
  'user|customer|client|visitor|session|reviewer|member|account|item|product|article|sku|asin|movie|book|song|business';
const nameOfId = new RegExp(`^(${nouns})?[ _-]?(id|ids|no|number)?$`, 'i');

/** Whether ids are names of columns. */
export function isHeader(ids: readonly unknown[]): boolean {
  return ids.every((id) => typeof id === 'string' && id.trim() !== '' && nameOfId.test(id.trim()));
}

/** Throws a `BrokenLine` where the ids in the first line of a file, whose columns are counted, are names of columns. */
export function refuseHeader(ids: readonly unknown[], section: string): void {
  if (!isHeader(ids)) return;
  throw new BrokenLine(
    `a header line (${ids.join(', ')}) where ${section} counts the columns, as in a file without one`,
    `Name the columns in ${section}, or remove this line.`,
  );
}
