import { createProductReader, createShopReader } from './read-shop.ts';
import type { ShopFormat } from './shop-format.ts';

/**
 * Shopify's exports of orders and products, also those of its newer admin. A product is its handle, with the SKUs of its
 * variants; without handles, its SKU.
 */
const shopify: ShopFormat = {
  orders: {
    order: ['Name', 'Order'],
    user: ['Email', 'Customer Email', 'Customer ID', 'Phone'],
    time: ['Created at', 'Processed at', 'Paid at'],
    sku: ['Lineitem sku'],
    product: [],
    name: ['Lineitem name'],
    quantity: ['Lineitem quantity'],
    status: ['Financial Status'],
    cancelled: ['Cancelled at'],
  },
  products: {
    group: ['Handle', 'URL handle'],
    id: [],
    sku: ['Variant SKU', 'SKU'],
    parent: [],
    title: ['Title'],
    description: ['Body (HTML)', 'Body HTML', 'Description'],
    summary: [],
    categories: ['Product Category', 'Standardized Product Type'],
    type: ['Type', 'Custom Product Type'],
    brand: ['Vendor'],
    keywords: ['Tags'],
    price: ['Variant Price', 'Price'],
    salePrice: [],
    stock: ['Variant Inventory Qty', 'Inventory quantity'],
    inStock: [],
    image: ['Image Src', 'Product image URL'],
    status: ['Status'],
    option1: ['Option1 Value'],
    option2: ['Option2 Value'],
    option3: ['Option3 Value'],
  },
  undone: new Set(['refunded', 'voided', 'expired']),
  hidden: new Set(['draft', 'archived', 'unlisted']),
  betweenCategories: null,
};

export const readShopify = createShopReader(shopify);
export const readShopifyProducts = createProductReader(shopify);
