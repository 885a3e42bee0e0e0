import { requireFile } from '../../source/files.ts';
import type { ItemReader, Reader } from '../reader.ts';
import { readOrders } from './read-orders.ts';
import { readProducts } from './read-products.ts';
import { describeParts, findShopFiles } from './shop-files.ts';
import type { ShopFormat } from './shop-format.ts';

/** A reader of a shop's exports: the products first, by which the lines of orders find theirs. */
export function createShopReader(format: ShopFormat): Reader {
  return async (reading) => {
    const { orders, products } = findShopFiles(reading.settings);
    for (const files of [orders, products])
      if (files.length > 1) reading.report({ type: 'note', text: describeParts(files) });
    if (products.length === 0)
      reading.report({
        type: 'warning',
        text: `${orders[0]}: no export of products beside it (items_path), the items have no text but their names`,
      });
    const catalogue = products.length === 0 ? null : await readProducts(products, format, reading);
    await readOrders(orders, format, catalogue, reading);
  };
}

/** A reader of an export of products alone. */
export function createProductReader(format: ShopFormat): ItemReader {
  return async (path, reading) => {
    await readProducts([requireFile(path, 'an export of products')], format, reading);
  };
}
