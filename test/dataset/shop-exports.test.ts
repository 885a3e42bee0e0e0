import { join } from 'node:path';
import test from 'ava';
import { failureOf, folderWith, prepare, sequencesOf } from './fixtures.ts';

const notesOf = (messages: { type: string; text?: string }[]) =>
  messages.map(({ type, text }) => `${type}: ${text}`).join('\n');

/** As Shopify writes them: an order's own fields stand in its first line, variants and images have lines of their own. */
const shopifyOrders = [
  'Name,Email,Financial Status,Paid at,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Vendor',
  '#1003,ann@x.example,paid,,2024-03-03 10:00:00 +0100,1,Mug,9.00,MUG-1,,Potter',
  '#1001,ann@x.example,paid,,2024-03-01 10:00:00 +0100,2,Shirt - M / Red,20.00,TS-M-R,,Loom',
  '#1001,ann@x.example,,,,1,Socks - L,5.00,,,Loom',
  '#1002,ann@x.example,refunded,,2024-03-02 10:00:00 +0100,1,Mug,9.00,MUG-1,,Potter',
  '#1002,ann@x.example,,,,1,Socks - S,5.00,,,Loom',
  '#1004,,paid,,2024-03-04 10:00:00 +0100,1,Mug,9.00,MUG-1,,Potter',
  '#1005,ann@x.example,paid,,2024-03-05 10:00:00 +0100,1,Mug,9.00,MUG-1,2024-03-06 10:00:00 +0100,Potter',
  '#1006,ann@x.example,paid,,2024-03-07 10:00:00 +0100,1,Old Hat,9.00,HAT,,Hatter',
];
const shopifyProducts = [
  'Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status',
  'mug,Mug,<p>Holds 3&frac12;&nbsp;dl</p>,Potter,,Cups,"tea, coffee",Title,Default Title,,,MUG-1,4,9.00,https://cdn.example/mug.jpg,active',
  'shirt,Shirt,Soft &amp; red,Loom,Clothing > Shirts & Tops,Shirt,,Size,S,Colour,Red,TS-S-R,1,22.00,https://cdn.example/1.jpg,active',
  'shirt,,,,,,,,M,,Red,TS-M-R,2,20.00,https://cdn.example/2.jpg,',
  'socks,Socks,,Loom,,,,Size,S,,,,,5.00,,active',
  'socks,,,,,,,,L,,,,,5.00,,',
];

test("Shopify: an order's first line speaks for all, and variants count as their product", async (t) => {
  const path = folderWith(t, {
    'orders_export_1.csv': shopifyOrders.join('\n'),
    'products_export_1.csv': shopifyProducts.join('\n'),
  });
  const { dataset, messages } = await prepare({ format: 'shopify', path });
  t.deepEqual(sequencesOf(dataset), { 'ann@x.example': ['shirt', 'socks', 'mug', 'HAT'] });
  const [mug, shirt, , hat] = dataset.items;
  t.deepEqual(mug, {
    item_id: 'mug',
    title: 'Mug',
    description: 'Holds 3½ dl',
    categories: ['Cups'],
    brand: 'Potter',
    keywords: ['tea', 'coffee'],
    attributes: { price: 9, stock: 4, image: 'https://cdn.example/mug.jpg' },
  });
  t.deepEqual(shirt.categories, ['Clothing', 'Shirts & Tops']);
  t.deepEqual(shirt.attributes, { price: 20, stock: 3, image: 'https://cdn.example/1.jpg' });
  t.is(hat.title, 'Old Hat', 'an item without a product has the name of the order');
  const notes = notesOf(messages);
  t.regex(notes, /note: orders_export_1\.csv: 3 of 8 lines belong to orders that were cancelled or refunded/);
  t.regex(notes, /note: .*1 of 5 lines have no user/);
  t.regex(notes, /warning: .*1 lines name 1 products that are not among the exported ones, such as HAT/);
  const file = await prepare({ format: 'shopify', path: join(path, 'orders_export_1.csv') });
  t.deepEqual(file.dataset.items, dataset.items, 'the products are found beside the orders');
});

test('Shopify: refunds as negative quantities, no handles, and columns of the own kind', async (t) => {
  const path = folderWith(t, {
    'orders.csv': [
      'Order,Email,Created at,Lineitem sku,Lineitem name,Lineitem quantity',
      '#1,bob,2024-01-01T10:00:00+01:00,A,Apple,2',
      '#1,bob,2024-01-01T10:00:00+01:00,B,Bread,1',
      '#2,bob,2024-01-02T09:00:00Z,C,Cake,1',
      '#1,bob,2024-01-05T10:00:00+01:00,A,Apple,-2',
      '#3,bob,2024-01-06T09:00:00Z,A,Apple,1',
    ].join('\n'),
    'products.csv':
      'Variant SKU,Title,Variant Price,Colour\nA,Apple,1.5,red\nA,Apple,2,green\nB,Bread,3,\nC,Cake,4,\n',
    'products-week2.csv': 'not looked at',
    'orders-week2.csv': 'nor this',
  });
  const item_columns = { attributes: ['Colour'] };
  const { dataset, warnings } = await prepare({ format: 'shopify', path, item_columns });
  t.deepEqual(sequencesOf(dataset), { bob: ['B', 'C', 'A'] });
  t.deepEqual(dataset.items[0].attributes, { price: 1.5, Colour: 'red' });
  t.regex(warnings.join('\n'), /products\.csv: 1 products have the id of an earlier one.*such as A/);
});

