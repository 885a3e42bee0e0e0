import { indexReport } from '../../item-index/index-report.ts';
import { groupSizes, prefixGroups } from '../../item-index/prefix-groups.ts';
import { levelLetter } from '../../item-index/token-name.ts';
import { UserError } from '../../shared/errors.ts';
import { cardOf, codeOf } from '../cards.ts';
import type { CodeDigit } from '../contract/explanations.ts';
import type { ItemCard } from '../contract/items.ts';
import type { Catalogue } from './catalogue.ts';
import { labelWords } from './label-words.ts';

export interface CodedItem extends ItemCard {
  /** `<a_12>`, … */
  code: string[];
  digits: number[];
}

export interface IndexLevel {
  letter: string;
  source: CodeDigit['source'];
  /** Tokens of the level, and how many of them occur. */
  size: number;
  used: number;
  /** Bits, of at most log2(size). */
  entropy: number;
  use: number;
  /** Share of items whose digit follows from those before it. */
  forced: number;
  /** Clusters below this depth by how many items they hold: from, to (both included) and how many clusters. */
  cluster_sizes: { from: number; to: number; clusters: number }[];
}

export interface IndexOverview {
  items: number;
  collision_rate: number;
  levels: IndexLevel[];
}

/** The quality of an index: use and entropy of each level, sizes of clusters. */
export function overviewOfIndex({ index, sources }: Catalogue): IndexOverview {
  const report = indexReport(index);
  return {
    items: report.items,
    collision_rate: report.collision_rate,
    levels: report.by_level.map(({ level, ...figures }, at) => ({
      letter: level,
      source: sources[at],
      ...figures,
      cluster_sizes: histogram(groupSizes(prefixGroups(index, 0, at + 1))),
    })),
  };
}

export interface DigitChoice {
  digit: number;
  /** Items that have this digit and all that is chosen on other levels. */
  items: number;
  /** What the titles of its items have more often than others. */
  words: string[];
}

export interface IndexBranch {
  /** [levels] the chosen digit of each level, or null. */
  chosen: (number | null)[];
  /** [levels] what can be chosen on each level, given what is chosen on the others. */
  choices: DigitChoice[][];
  /** How many items have all chosen digits, and the first of them. */
  count: number;
  items: CodedItem[];
}

const mostItems = 60;

/**
 * The items on a branch. Digits may be chosen on any level, not only from the first on, so that one can walk from
 * what items are as well as from how people use them.
 */
export function branchOfIndex(catalogue: Catalogue, chosen: readonly (number | null)[]): IndexBranch {
  const { index, items } = catalogue;
  const { levels, codes } = index;
  const wanted = checkedChoice(catalogue, chosen);
  const counts = index.levelSizes.map((size) => new Int32Array(size));
  const matching: number[] = [];
  for (let item = 0; item < items.length; item++) {
    const misses = wanted.flatMap((digit, level) =>
      digit !== null && codes[item * levels + level] !== digit ? [level] : [],
    );
    if (misses.length === 0) matching.push(item);
    for (let level = 0; level < levels; level++)
      if (misses.length === 0 || (misses.length === 1 && misses[0] === level))
        counts[level][codes[item * levels + level]]++;
  }
  const words = wordsOfDigits(catalogue);
  return {
    chosen: wanted,
    choices: counts.map((level, at) =>
      Array.from(level, (count, digit) => ({ digit, items: count, words: words[at][digit] })).filter(
        (choice) => choice.items > 0,
      ),
    ),
    count: matching.length,
    items: matching.slice(0, mostItems).map((item) => codedItem(catalogue, item)),
  };
}

export function codedItem({ items, index }: Catalogue, item: number): CodedItem {
  const digits = [...index.codes.subarray(item * index.levels, (item + 1) * index.levels)];
  return { ...cardOf(items[item]), digits, code: codeOf(index, item) };
}

function checkedChoice({ index }: Catalogue, chosen: readonly (number | null)[]): (number | null)[] {
  const { levels, levelSizes } = index;
  const wrong = chosen.findIndex((digit, level) => digit !== null && !(digit < (levelSizes[level] ?? 0)));
  if (chosen.length > levels || wrong >= 0)
    throw new UserError('serving/no-branch', 'there is no such branch', {
      remedy: `Codes have ${levels} digits: ${levelSizes.map((size, level) => `${levelLetter(level)} from 0 to ${size - 1}`).join(', ')}.`,
    });
  return Array.from({ length: levels }, (_, level) => chosen[level] ?? null);
}

const knownWords = new WeakMap<Catalogue, string[][][]>();

/** [levels][digits] the three words that set the titles below a digit off most: frequent there, rare elsewhere. */
function wordsOfDigits(catalogue: Catalogue): string[][][] {
  const known = knownWords.get(catalogue);
  if (known) return known;
  const { items, index, sources } = catalogue;
  const titles = items.map(({ title }) => labelWords(title));
  const everywhere = countWords(titles);
  const made = index.levelSizes.map((size, level) => {
    if (sources[level] === 'identity') return new Array<string[]>(size).fill([]);
    const byDigit: string[][][] = Array.from({ length: size }, () => []);
    for (const [item, words] of titles.entries())
      byDigit[index.codes[item * index.levels + level]].push(words);
    return byDigit.map((below) => {
      const weight = ([word, count]: [string, number]) =>
        count * Math.log(count / below.length / (everywhere.get(word)! / items.length));
      return [...countWords(below)]
        .filter(([, count]) => count > 1 || below.length < 3)
        .sort((a, b) => weight(b) - weight(a) || a[0].localeCompare(b[0]))
        .slice(0, 3)
        .map(([word]) => word);
    });
  });
  knownWords.set(catalogue, made);
  return made;
}

function countWords(texts: string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** One bar a size where sizes are few, else some ten bars of equal width. */
function histogram(sizes: Int32Array): IndexLevel['cluster_sizes'] {
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const width = Math.ceil((most - least + 1) / 12);
  const bars = Array.from({ length: Math.ceil((most - least + 1) / width) }, (_, at) => ({
    from: least + at * width,
    to: least + (at + 1) * width - 1,
    clusters: 0,
  }));
  for (const size of sizes) bars[Math.floor((size - least) / width)].clusters++;
  return bars;
}
