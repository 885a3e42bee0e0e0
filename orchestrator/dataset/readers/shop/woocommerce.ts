import { createProductReader, createShopReader } from './read-shop.ts';
import type { ShopFormat } from './shop-format.ts';

/**
 * WooCommerce's own export of products, and the exports of orders, one line an item, of its usual plugins. A product is
 * its SKU, or its ID where it has none; variations belong to their parent.
 */
const woocommerce: ShopFormat = {
  orders: {
    order: ['Order Number', 'order_number', 'Order ID', 'order_id', 'Order #'],
    user: [
      'Email (Billing)',
      'billing_email',
      'Billing Email Address',
      'Billing Email',
      'customer_email',
      'Customer Email',
      'Email',
      'customer_id',
      'Customer User ID',
      'Customer ID',
    ],
    time: ['Order Date', 'order_date', 'date_created', 'date', 'Created at'],
    sku: ['SKU', 'item_sku', 'Item SKU', 'Product SKU'],
    product: ['Product Id', 'item_product_id', 'product_id'],
    name: ['Item Name', 'item_name', 'Product Name', 'product_name'],
    quantity: ['Quantity (- Refund)', 'Quantity', 'item_quantity', 'Item Quantity', 'qty'],
    status: ['Order Status', 'order_status', 'status'],
    cancelled: [],
  },
  products: {
    group: [],
    id: ['ID', 'product_id'],
    sku: ['SKU'],
    parent: ['Parent', 'parent_sku'],
    title: ['Name', 'post_title'],
    description: ['Description', 'post_content'],
    summary: ['Short description', 'post_excerpt'],
    categories: ['Categories', 'tax:product_cat'],
    type: [],
    brand: ['Brands', 'Brand', 'tax:product_brand'],
    keywords: ['Tags', 'tax:product_tag'],
    price: ['Regular price', 'regular_price', 'Price'],
    salePrice: ['Sale price', 'sale_price'],
    stock: ['Stock', 'stock'],
    inStock: ['In stock?'],
    image: ['Images', 'images'],
    status: ['Published', 'post_status'],
    option1: [],
    option2: [],
    option3: [],
  },
  undone: new Set([
    'cancelled',
    'refunded',
    'failed',
    'trash',
    'checkout-draft',
    'draft',
    'pending',
    'pending payment',
  ]),
  hidden: new Set(['0', '-1', 'draft', 'private', 'pending', 'trash']),
  betweenCategories: /(?<!\\),|\|/,
};

export const readWoocommerce = createShopReader(woocommerce);
export const readWoocommerceProducts = createProductReader(woocommerce);
