import { createRandom } from '../../orchestrator/shared/random.ts';

/** A log (CSV: user, item, time), whose users and items are as unevenly active as a shop's. */
export function* logLines(sizes: { interactions: number; users: number; items: number }): Generator<string> {
  const random = createRandom(1, 'log');
  const skewed = (count: number) => Math.floor(count * random.float() ** 2);
  const { interactions, users, items } = sizes;
  yield* inBlocks('user,item,time', interactions, () => {
    return `u${skewed(users)},i${skewed(items)},${1.4e9 + random.integer(1e8)}`;
  });
}

const words = 50_000;
const categories = 200;
const brands = 5000;

/** Items (CSV) with texts as long as a shop's, of made-up words as unevenly frequent as a language's. */
export function* itemLines(items: number): Generator<string> {
  const random = createRandom(1, 'items');
  const word = () => `w${Math.floor(words * random.float() ** 3).toString(36)}`;
  const text = (count: number) => Array.from({ length: count }, word).join(' ');
  let item = 0;
  yield* inBlocks('item,title,description,categories,brand', items, () => {
    const category = `kind ${random.integer(categories)}`;
    return `i${item++},${text(8)},${text(100 + random.integer(60))},${category},brand ${random.integer(brands)}`;
  });
}

function* inBlocks(header: string, count: number, line: () => string): Generator<string> {
  yield `${header}\n`;
  for (let at = 0; at < count; ) {
    const length = Math.min(10_000, count - at);
    yield Array.from({ length }, () => `${line()}\n`).join('');
    at += length;
  }
}
