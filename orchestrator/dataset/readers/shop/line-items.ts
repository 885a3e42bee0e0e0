import { BrokenLine } from '../../source/broken-line.ts';

/** An item of an order that has one line for all of its items. */
export interface LineItem {
  sku: string;
  product: string;
  name: string;
  quantity: string;
}

type Part = keyof LineItem | 'cell';

/** Where the items of an order stand in its one line. */
export interface LineItemColumns {
  names: string[];
  /** Of the values of these columns, in their order. */
  read(values: readonly string[]): LineItem[];
}

const nothing: LineItem = { sku: '', product: '', name: '', quantity: '' };

/**
 * The columns of an export with one line an order: `line_item_1` with `name:Mug|product_id:7|sku:M|quantity:2` in a cell,
 * `Product Item 1 Name`, `Product Item 1 SKU`, … or `Item #1 Name`, and `line_items` with all in one cell. Null where
 * there are none.
 */
export function lineItemColumns(names: readonly string[]): LineItemColumns | null {
  const columns = names.flatMap((name) => {
    const found = placeOf(name);
    return found ? [{ name, ...found }] : [];
  });
  const tells = ({ part }: { part: Part }) => part !== 'quantity';
  const groups = new Set(columns.filter(tells).map(({ group }) => group));
  const own = columns.filter(({ group }) => groups.has(group));
  if (own.length === 0) return null;
  return {
    names: own.map(({ name }) => name),
    read(values) {
      const items = new Map<number, { cell: LineItem[]; columns: LineItem }>();
      for (const [at, { group, part, name }] of own.entries()) {
        const item = items.get(group) ?? { cell: [], columns: { ...nothing } };
        items.set(group, item);
        if (part === 'cell') item.cell = readCell(values[at], name);
        else item.columns[part] = values[at];
      }
      // Some exports write both: the cell says the same as the columns beside it.
      return [...items.values()]
        .flatMap(({ cell, columns }) => (cell.length > 0 ? cell : [columns]))
        .filter(({ sku, product, name }) => sku || product || name);
    },
  };
}

/** `Product Item 2 SKU` and `SKU #2` are the SKU of the second item. */
function placeOf(column: string): { group: number; part: Part } | null {
  const name = column.trim().toLowerCase().replaceAll('_', ' ');
  if (name === 'line items') return { group: 0, part: 'cell' };
  const [, before, number, after] = /^([a-z ]*?)\s*[#(]?(\d+)\)?\s*([a-z ]*)$/.exec(name) ?? [];
  if (number === undefined) return null;
  const words = `${before} ${after}`.split(/\s+/).filter(Boolean);
  const part = parts[words.join(' ')] ?? parts[words.slice(words[1] === 'item' ? 2 : 1).join(' ')];
  const isOfItem = ['product', 'item', 'line', 'sku', 'quantity', 'qty'].includes(words[0]);
  return part && isOfItem ? { group: Number(number), part } : null;
}

const parts: Record<string, Part | undefined> = {
  'line item': 'cell',
  name: 'name',
  title: 'name',
  sku: 'sku',
  id: 'product',
  'product id': 'product',
  'product name': 'name',
  quantity: 'quantity',
  qty: 'quantity',
};

/** `name:Mug|product_id:7|sku:M|quantity:2|total:18.00`, several of them parted by `;`. */
function readCell(cell: string, column: string): LineItem[] {
  if (cell.trim() === '') return [];
  return cell.split(/(?<!\\);\s*(?=(?:id|name|product_id|sku):)/).map((text) => {
    const values = new Map(
      text.split(/(?<!\\)\|(?=\w+:)/).map((pair) => {
        const [, key, value] = /^\s*(\w+):(.*)$/s.exec(pair) ?? ['', '', ''];
        return [key.toLowerCase(), value.replace(/\\([|:;,\\])/g, '$1').trim()];
      }),
    );
    const of = (key: string) => values.get(key) ?? '';
    const item = { sku: of('sku'), product: of('product_id'), name: of('name'), quantity: of('quantity') };
    if (!item.sku && !item.product && !item.name)
      throw new BrokenLine(
        `${column}: expected name:…|product_id:…|sku:…|quantity:…, got ${JSON.stringify(text.slice(0, 60))}`,
      );
    const taken = Number(item.quantity) - Number(of('refunded_qty').replace('-', ''));
    return of('refunded_qty') !== '' && Number.isFinite(taken) ? { ...item, quantity: String(taken) } : item;
  });
}
