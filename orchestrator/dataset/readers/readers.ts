import type { DatasetFormat } from '../settings.ts';
import { readAmazon2014 } from './amazon-2014.ts';
import { readAmazon2018 } from './amazon-2018.ts';
import { readAmazon2023 } from './amazon-2023.ts';
import { readLcRec } from './lc-rec.ts';
import { readMovielens } from './movielens.ts';
import type { Reader } from './reader.ts';
import { readRecbole } from './recbole.ts';
import { readSequences } from './sequences.ts';
import { readShopify } from './shop/shopify.ts';
import { readWoocommerce } from './shop/woocommerce.ts';
import { readTable } from './table.ts';

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
};
