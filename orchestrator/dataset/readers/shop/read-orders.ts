import { basename } from 'node:path';
import { BrokenLine } from '../../source/broken-line.ts';
import { itemOf } from '../../source/item-text.ts';
import { chooseColumns } from '../choose-columns.ts';
import { createEventRows } from '../event-rows.ts';
import { readTableFile } from '../read-table-file.ts';
import type { Reading } from '../reader.ts';
import { knownColumns } from './known-columns.ts';
import { type LineItemColumns, lineItemColumns } from './line-items.ts';
import { type ProductCatalogue, textOrNone } from './product-catalogue.ts';
import { type OrderField, orderFields, type ShopFormat } from './shop-format.ts';

type OrderLine = Record<OrderField, string>;

const itemFields: OrderField[] = ['sku', 'name', 'product'];

/** Fields of an order, which its further lines may leave empty. */
const ofOrder = ['order', 'user', 'time', 'status', 'cancelled'] as const;

/**
 * Reads an export of orders, which may be in parts: a line for each item of an order, or one for all of them. Orders that were cancelled or refunded as a whole are left
 * out; an item that no product is known for goes by its SKU or its name, and has the name as its title.
 */
export async function readOrders(
  paths: readonly string[],
  format: ShopFormat,
  catalogue: ProductCatalogue | null,
  reading: Reading,
): Promise<void> {
  const { settings, staging, report } = reading;
  const { columns } = settings;
  const own = {
    // The settings' defaults stand for the usual names.
    ...(columns.user === 'user_id' ? {} : { user: { name: columns.user, key: 'columns.user' } }),
    ...(columns.item === 'item_id' ? {} : { sku: { name: columns.item, key: 'columns.item' } }),
    time: { name: columns.time, key: 'columns.time' },
    quantity: { name: columns.quantity, key: 'columns.quantity' },
  };
  const needs = { time: true, rating: false, quantity: false };
  const events = createEventRows(paths[0], needs, reading);
  const undone = { lines: 0, of: 0 };
  const unknown = new Map<string, number>();
  let current: OrderLine | null = null;
  let inLine: LineItemColumns | null = null;
  const takeItem = (line: OrderLine) => {
    const known = catalogue?.find(line) ?? null;
    const item = known ?? (line.sku || line.product || line.name);
    if (item === '') throw new BrokenLine('no SKU and no name of an item');
    events.take([line.user, item, line.time, null, line.quantity]);
    if (known !== null) return;
    if (!unknown.has(item) && line.name && !settings.require_metadata)
      staging.addItem(itemOf(item, { title: line.name }), false);
    unknown.set(item, (unknown.get(item) ?? 0) + 1);
  };
  const read = (path: string) =>
    readTableFile(
      path,
      { section: 'columns', numbered: false },
      (names, place) => {
        const found = knownColumns(format.orders, own, [['user'], ['time']], names);
        const byLine = [found.sku, found.name, found.product].some(({ name }) => name !== null);
        inLine = byLine ? null : lineItemColumns(names);
        const columns =
          byLine || inLine
            ? found
            : knownColumns(format.orders, own, [['user'], ['time'], itemFields], names);
        needs.quantity = inLine !== null || columns.quantity.name !== null;
        return [
          ...chooseColumns(
            orderFields.map((field) => columns[field]),
            names,
            place,
          ),
          ...(inLine?.names ?? []),
        ];
      },
      (values) => {
        const line = Object.fromEntries(
          orderFields.map((field, at) => [field, textOrNone(values[at])]),
        ) as OrderLine;
        if (current !== null && current.order !== '' && (line.order === '' || line.order === current.order))
          for (const field of ofOrder) line[field] ||= current[field];
        current = line;
        undone.of++;
        if (line.cancelled || format.undone.has(line.status.toLowerCase().replace(/^wc-/, ''))) {
          undone.lines++;
          return;
        }
        if (inLine === null) return takeItem(line);
        const items = inLine.read(values.slice(orderFields.length).map(textOrNone));
        if (items.length === 0) throw new BrokenLine('an order without an item');
        for (const item of items) takeItem({ ...line, ...item, quantity: item.quantity || '1' });
      },
      reading,
    );
  for (const path of paths) await read(path);
  events.finish();
  if (undone.lines > 0)
    report({
      type: 'note',
      text: `${basename(paths[0])}: ${undone.lines} of ${undone.of} lines belong to orders that were cancelled or refunded, and are left out`,
    });
  if (catalogue !== null && unknown.size > 0) sayUnknown(paths[0], unknown, reading);
}

function sayUnknown(path: string, unknown: ReadonlyMap<string, number>, { settings, report }: Reading): void {
  const lines = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  report({
    type: 'warning',
    text: `${basename(path)}: ${lines} lines name ${unknown.size} products that are not among the exported ones, such as ${[...unknown.keys()][0]}: ${settings.require_metadata ? 'they are left out' : 'they are items with no more than a name (require_metadata: true leaves them out)'}`,
  });
}
