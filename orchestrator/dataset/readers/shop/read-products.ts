import { basename } from 'node:path';
import { categoryPath } from '../../source/category-path.ts';
import { createAttributeReader } from '../../source/item-attributes.ts';
import { itemOf } from '../../source/item-text.ts';
import { writtenNumber } from '../../source/written-number.ts';
import { chooseColumns } from '../choose-columns.ts';
import { readTableFile } from '../read-table-file.ts';
import type { Reading } from '../reader.ts';
import { knownColumns } from './known-columns.ts';
import {
  createProductCatalogue,
  type Product,
  type ProductCatalogue,
  type ProductRow,
  textOrNone,
} from './product-catalogue.ts';
import { productFields, type ShopFormat } from './shop-format.ts';

const ownNames = [
  'title',
  'description',
  'categories',
  'brand',
  'keywords',
  'price',
  'stock',
  'image',
] as const;

/** Reads an export of products, which may be in parts, and stages one item for each, whatever the number of its lines. */
export async function readProducts(
  paths: readonly string[],
  format: ShopFormat,
  reading: Reading,
): Promise<ProductCatalogue> {
  const { settings, staging, report } = reading;
  const { item_columns } = settings;
  const catalogue = createProductCatalogue();
  const own = {
    ...Object.fromEntries(
      ownNames.map((field) => [field, { name: item_columns[field], key: `item_columns.${field}` }]),
    ),
    // The setting's default stands for the usual name.
    ...(item_columns.item === 'item_id'
      ? {}
      : { group: { name: item_columns.item, key: 'item_columns.item' } }),
  };
  const attributes = createAttributeReader(paths[0], report);
  const furtherNames = ['url', ...item_columns.attributes.map(String)];
  const further = [
    { name: item_columns.url, key: 'item_columns.url' },
    ...item_columns.attributes.map((name, at) => ({ name, key: `item_columns.attributes.${at}` })),
  ];
  const read = (path: string) =>
    readTableFile(
      path,
      { section: 'item_columns', numbered: false },
      (names, place) => {
        const columns = knownColumns(format.products, own, [['sku', 'group', 'id'], ['title']], names);
        return chooseColumns([...productFields.map((field) => columns[field]), ...further], names, place);
      },
      (values) => {
        const row = productFields.map((field, at) => [field, textOrNone(values[at])]);
        const others = furtherNames.map((name, at) => [name, values[productFields.length + at]]);
        catalogue.add(Object.fromEntries(row) as ProductRow, () =>
          attributes.read(Object.fromEntries(others) as Record<string, unknown>),
        );
      },
      reading,
    );
  for (const path of paths) await read(path);
  for (const product of catalogue.products.values()) {
    const own = attributes.read({ ...numbersOf(product), image: imageOf(product) });
    staging.addItem(
      itemOf(product.id, textsOf(product, format), { ...own, ...product.others }),
      !format.hidden.has(product.row.status.toLowerCase()),
    );
  }
  attributes.finish();
  for (const [what, list] of [
    ['products have the id of an earlier one; the first of each is used', catalogue.repeated.ids],
    ['variants have the SKU of another product; the first of each is used', catalogue.repeated.skus],
  ] as const)
    if (list.length > 0)
      report({ type: 'warning', text: `${basename(paths[0])}: ${list.length} ${what}, such as ${list[0]}` });
  return catalogue;
}

function textsOf({ row }: Product, { betweenCategories }: ShopFormat) {
  const categories = row.categories || row.type;
  return {
    title: row.title,
    // WooCommerce writes line ends as two letters.
    description: (row.description || row.summary).replaceAll('\\n', ' '),
    categories: categoryPath(betweenCategories === null ? categories : categories.split(betweenCategories)),
    brand: row.brand,
    keywords: row.keywords,
  };
}

/** The lowest price of the variants, and how many of all are left. */
function numbersOf({ prices, stocks, row }: Product): { price: unknown; stock: unknown } {
  const [price, left] = [prices, stocks].map((texts) =>
    texts.map(writtenNumber).filter((number): number is number => number !== null),
  );
  const none = row.inStock === '0' ? 0 : null;
  return {
    price: price.length > 0 ? Math.min(...price) : (prices[0] ?? null),
    stock: left.length > 0 ? left.reduce((sum, one) => sum + one, 0) : (stocks[0] ?? none),
  };
}

function imageOf({ row }: Product): string {
  return row.image.split(/,\s*(?=https?:)/)[0];
}
