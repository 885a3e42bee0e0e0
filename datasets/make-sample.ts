/**
 * Makes datasets/beauty-small from the whole Amazon Beauty set (sequences.txt + items.jsonl):
 *
 *   npx tsx datasets/make-sample.ts FOLDER_OF_THE_WHOLE_SET
 *
 * Nothing is drawn by chance, so the same source gives the same bytes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';

const mostActiveItems = 1500;
const eventsPerUser = 7;
const eventsPerItem = 5;

interface Sequence {
  user: string;
  items: string[];
}

const [source] = process.argv.slice(2);
if (!source) {
  console.error('usage: npx tsx datasets/make-sample.ts FOLDER_WITH_sequences.txt_AND_items.jsonl');
  process.exit(1);
}
const target = join(import.meta.dirname, 'beauty-small');

const whole = linesOf(join(source, 'sequences.txt')).map((line): Sequence => {
  const [user = '', ...items] = line.split(' ');
  return { user, items };
});
const active = new Set(mostActive(whole, mostActiveItems));
const sample = coreOf(whole.map(({ user, items }) => ({ user, items: items.filter((id) => active.has(id)) })));
const kept = new Set(sample.flatMap(({ items }) => items));
const catalogue = linesOf(join(source, 'items.jsonl')).filter((line) => kept.has(JSON.parse(line).item_id));

writeFileAtomic(
  join(target, 'sequences.txt'),
  sample.map(({ user, items }) => `${user} ${items.join(' ')}\n`),
);
writeFileAtomic(
  join(target, 'items.jsonl'),
  catalogue.map((line) => `${line}\n`),
);
const events = sample.reduce((sum, { items }) => sum + items.length, 0);
console.log(`${sample.length} users, ${kept.size} items, ${events} interactions -> ${target}`);

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

/** Equal counts are put in order by item id. */
function mostActive(sequences: Sequence[], size: number): string[] {
  return [...countItems(sequences)]
    .sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
    .slice(0, size)
    .map(([id]) => id);
}

/** Removes rare items and short users until nothing is left to remove. */
function coreOf(sequences: Sequence[]): Sequence[] {
  const counts = countItems(sequences);
  const next = sequences
    .map(({ user, items }) => ({ user, items: items.filter((id) => counts.get(id)! >= eventsPerItem) }))
    .filter(({ items }) => items.length >= eventsPerUser);
  const size = (list: Sequence[]) => list.reduce((sum, { items }) => sum + items.length, 0);
  return size(next) === size(sequences) ? next : coreOf(next);
}

function countItems(sequences: Sequence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { items } of sequences) for (const id of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
