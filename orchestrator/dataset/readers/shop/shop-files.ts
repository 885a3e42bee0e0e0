import { basename, join } from 'node:path';
import { byNumber } from '../../../shared/by-number.ts';
import { filesMatching, isPattern } from '../../../storage/files-matching.ts';
import { isThere } from '../../../storage/is-there.ts';
import type { DatasetSettings } from '../../settings.ts';
import { filesOf, isFolder, onlyFile, requireFile } from '../../source/files.ts';
import { itemsBeside } from '../../source/items-beside.ts';

const table = /\.(csv|tsv|jsonl|ndjson|parquet)(\.gz)?$/i;

/**
 * The exports of orders and products, each in one file or in parts: the files that were named, by a pattern too, or those
 * of a folder by their names.
 */
export function findShopFiles({ format, path, items_path }: DatasetSettings): {
  orders: string[];
  /** Empty when there are none: items then have no texts. */
  products: string[];
} {
  const what = 'an export of orders (such as orders.csv)';
  const orders = isFolder(path) ? inFolder(path, 'order', what) : named(path, what);
  if (items_path !== null) return { orders, products: [requireFile(items_path, 'an export of products')] };
  if (!isFolder(path)) {
    const beside = itemsBeside(format, path);
    return { orders, products: beside === null ? [] : [beside] };
  }
  const some = filesOf(path).some((name) => isNamed(name, 'product'));
  return { orders, products: some ? inFolder(path, 'product', 'an export of products') : [] };
}

function named(path: string, what: string): string[] {
  const files = isPattern(path) ? filesMatching(path) : [];
  return files.length > 0 ? files.map((file) => requireFile(file, what)) : [requireFile(path, what)];
}

/** `orders.csv`, or the only table with `order` in its name; several that differ in a number alone are its parts. */
function inFolder(folder: string, kind: string, what: string): string[] {
  const usual = join(folder, `${kind}s.csv`);
  if (isThere(usual)) return [requireFile(usual, what)];
  const names = filesOf(folder).filter((name) => isNamed(name, kind));
  if (names.length > 1 && new Set(names.map(withoutNumber)).size === 1)
    return names.sort(byNumber).map((name) => requireFile(join(folder, name), what));
  return [onlyFile(folder, what, (name) => isNamed(name, kind))];
}

/** `orders (2).csv` and `orders-1.csv` as `orders.csv`. */
function withoutNumber(name: string): string {
  return name.replace(/[-_ .(]*\d+\)?(?=\.\w+(\.gz)?$)/, '').toLowerCase();
}

function isNamed(name: string, kind: string): boolean {
  return table.test(name) && name.toLowerCase().includes(kind);
}

/** For people: the file, or how many parts there are. */
export function describeParts(files: readonly string[]): string {
  const names = files.map((file) => basename(file));
  return `${names.length} parts, read as one: ${names.slice(0, 3).join(', ')}${names.length > 3 ? `, … ${names.at(-1)}` : ''}`;
}
