import { join } from 'node:path';
import { isThere } from '../../../storage/is-there.ts';
import type { DatasetSettings } from '../../settings.ts';
import { filesOf, isFolder, onlyFile, requireFile } from '../../source/files.ts';
import { itemsBeside } from '../../source/items-beside.ts';

const table = /\.(csv|tsv|jsonl|ndjson|parquet)(\.gz)?$/i;

/** The exports of orders and products: the files that were named, or those of a folder by their names. */
export function findShopFiles({ format, path, items_path }: DatasetSettings): {
  orders: string;
  /** Null when there is none: items then have no texts. */
  products: string | null;
} {
  const what = 'an export of orders (such as orders.csv)';
  const orders = isFolder(path) ? inFolder(path, 'order', what) : requireFile(path, what);
  if (items_path !== null) return { orders, products: requireFile(items_path, 'an export of products') };
  if (!isFolder(path)) return { orders, products: itemsBeside(format, orders) };
  const some = filesOf(path).some((name) => isNamed(name, 'product'));
  return { orders, products: some ? inFolder(path, 'product', 'an export of products') : null };
}

/** `orders.csv`, or the only table with `order` in its name. */
function inFolder(folder: string, kind: string, what: string): string {
  const usual = join(folder, `${kind}s.csv`);
  return isThere(usual) ? requireFile(usual, what) : onlyFile(folder, what, (name) => isNamed(name, kind));
}

function isNamed(name: string, kind: string): boolean {
  return table.test(name) && name.toLowerCase().includes(kind);
}