test('a product whose id is none is a broken line, and the others are read', async (t) => {
  const path = folderWith(t, {
    'orders.csv': [
      'Name,Email,Created at,Lineitem sku,Lineitem name,Lineitem quantity',
      ...[1, 2, 3].map((day) => `#${day},bob,2024-01-0${day},A,Apple,1`),
    ].join('\n'),
    'products.csv': 'Variant SKU,Title,Variant Price\nA,Apple,1.5\nB\0,Bread,3\nnone,Nothing,3\n',
  });
  const { dataset, warnings } = await prepare({
    format: 'shopify',
    path,
    catalogue: 'all',
    max_broken_share: 0.7,
  });
  t.deepEqual(
    dataset.items.map(({ title }) => title),
    ['Apple'],
  );
  t.regex(warnings.join('\n'), /products\.csv:3: the product id holds a character that is none/);
});

test('WooCommerce: products with variations, and orders of its usual exports', async (t) => {
  const products = [
    'ID,Type,SKU,Name,Published,Short description,Description,In stock?,Stock,Sale price,Regular price,Categories,Tags,Images,Parent,Brands',
    '7,variable,HOOD,Hoodie,1,Short,"<b>Warm</b>\\nand soft",1,,,,"Clothing > Hoodies, Sale",warm,"https://x.example/a.jpg, https://x.example/b.jpg",,Loom',
    '8,variation,HOOD-R,Hoodie - Red,1,,,1,2,"35,00","45,00",,,,HOOD,',
    '9,variation,,Hoodie - Blue,1,,,1,3,,"45,00",,,,id:7,',
    '10,simple,,Cap,1,A cap,,0,,,"9,50",Clothing,,,,',
  ];
  const orders = [
    'Order Number,Order Status,Order Date,Email (Billing),SKU,Product Id,Item Name,Quantity (- Refund)',
    '1,Completed,2024-05-01 10:00,eve@x.example,HOOD-R,7,Hoodie - Red,1',
    '1,Completed,2024-05-01 10:00,eve@x.example,,10,Cap,0',
    '2,Cancelled,2024-05-02 10:00,eve@x.example,,10,Cap,1',
    '3,Processing,2024-05-03 10:00,eve@x.example,,10,Cap,1',
    '4,Completed,2024-05-04 10:00,eve@x.example,,,Hoodie - Blue,1',
  ];
  const path = folderWith(t, {
    'wc-product-export-1.csv': products.join('\n'),
    'orders-2024.csv': orders.join('\n'),
  });
  const { dataset } = await prepare({ format: 'woocommerce', path });
  t.deepEqual(sequencesOf(dataset), { 'eve@x.example': ['HOOD', '10', 'HOOD'] });
  const [hoodie, cap] = dataset.items;
  t.is(hoodie.description, 'Warm and soft');
  t.deepEqual(hoodie.categories, ['Clothing', 'Hoodies', 'Sale']);
  t.deepEqual(hoodie.attributes, { price: 35, stock: 5, image: 'https://x.example/a.jpg' });
  t.deepEqual(cap.attributes, { price: 9.5, stock: 0 });
  t.is(cap.description, 'A cap');
});

const wooProducts = 'ID,SKU,Name\n7,MUG,Mug\n8,,Tea | Green\n9,CAKE,Cake\n';
const ordersOf = (header: string, ...lines: string[]) =>
  [`order_id,order_date,status,billing_email,${header}`, ...lines].join('\n');

for (const [what, orders] of [
  [
    'line_item_1, line_item_2, and the same again in columns beside them',
    ordersOf(
      'line_item_1,line_item_2,Product Item 1 Name,Product Item 1 id,Product Item 1 SKU,Product Item 1 Quantity,Product Item 1 Total',
      '1,2024-05-01 10:00:00,completed,ann@x.example,name:Mug|product_id:7|sku:MUG|quantity:2|total:18.00|sub_total:18.00,name:Tea | Green|product_id:8|sku:|quantity:1|total:4.00,Mug,7,MUG,2,18.00',
      '2,2024-05-02 10:00:00,completed,ann@x.example,name:Cake|product_id:9|sku:CAKE|quantity:1|total:3.00,,Cake,9,CAKE,1,3.00',
    ),
  ],
  [
    'columns of each item',
    ordersOf(
      'Item #1 Name,Item #1 SKU,Item #1 Quantity,Item #2 Name,Item #2 SKU,Item #2 Quantity,Address 1,Tax 1 Name',
      '1,2024-05-01 10:00:00,completed,ann@x.example,Mug,MUG,2,Tea | Green,,1,Street 1,VAT',
      '2,2024-05-02 10:00:00,completed,ann@x.example,Cake,CAKE,,,,,Street 1,VAT',
    ),
  ],
  [
    'all items in one cell, with what was refunded',
    ordersOf(
      'line_items',
      '1,2024-05-01 10:00:00,completed,ann@x.example,id:1|name:Mug|product_id:7|sku:MUG|quantity:1|refunded_qty:0|meta:Colour=Red;id:2|name:Tea \\| Green|product_id:8|sku:|quantity:1|total:4.00|refunded_qty:0',
      '2,2024-05-02 10:00:00,completed,ann@x.example,id:3|name:Cake|product_id:9|sku:CAKE|quantity:1|refunded_qty:0;id:4|name:Mug|product_id:7|sku:MUG|quantity:1|refunded_qty:1',
    ),
  ],
])
  test(`WooCommerce: one line an order: ${what}`, async (t) => {
    const path = folderWith(t, { 'orders.csv': orders, 'products.csv': wooProducts });
    const { dataset } = await prepare({ format: 'woocommerce', path });
    t.deepEqual(sequencesOf(dataset), { 'ann@x.example': ['MUG', '8', 'CAKE'] });
  });

