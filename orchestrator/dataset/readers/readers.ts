import type { DatasetFormat } from '../settings.ts';
import { readAmazon2014 } from './amazon-2014.ts';
import { readAmazon2018 } from './amazon-2018.ts';
import { readAmazon2023 } from './amazon-2023.ts';
import { readLcRec } from './lc-rec.ts';
import { readMovielens } from './movielens.ts';
import type { ItemReader, Reader } from './reader.ts';
import { readRecbole } from './recbole.ts';
import { readSequences } from './sequences.ts';
import { readShopify, readShopifyProducts } from './shop/shopify.ts';
import { readWoocommerce, readWoocommerceProducts } from './shop/woocommerce.ts';
import { readSql } from './sql.ts';
import { readItemTable, readTable } from './table.ts';

export const readers: Record<DatasetFormat, Reader> = {
  sequences: readSequences,
  'amazon-2014': readAmazon2014,
  'amazon-2018': readAmazon2018,
  'amazon-2023': readAmazon2023,
  recbole: readRecbole,
  movielens: readMovielens,
  'lc-rec': readLcRec,
  table: readTable,
  shopify: readShopify,
  woocommerce: readWoocommerce,
  sql: readSql,
};

/** The reader of a file of items alone: of a shop's format its products, else a table by `item_columns`. */
export function itemReaderOf(format: DatasetFormat): ItemReader {
  if (format === 'shopify') return readShopifyProducts;
  if (format === 'woocommerce') return readWoocommerceProducts;
  return readItemTable;
}
