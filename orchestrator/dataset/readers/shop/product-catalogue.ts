import { checkedId, isAbsent } from '../../source/checked-event.ts';
import type { Attributes } from '../../source/item-attributes.ts';
import { plainText } from '../../source/item-text.ts';
import type { ProductField } from './shop-format.ts';

export type ProductRow = Record<ProductField, string>;

/** A product with the values of all its lines. */
export interface Product {
  id: string;
  /** The first value of each field among its lines. */
  row: ProductRow;
  /** Prices and stocks of its variants, those that are given. */
  prices: string[];
  stocks: string[];
  /** Of further columns that the recipe names, from its first line. */
  others: Attributes;
}

export interface ProductCatalogue {
  products: Map<string, Product>;
  /** `others` is asked for a product's first line. Throws `BrokenLine` for a product whose id is none. */
  add(row: ProductRow, others: () => Attributes): void;
  /** The product of an order's line by its SKU, its id or its name; null for none that is known. */
  find(line: { sku: string; product: string; name: string }): string | null;
  /** Products that came again under an id, and SKUs that several products have; with an example each. */
  repeated: { ids: string[]; skus: string[] };
}

/** Gathers products from the lines of an export, where variants and further images may have lines of their own. */
export function createProductCatalogue(): ProductCatalogue {
  const products = new Map<string, Product>();
  const called = new Map<string, string | null>();
  const repeated = { ids: [] as string[], skus: [] as string[] };
  const call = (alias: string, id: string, ambiguous: (known: string) => string | null) => {
    const known = called.get(alias);
    called.set(alias, known === undefined || known === id ? id : known && ambiguous(known));
  };
  const nameLines = (row: ProductRow, { id, row: { title } }: Product) => {
    if (row.sku)
      call(`sku ${row.sku}`, id, (first) => {
        repeated.skus.push(row.sku);
        return first;
      });
    if (row.id) call(`id ${row.id}`, id, (first) => first);
    const options = [row.option1, row.option2, row.option3].filter(
      (value) => value && value !== 'Default Title',
    );
    // Two products of one name cannot be told apart by it.
    for (const name of [row.title || title, `${title} - ${options.join(' / ')}`])
      if (name) call(`name ${plainText(name)}`, id, () => null);
  };
  const parentOf = ({ parent }: ProductRow) =>
    parent.startsWith('id:') ? called.get(`id ${parent.slice(3).trim()}`) : called.get(`sku ${parent}`);
  return {
    products,
    repeated,
    add(row, others) {
      const own = row.group || row.sku || row.id;
      const id = row.parent ? (parentOf(row) ?? own) : own;
      if (!id) return;
      const before = products.get(id);
      const further = before && (row.parent || (row.group && (!row.title || row.title === before.row.title)));
      if (before && !further) {
        repeated.ids.push(id);
        return;
      }
      const product = before ?? {
        id: checkedId(id, 'product id'),
        row: { ...row },
        prices: [],
        stocks: [],
        others: others(),
      };
      products.set(id, product);
      for (const [field, value] of Object.entries(row) as [ProductField, string][])
        product.row[field] ||= value;
      const price = row.salePrice || row.price;
      if (price) product.prices.push(price);
      if (row.stock) product.stocks.push(row.stock);
      nameLines(row, product);
    },
    find: ({ sku, product, name }) =>
      (sku && called.get(`sku ${sku}`)) ||
      (product && called.get(`id ${product}`)) ||
      (name && called.get(`name ${plainText(name)}`)) ||
      null,
  };
}

/** A value as a text, '' for none; texts of a list are joined. */
export function textOrNone(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOrNone).filter(Boolean).join(',');
  return isAbsent(value) || typeof value === 'object' ? '' : String(value).trim();
}
