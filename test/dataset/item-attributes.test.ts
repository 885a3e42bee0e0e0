import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { saveDataset } from '../../orchestrator/dataset/save-dataset.ts';
import { writtenNumber } from '../../orchestrator/dataset/source/written-number.ts';
import { cardOf } from '../../orchestrator/serving/cards.ts';
import { failureOf, folderWith, jsonLines, prepare, writeParquet } from './fixtures.ts';

const log = 'user_id,item_id\nu,a\nu,b\nu,c\n';
const item_columns = {
  title: 'name',
  price: 'cost',
  stock: 'left',
  image: 'picture',
  url: 'page',
  attributes: ['colour', 'sizes'],
};

test('price, stock, image, page and any other column are kept and given back on the card', async (t) => {
  const folder = folderWith(t, {
    'log.csv': log,
    'items.csv':
      'item_id,name,cost,left,picture,page,colour,sizes\n' +
      'a,Tea,"12,50 €",3,https://shop.example/a.jpg?x=1&copy=2,/p/a,dark &amp; red,\nb,Mug,,,,,,\nc,Pot,$20,0,,,,\n',
  });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.csv'),
    item_columns,
  });
  const attributes = {
    price: 12.5,
    stock: 3,
    image: 'https://shop.example/a.jpg?x=1&copy=2',
    url: '/p/a',
    colour: 'dark & red',
  };
  t.deepEqual(cardOf(dataset.items[0]), { item_id: 'a', title: 'Tea', attributes });
  t.deepEqual(cardOf(dataset.items[1]), { item_id: 'b', title: 'Mug' });
  saveDataset(dataset, join(folder, 'saved'));
  t.deepEqual(loadDataset(join(folder, 'saved')).items, dataset.items);
});

test('a picture is found within a list and its sizes, and what only looks like a text is none', async (t) => {
  const items = [
    { item_id: 'a', picture: [{ large: 'https://x.example/a.jpg', thumb: 'https://x.example/s.jpg' }] },
    { item_id: 'b', picture: { toString: 1 }, cost: { valueOf: 2 } },
    { item_id: 'c', picture: 'c.jpg', cost: '3' },
  ];
  const folder = folderWith(t, { 'log.csv': log, 'items.jsonl': jsonLines(items) });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.jsonl'),
    item_columns: { price: 'cost', image: 'picture' },
  });
  t.deepEqual(
    dataset.items.map((item) => cardOf(item).attributes),
    [{ image: 'https://x.example/a.jpg' }, undefined, { price: 3, image: 'c.jpg' }],
  );
});

test('a card of an item has its brand and categories, without markup', (t) => {
  const item = { item_id: 'a', title: 'Tea', description: '', keywords: [], brand: '<b>Moka</b>' };
  t.deepEqual(cardOf({ ...item, categories: ['Kitchen', '<i></i>', 'Tea'] }), {
    item_id: 'a',
    title: 'Tea',
    brand: 'Moka',
    categories: ['Kitchen', 'Tea'],
  });
});

test('numbers and lists of JSON lines and Parquet files stay what they are', async (t) => {
  const items = [{ item_id: 'a', cost: 9.9, sizes: ['S', 'M'], colour: 5 }];
  const folder = folderWith(t, { 'log.csv': log, 'items.jsonl': jsonLines(items) });
  await writeParquet(
    join(folder, 'items.parquet'),
    "SELECT 'a' AS item_id, 9.9::DOUBLE AS cost, ['S', 'M'] AS sizes, 5::DOUBLE AS colour",
  );
  for (const name of ['items.jsonl', 'items.parquet']) {
    const { dataset } = await prepare({
      format: 'table',
      path: join(folder, 'log.csv'),
      items_path: join(folder, name),
      item_columns: { price: 'cost', attributes: ['sizes', 'colour'] },
    });
    t.deepEqual(dataset.items[0].attributes, { price: 9.9, sizes: ['S', 'M'], colour: 5 }, name);
  }
});

