/**
 * How long a request takes to be understood, by rules alone, over catalogues that are made up from the titles of the
 * sample: conversations of one turn; of three, two of which were answered before, as a chat sends them; and of three that
 * come at once. Also how long the words of a catalogue take to be learned, which happens once, in pieces between which a
 * server answers.
 *
 *   npm run bench -- understand
 *   npm run bench -- understand --items 12000,100000
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Item } from '../orchestrator/dataset/types.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { createRandom, type Random } from '../orchestrator/shared/random.ts';
import { createUnderstanding, type Turn } from '../orchestrator/understanding/index.ts';
import { type Figures, rounded, runCases, show } from './support/cases.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    items: { type: 'string', default: '12000' },
    json: { type: 'boolean', default: false },
  },
});
const sentences = [
  'a $a but not $b under 20',
  'I bought $a, what next?',
  'something for my mother, she likes $a and $b',
  '$a or $b, in stock, between 10 and 25 euros',
  'my $b is always dry in winter and I cannot sleep',
  'do you have $a in blue?',
  'cheaper than the second one',
  'anything but $a please',
  'shwo me $a and conditoner',
  'the cheapest $a without $b',
];

const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: ['--items', flags.items],
  cases: Object.fromEntries(
    flags.items.split(',').flatMap((count) =>
      [
        { turns: 1, answered: 0 },
        { turns: 3, answered: 2 },
        { turns: 3, answered: 0 },
      ].map((talk) => [
        `${count} items, turns: ${talk.turns}, answered before: ${talk.answered}`,
        async () => measure(Number(count), talk),
      ]),
    ),
  ),
});
if (rows) show(rows, flags.json);

function measure(count: number, { turns, answered }: { turns: number; answered: number }): Figures {
  const random = createRandom(1, 'bench', 'understand');
  const items = madeUpCatalogue(count, random);
  const started = performance.now();
  const pieces = createUnderstanding(items);
  let longest = 0;
  let step = pieces.next();
  for (let last = started; !step.done; step = pieces.next()) {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  const understanding = step.value;
  const learned = performance.now() - started;
  const conversations = Array.from({ length: 8000 }, () => madeUpConversation(items, turns, random));
  // What the compiler of the runtime has not seen yet is no property of the code.
  for (const talk of conversations.slice(0, 4000)) understanding.read(talk);
  const times = conversations.slice(4000).map((talk) => {
    if (answered > 0) understanding.read(talk.slice(0, answered));
    const before = performance.now();
    understanding.read(talk);
    return performance.now() - before;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => rounded(times[Math.floor(share * (times.length - 1))]);
  return {
    learned_ms: rounded(learned),
    longest_piece_ms: rounded(longest),
    median_ms: at(0.5),
    p99_ms: at(0.99),
    worst_ms: at(1),
  };
}

/** Titles of the sample with words of another one in them, so that no two are alike. */
function madeUpCatalogue(count: number, random: Random): Item[] {
  const file = join(packageRoot, 'datasets', 'beauty-small', 'items.jsonl');
  const sample = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { title: string; keywords: string[] });
  return Array.from({ length: count }, (_, at) => {
    const [own, other] = [sample[at % sample.length], sample[random.integer(sample.length)]];
    const words = other.title.split(' ');
    const title = `${own.title} ${words.slice(0, 1 + random.integer(3)).join(' ')}`;
    return {
      item_id: `item-${at}`,
      title,
      description: `${title}. ${own.keywords.join(', ')}.`,
      categories: ['Beauty', own.title.split(' ').at(-1) ?? 'Other'],
      brand: own.title.split(' ')[0],
      keywords: own.keywords,
      attributes: { price: 1 + random.integer(90), stock: random.integer(5) },
    };
  });
}

/** Turns with words of the catalogue, a list behind each. */
function madeUpConversation(items: readonly Item[], turns: number, random: Random): Turn[] {
  const some = () => items[random.integer(items.length)];
  const word = () => some().title.split(' ')[random.integer(4)] ?? 'soap';
  return Array.from({ length: turns }, () => ({
    text: sentences[random.integer(sentences.length)].replace('$a', word()).replace('$b', word()),
    shown: Array.from({ length: 10 }, () => some().item_id),
  }));
}