test('WooCommerce: an order whose items cannot be read is told', async (t) => {
  const good = (at: number) =>
    `${at},2024-05-01 10:00:00,completed,ann@x.example,name:Mug|product_id:7|sku:MUG|quantity:1`;
  const lines = [
    ...Array.from({ length: 30 }, (_, at) => good(at)),
    '31,2024-05-01,completed,ann@x.example,2 x Mug',
  ];
  const path = folderWith(t, { 'orders.csv': ordersOf('line_item_1', ...lines) });
  const { warnings } = await prepare({ format: 'woocommerce', path, max_broken_share: 0.1 });
  t.regex(
    warnings.join('\n'),
    /orders\.csv.*line_item_1: expected name:…\|product_id:…\|sku:…\|quantity:…, got "2 x Mug"/,
  );
});

test('an export in parts is read as one, from a folder or by a pattern', async (t) => {
  const header = 'Name,Email,Created at,Lineitem name';
  const path = folderWith(t, {
    'orders_export_1.csv': `${header}\n#1,ann,2024-01-01,Mug\n#2,ann,2024-01-02,Cup`,
    'orders_export_2.csv': `${header}\n#2,,,Tea\n#3,ann,2024-01-03,Pot`,
    'orders_export_10.csv': `${header}\n#4,ann,2024-01-04,Can`,
    'products.csv': 'Handle,Title\nmug,Mug\n',
  });
  const { dataset, messages } = await prepare({ format: 'shopify', path });
  t.deepEqual(sequencesOf(dataset), { ann: ['mug', 'Cup', 'Tea', 'Pot', 'Can'] });
  t.regex(notesOf(messages), /note: 3 parts, read as one: orders_export_1\.csv, .*2\.csv, .*10\.csv/);
  const some = await prepare({ format: 'shopify', path: join(path, 'orders_export_?.csv') });
  t.deepEqual(sequencesOf(some.dataset), { ann: ['mug', 'Cup', 'Tea', 'Pot'] });
});

test('an export without a column that is needed, or several exports in a folder, are clear errors', async (t) => {
  const path = folderWith(t, {
    'orders.csv': 'Name,Created at,Lineitem name\n#1,2024-01-01,Mug\n',
    'many/orders-a.csv': 'x',
    'many/orders-b.csv': 'x',
    'time.csv':
      'Name,E-Mail,Placed,Lineitem name\n#1,ann,2024-01-01,Mug\n#2,ann,2024-01-02,Cup\n#3,ann,2024-01-03,Tea\n',
  });
  const user = await failureOf(t, { format: 'shopify', path });
  t.regex(user.message, /no column "Email" \(the usual names: Email, Customer Email/);
  const several = await failureOf(t, { format: 'shopify', path: join(path, 'many') });
  t.regex(several.message, /found orders-a\.csv, orders-b\.csv/);
  const columns = { user: 'E-Mail', time: 'Placed' };
  const { dataset } = await prepare({ format: 'shopify', path: join(path, 'time.csv'), columns });
  t.deepEqual(sequencesOf(dataset), { ann: ['Mug', 'Cup', 'Tea'] });
  t.is((await failureOf(t, { format: 'shopify', path, min_rating: 3 })).code, 'dataset/options');
});

test('lists in an export as JSON lines are texts, joined', async (t) => {
  const orders = Array.from({ length: 3 }, (_, day) => `#${day},bob,2024-01-0${day + 1},A,Apple,1\n`).join(
    '',
  );
  const folder = folderWith(t, {
    'orders.csv': `Name,Email,Created at,Lineitem sku,Lineitem name,Lineitem quantity\n${orders}`,
    'products.jsonl': '{"Variant SKU":"A","Title":"Apple","Tags":["Gift","Wool"]}\n',
  });
  const path = join(folder, 'orders.csv');
  const items_path = join(folder, 'products.jsonl');
  const { dataset } = await prepare({ format: 'shopify', path, items_path });
  t.deepEqual(dataset.items[0].keywords, ['Gift', 'Wool']);
});