test("RecBole's fields of items can be attributes, too", async (t) => {
  const path = folderWith(t, {
    'x.inter': 'user_id:token\titem_id:token\ttimestamp:float\nu\ta\t1\nu\tb\t2\nu\tc\t3\n',
    'x.item': 'item_id:token\ttitle:token_seq\tprice:float\nb\tMug\t4.5\n',
  });
  const { dataset } = await prepare({ format: 'recbole', path, item_columns: { price: 'price' } });
  t.deepEqual(dataset.items[0].attributes, { price: 4.5 });
});

test('prices that may be two numbers, or none, are counted and told', async (t) => {
  const folder = folderWith(t, {
    'log.csv': log,
    'items.csv': 'item_id,price\na,"1,299"\nb,free\nc,"1,299.00"\n',
  });
  const { dataset, warnings } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.csv'),
    item_columns: { price: 'price' },
  });
  t.deepEqual(
    dataset.items.map(({ attributes }) => attributes?.price),
    [undefined, undefined, 1299],
  );
  t.regex(warnings.join('\n'), /items\.csv: 2 items have no price.*such as "1,299"/);
});

test('an attribute column that is not there is an error, as is one with a place of its own', async (t) => {
  const folder = folderWith(t, { 'log.csv': log, 'items.csv': 'item_id,colour\na,red\n' });
  const table = {
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.csv'),
  } as const;
  const unknown = await failureOf(t, { ...table, item_columns: { attributes: ['color'] } });
  t.regex(unknown.message, /no column "color" \(item_columns\.attributes\.0\), did you mean "colour"/);
  const known = await failureOf(t, { ...table, item_columns: { attributes: ['price'] } });
  t.regex(known.message, /place of its own/);
});

const numbers: [string, number | null][] = [
  ['12.5', 12.5],
  ['12,50 €', 12.5],
  ['€ 12,50', 12.5],
  ['$1,299.00', 1299],
  ['US$1,299.00', 1299],
  ['1.299,00 EUR', 1299],
  ["CHF 1'299.50", 1299.5],
  ['1 299,00 kr', 1299],
  ['1\u00a0299', 1299],
  ['1,299,000', 1299000],
  ['12.-', 12],
  ['0.125', 0.125],
  ['-3', -3],
  ['1,299', null],
  ['1.299', null],
  ['1,299,00', null],
  ['12.50 - 19.90', null],
  ['12 Stück', null],
  ['', null],
];
for (const [text, number] of numbers)
  test(`"${text}" is ${number === null ? 'no number that is clear' : `the number ${number}`}`, (t) =>
    t.is(writtenNumber(text), number));

test('paths of categories are lists, with slashes only where all are paths', async (t) => {
  const categoriesOf = async (column: string[]) => {
    const rows = column.map((category, at) => `${'abc'[at]},"${category}"\n`).join('');
    const folder = folderWith(t, { 'log.csv': log, 'items.csv': `item_id,categories\n${rows}` });
    const path = join(folder, 'log.csv');
    const { dataset } = await prepare({ format: 'table', path, items_path: join(folder, 'items.csv') });
    return dataset.items.map(({ categories }) => categories.join(','));
  };
  t.deepEqual(await categoriesOf(['Kitchen > Coffee &amp; Tea > Beans', 'A&gt;B', 'A|B']), [
    'Kitchen,Coffee & Tea,Beans',
    'A,B',
    'A,B',
  ]);
  t.deepEqual(await categoriesOf(['A &#x3E; B', 'C', '']), ['A,B', 'C', '']);
  t.deepEqual(await categoriesOf(['Kitchen/Tea', 'Home/Lamps/LED', '']), [
    'Kitchen,Tea',
    'Home,Lamps,LED',
    '',
  ]);
  t.deepEqual(await categoriesOf(['Litter/Toys', 'Home', '']), ['Litter/Toys', 'Home', '']);
});
