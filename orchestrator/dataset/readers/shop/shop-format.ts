/** What a line of an order export says; the order's own fields may stand in its first line alone. */
export const orderFields = [
  'order',
  'user',
  'time',
  'sku',
  'product',
  'name',
  'quantity',
  'status',
  'cancelled',
] as const;

export const productFields = [
  'group',
  'id',
  'sku',
  'parent',
  'title',
  'description',
  'summary',
  'categories',
  'type',
  'brand',
  'keywords',
  'price',
  'salePrice',
  'stock',
  'inStock',
  'image',
  'status',
  'option1',
  'option2',
  'option3',
] as const;

export type OrderField = (typeof orderFields)[number];
export type ProductField = (typeof productFields)[number];

/** Names of a field's column in the exports of a kind of shop, the usual one first; empty: the shop has none. */
export type KnownNames<Field extends string> = Record<Field, readonly string[]>;

/** How a kind of shop writes its exports. */
export interface ShopFormat {
  orders: KnownNames<OrderField>;
  products: KnownNames<ProductField>;
  /** Statuses of orders that did not last, in lower case. */
  undone: ReadonlySet<string>;
  /** Statuses of products that are not for sale, in lower case. */
  hidden: ReadonlySet<string>;
  /** What stands between several categories of one product; null: it has one path. */
  betweenCategories: RegExp | null;
}
