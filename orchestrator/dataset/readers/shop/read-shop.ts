import { requireFile } from '../../source/files.ts';
import type { ItemReader, Reader } from '../reader.ts';
import { readOrders } from './read-orders.ts';
import { readProducts } from './read-products.ts';
import { findShopFiles } from './shop-files.ts';
import type { ShopFormat } from './shop-format.ts';

/** A reader of a shop's exports: the products first, by which the lines of orders find theirs. */
export function createShopReader(format: ShopFormat): Reader {
  return async (reading) => {
    const { orders, products } = findShopFiles(reading.settings);
    if (products === null)
      reading.report({
        type: 'warning',
        text: `${orders}: no export of products beside it (items_path), the items have no text but their names`,
      });
    const catalogue = products === null ? null : await readProducts(products, format, reading);
    await readOrders(orders, format, catalogue, reading);
  };
}

/** A reader of an export of products alone. */
export function createProductReader(format: ShopFormat): ItemReader {
  return async (path, reading) => {
    await readProducts(requireFile(path, 'an export of products'), format, reading);
  };
}
