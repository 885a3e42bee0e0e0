import { readFileSync } from 'node:fs';
import test from 'ava';
import { lsaEncoder } from '../../../orchestrator/embedding/semantic/lsa-encoder.ts';
import { wordsOf } from '../../../orchestrator/embedding/semantic/words.ts';
import { rowOf } from '../../../orchestrator/shared/matrix.ts';

const items: { title: string; keywords: string[] }[] = readFileSync(
  new URL('../../../datasets/beauty-small/items.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

test('neighbours by the titles of the sample share keywords that the encoder never saw', async (t) => {
  const matrix = await lsaEncoder({ dimensions: 64, seed: 1 })(items.map(({ title }) => [title]));
  const keywords = items.map((item) => new Set(item.keywords.flatMap(wordsOf)));
  const shared = (a: number, b: number) => [...keywords[a]].filter((word) => keywords[b].has(word)).length;
  let ofNeighbours = 0;
  let ofOthers = 0;
  for (let item = 0; item < items.length; item += 7) {
    ofNeighbours += shared(item, nearestOf(item));
    // The neighbour of the next item: what a row shifted against its text would give.
    ofOthers += shared(item, nearestOf((item + 1) % items.length));
  }
  t.true(ofNeighbours > 2 * ofOthers, `${ofNeighbours} against ${ofOthers}`);

  function nearestOf(item: number): number {
    const query = rowOf(matrix, item);
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let other = 0; other < items.length; other++) {
      if (other === item) continue;
      const row = rowOf(matrix, other);
      let cosine = 0;
      for (let at = 0; at < row.length; at++) cosine += row[at] * query[at];
      if (cosine > highest) [best, highest] = [other, cosine];
    }
    return best;
  }
});
