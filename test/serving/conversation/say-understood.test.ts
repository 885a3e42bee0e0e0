import test from 'ava';
import { answersTo } from '../../../orchestrator/serving/conversation/say-facts.ts';
import { type Sayable, sayUnderstood } from '../../../orchestrator/serving/conversation/say-understood.ts';
import { elsewhere } from '../../../orchestrator/understanding/intent.ts';
import { emptyIntent } from '../../understanding/little-shop.ts';

const wish = (text: string) => ({ text, categories: [], brands: [], words: [text], measures: [] });
const without = (text: string, item_ids: string[] = []) => ({
  text,
  categories: [],
  brands: [],
  words: [],
  item_ids,
});
const card = (item_id: string, title: string) => ({ item_id, title });
const [pan, pot, mug] = [card('1', 'Iron Pan'), card('2', 'Clay Pot'), card('3', 'Blue Mug')];

const says = ({ intent, ...more }: Partial<Sayable>) =>
  sayUnderstood({
    intent: { ...emptyIntent, ...intent },
    missing: [],
    partial: [],
    unknownLimits: [],
    aside: null,
    unordered: null,
    isUnlike: false,
    history: [],
    liked: [],
    untold: [],
    asked: [],
    isPopular: false,
    isEmpty: false,
    isNear: false,
    isUnderstood: true,
    isForeign: false,
    isSaid: () => true,
    hasWords: (text) => text !== 'zxqv',
    ...more,
  });

test('what was had is named where the list goes on from it: the latest, and how many there are besides', (t) => {
  t.deepEqual(says({ history: [pan] }), ['After Iron Pan:']);
  t.deepEqual(says({ history: [pan, pot] }), ['After Iron Pan and Clay Pot:']);
  t.deepEqual(says({ history: [pan, pot, mug] }), ['After Blue Mug and 2 others:']);
  t.deepEqual(says({ history: [mug, pot, pot, mug] }), ['After Clay Pot and Blue Mug:']);
});

test('beside a wish, what was had goes without saying', (t) => {
  const intent = { ...emptyIntent, wishes: [wish('lamp')] };
  t.deepEqual(says({ intent, history: [pan, pot] }), ['Lamp:']);
});

test('wishes, and what is ruled out, are listed as people do', (t) => {
  const intent = {
    ...emptyIntent,
    wishes: [wish('lamp'), wish('mug'), wish('pan')],
    without: [without('red'), without('shown', ['1', '2'])],
  };
  t.deepEqual(says({ intent }), ['Lamp, mug and pan, without *red* and those shown:']);
});

test('what is no matter of the shop is said to be none', (t) => {
  const intent = { ...emptyIntent, question: { item_ids: [], field: elsewhere } };
  t.is(
    says({ intent })[0],
    'That is not what the data of this shop can answer: they tell of its items alone.',
  );
});

test('limits of another wish, which fell with it, are told', (t) => {
  const intent = { ...emptyIntent, wishes: [wish('tea')], no_longer: ['up to 15', 'red'] };
  t.deepEqual(says({ intent }), ['No longer: up to 15 and red.', 'Tea:']);
});

test('what nothing has all of is not said twice', (t) => {
  const wishes = [wish('blue lamp')];
  t.deepEqual(says({ intent: { ...emptyIntent, wishes }, partial: wishes }), [
    'Nothing has all of *blue lamp*.',
    'Nearest:',
  ]);
});

test('words that no item has are named, mere letters are not', (t) => {
  const wishes = [wish('lamp')];
  t.deepEqual(says({ intent: { ...emptyIntent, wishes, unknown: ['turquoise', 'zxqv'] } }), [
    'Nothing here is called *turquoise*.',
    'Lamp:',
  ]);
  t.deepEqual(
    says({ intent: { ...emptyIntent, wishes, unknown: ['zxqv'] } })[0],
    'Some words were not understood.',
  );
});

test('a question about nothing certain is answered by what is known of the item', (t) => {
  const known = {
    ...mug,
    description: 'Holds a pint. Made by hand.',
    brand: 'Clayton',
    categories: ['Home', 'Mugs'],
    attributes: { price: 9, stock: 3 },
  };
  t.deepEqual(answersTo('', [known]), [
    'Blue Mug: Holds a pint. Made by hand. Clayton, Mugs, in stock (3 left), 9.00.',
  ]);
  // A brand is told once.
  t.deepEqual(answersTo('', [{ ...known, description: 'Brand: Clayton' }]), [
    'Blue Mug: Brand: Clayton. Mugs, in stock (3 left), 9.00.',
  ]);
  t.deepEqual(answersTo('description', [{ ...mug, description: '' }]), ['Blue Mug: nothing more is known.']);
  t.deepEqual(answersTo('color', [known]), ['Blue Mug: color unknown, 9.00.']);
});

test('what is asked in words of its own is answered in them, where the data are silent', (t) => {
  const known = { ...mug, description: 'Glazed. Contains no lead.' };
  t.deepEqual(answersTo('dishwasher safe', [known], 'is dishwasher safe'), [
    'Blue Mug: the data do not say whether it is dishwasher safe.',
  ]);
  t.deepEqual(answersTo('lead free', [known], 'is lead free'), ['Blue Mug: lead free (Contains no lead).']);
});
