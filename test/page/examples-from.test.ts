import test from 'ava';
import { examplesFrom } from '../../page/src/talk/examples-from.ts';

let count = 0;
const item = (title: string, path: string, price: number) => ({
  item_id: `i${count++}`,
  title,
  brand: title.split(' ')[0],
  categories: path.split(' > '),
  attributes: { price },
});
const food = [
  'Wuffi Cat Food Chicken 400 g',
  'Pawsome Cat Food Tuna 4 kg',
  'MeowCo Cat Food Chicken 4 kg',
  'Wuffi Cat Food Salmon',
];
const tea = [
  'Moka Peppermint Tea 250 g',
  'Baristo Sencha Green Tea 100 g',
  'Moka Rooibos Tea',
  'Moka Earl Grey Tea',
  'Moka Ceylon Tea',
];
const creams = [
  'Nordhaut Hand Cream Olive 75 ml',
  'Botanika Hand Cream Rose 75 ml',
  'Dr.Weiss Hand Cream Aloe 75 ml',
];
const popular = [
  item('RunLab Water Filter', 'Sports > Camping', 70),
  ...food.map((title, at) => item(title, 'Pets > Cats > Food', 8 + at)),
  ...tea.map((title, at) => item(title, 'Kitchen > Tea', 5 + at)),
  ...creams.map((title, at) => item(title, 'Beauty > Hand Cream', 11 + at)),
];

test('examples are of what many take, called by what the titles of a kind have in common', (t) => {
  t.deepEqual(examplesFrom(popular, []), [
    'A present for somebody who likes tea',
    'Cat food under 10',
    'Hand cream, but not Nordhaut',
    'I just bought RunLab Water Filter, what next?',
  ]);
});

test('a customer is shown examples of what was bought last', (t) => {
  const had = [
    item('Moka Assam Tea', 'Kitchen > Tea', 9),
    item('Pawsome Cat Food Chicken 4 kg', 'Pets > Cats > Food', 30),
  ];
  t.deepEqual(examplesFrom(popular, had), [
    'A present for somebody who likes cat food',
    'Tea under 10',
    'Hand cream, but not Nordhaut',
    'What goes with what I bought last?',
  ]);
  // What some of a kind have and others have not can be left out, where it is no name of this kind alone.
  const dogs = item('Wuffi Dog Snack Chicken', 'Pets > Dogs', 3);
  t.is(examplesFrom([...popular.slice(1, 5), dogs], [])[2], 'Cat food without chicken');
  t.is(examplesFrom(popular.slice(1, 5), [])[2], 'Cat food, but not Wuffi');
});

test('a kind is called as the catalogue counts it, and by no unit, size or number', (t) => {
  const lamps = ['Knurr Desk Lamp E27 SPF 50 10 m', 'Hygge Desk Lamp SPF 50', 'Moka Desk Lamp SPF 50 20 m'];
  t.is(
    examplesFrom(
      lamps.map((title) => item(title, 'Home > Lamps', 22)),
      [],
    )[0],
    'A present for somebody who likes desk lamps',
  );
});

test('where the data tell no kinds, examples name items, and an empty catalogue has none', (t) => {
  const plain = ['Cotz Pediatric', 'Banana Boat Lotion'].map((title, at) => ({ item_id: `p${at}`, title }));
  t.deepEqual(examplesFrom(plain, []), [
    'Something like Banana Boat Lotion',
    'I just bought Cotz Pediatric, what next?',
  ]);
  t.deepEqual(examplesFrom([], []), []);
});
