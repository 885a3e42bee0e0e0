import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** Each with ten products, of which one leads to the next. */
const kinds = [
  'Kitchen > Tea',
  'Kitchen > Coffee',
  'Pets > Dogs',
  'Pets > Cats',
  'Sports > Yoga',
  'Home > Lamps',
];
const brands = ['Nordhaut', 'Baristo', 'Wuffi'];
const newer = ['tea-10', 'coffee-10', 'yoga-10'];
const firstDay = Date.UTC(2024, 0, 1);

/**
 * Writes what a made-up shop exports, as Shopify does: `export/` after half a year and `export-week2/` a week later, with
 * three products more; and the lists `new-products.csv` and `sold-out.txt`. anna@shop.example is one of 120 customers.
 */
export function writeMadeUpShop(folder: string): void {
  const products = kinds.flatMap((kind) => Array.from({ length: 10 }, (_, at) => product(kind, at)));
  const added = newer.map((sku) => product(kinds.find((kind) => skuOf(kind, 10) === sku) as string, 10));
  const orders = Array.from({ length: 120 }, (_, customer) => ordersOf(customer));
  const week1 = orders.flatMap((own) => own.slice(0, -1));
  const week2 = orders.flatMap((own) => own.slice(-1));
  writeExport(join(folder, 'export'), products, week1);
  writeExport(join(folder, 'export-week2'), [...products, ...added], [...week1, ...week2]);
  writeFileSync(join(folder, 'new-products.csv'), table(productColumns, added));
  writeFileSync(join(folder, 'sold-out.txt'), 'tea-3\ncoffee-4\n');
}

const productColumns =
  'Variant SKU,Title,Body (HTML),Product Category,Vendor,Variant Price,Variant Inventory Qty';
const orderColumns = 'Order,Email,Created at,Lineitem sku,Lineitem name,Lineitem quantity,Lineitem price';

function writeExport(folder: string, products: string[][], orders: string[][]): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'products.csv'), table(productColumns, products));
  writeFileSync(join(folder, 'orders.csv'), table(orderColumns, orders));
}

const lastWord = (kind: string) => kind.split(' > ').at(-1) as string;
const skuOf = (kind: string, at: number) => `${lastWord(kind).toLowerCase()}-${at}`;

function product(kind: string, at: number): string[] {
  const brand = brands[at % brands.length];
  const body = `<p>${lastWord(kind)} no. ${at} by ${brand} &amp; friends</p>`;
  return [skuOf(kind, at), `${brand} ${lastWord(kind)} ${at}`, body, kind, brand, `${4 + at}.50`, `${at}`];
}

/** A customer buys on in two kinds; one in twenty lines is taken back, one in twenty has no customer. */
function ordersOf(customer: number): string[][] {
  const random = createRandom(7, 'made-up-shop', customer);
  const email = customer === 0 ? 'anna@shop.example' : `customer${customer}@shop.example`;
  const own = [kinds[customer % kinds.length], kinds[random.integer(kinds.length)]];
  let place = random.integer(10);
  return Array.from({ length: 7 + random.integer(4) }, (_, at) => {
    const kind = own[random.integer(2)];
    place = (place + 1) % 10;
    const time = new Date(firstDay + (at * 25 + random.integer(20)) * 86_400_000 + customer * 60_000);
    const known = random.float() > 0.05;
    const quantity = at > 2 && random.float() < 0.05 ? '-1' : '1';
    return [
      ...[`#${1000 + customer * 20 + at}`, known ? email : '', time.toISOString()],
      ...[skuOf(kind, place), `${lastWord(kind)} ${place}`, quantity, `${4 + place}.50`],
    ];
  });
}

function table(columns: string, rows: string[][]): string {
  return [columns, ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))]
    .map((row) => `${row}\n`)
    .join('');
}
