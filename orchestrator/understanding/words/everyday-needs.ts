import { needsOfAnimals } from './needs/animals.ts';
import { needsOfBodies } from './needs/body.ts';
import { needsOfChildren } from './needs/children.ts';
import { needsAtDesks } from './needs/desk.ts';
import { needsOfHomes } from './needs/home.ts';
import { needsOfKitchens } from './needs/kitchen.ts';
import { needsOutdoors } from './needs/outdoors.ts';

/**
 * What everyday words tell that somebody needs, a line each: `things, the first that a catalogue has: words that tell it`.
 * Things of several words are joined by `-`. A word tells in all its forms; words joined by `&` tell it only together,
 * `@cat` where it is about a cat; a word behind `+` only adds to what others of its line tell. General, and of no shop: a
 * thing that no catalogue names is never looked for.
 */
const needs = [
  needsOfAnimals,
  needsOfChildren,
  needsOfBodies,
  needsOfKitchens,
  needsOfHomes,
  needsOutdoors,
  needsAtDesks,
].join('\n');

/** Where something is done, and what departments for it are called. */
const places = `
camping outdoor trekking hiking: camp camping campsite campground hike hiking hiker trek trekking trail backpacking backpacker tent mountain summit wilderness outdoors bivouac festival expedition
running: jog jogging marathon sprint 10k
yoga: yoga asana pilates
`;

/** Other names of things. A catalogue that has none of them may have the first that it knows of those before the colon. */
const names = `
diaper: nappy nappies
leash: lead leads
sun-lotion sun-cream sunscreen: sunscreen sunblock suncream suntan sunblocker
gift-wrap wrapping-paper: wrappingpaper giftpaper
toilette parfum fragrance perfume: cologne aftershave scent
blanket: throw throws
duvet-cover duvet bedding: comforter quilt
pan: skillet skillets frypan
pot: saucepan
notebook planner: journal diary notepad jotter
face-cream cream: moisturizer moisturizers
shoes: sneakers trainers
sofa couch: couch settee
stroller: pram pushchair buggy
pacifier: dummy soother
backpack: rucksack
sweater: jumper pullover
trousers pants: slacks
phone smartphone: mobile cellphone smartphone
tv television: telly
flashlight head-lamp torch lamp: torch headlamp headtorch flashlight
food: kibble chow
shampoo: hairwash
cup mug: beaker
mug cup: tumbler
sleeping-bag: sleepingbag
stove: cooker burner
diffuser candle: airfreshener
bib: bibs
bowl: dish
pillow-case: pillowslip
cap: baseball-cap
socks: stockings
vest: gilet singlet
rug: carpet
bin: trashcan wastebasket
espresso coffee: java
cookie biscuit: cookie biscuit
candy sweets: candy sweets
`;

/** What people give, where nothing is known but for whom; what is used up on one's own body is left to who asks for it. */
export const giftThings =
  `candle fragrance perfume tea coffee chocolate praline sweets candy wine whisky book game puzzle jewelry watch mug stationery notebook lamp blanket
  plant vase flower frame decoration ornament scarf wallet bag knife record vinyl art`.split(/\s+/);

const told = readNeeds(needs);
export const otherNames = phrasesBy(names);
const placesNamed = phrasesBy(places);

type Word = { word: string; stem: string };
/** Things, each as its words. */
export type Things = readonly (readonly string[])[];

/** The things that a word tells somebody to need; null where it tells nothing. */
export const needsTold = (token: Word): Things | null => firstOf(told.alone, token);

/** The things that a word tells where another word tells them, too; empty where there are none. */
export const needsSupported = ({ word }: Word): Things => told.supporting.get(word) ?? [];

/** What departments for the place or the doing are called that a word tells. */
export const placesTold = (token: Word): Things => firstOf(placesNamed, token) ?? [];

/** What words tell together: the things, and the words. */
export interface ToldTogether<Token> {
  things: Things;
  tellers: Token[];
}

/** What is told by several words of some; `beings` are those whom the words are about. */
export function needsToldTogether<Token extends Word>(
  tokens: readonly Token[],
  beings: ReadonlySet<string>,
): ToldTogether<Token>[] {
  const byForm = new Map<string, Token>();
  for (const token of tokens)
    for (const form of formsOf(token)) if (!byForm.has(form)) byForm.set(form, token);
  const found: ToldTogether<Token>[] = [];
  for (const form of byForm.keys())
    for (const { words, being, things } of told.together.get(form) ?? []) {
      if (being !== null && !beings.has(being)) continue;
      const tellers = words.flatMap((word) => byForm.get(word) ?? []);
      if (tellers.length === words.length) found.push({ things, tellers });
    }
  return found;
}

const firstOf = <Value>(map: ReadonlyMap<string, Value>, token: Word): Value | null =>
  formsOf(token)
    .map((form) => map.get(form))
    .find((value) => value !== undefined) ?? null;

const shortestRoot = 3;

/** A word, and what it may be a form of: "dribbling" of dribble, "tipped" of tip. */
function formsOf({ word, stem }: Word): string[] {
  const root = /^(.{2,})(?:ing|ed|es)$/.exec(word)?.[1] ?? '';
  const single = root.replace(/(.)\1$/, '$1');
  const forms = root.length >= shortestRoot ? [root, `${root}e`, single, root.replace(/i$/, 'y')] : [];
  return [...new Set([word, stem, ...forms])];
}

/** Words that tell only together, by the first of them. */
interface Together {
  words: readonly string[];
  being: string | null;
  things: Things;
}

function readNeeds(text: string) {
  const alone = new Map<string, Things>();
  const supporting = new Map<string, Things>();
  const together = new Map<string, Together[]>();
  for (const [teller, things] of phrasesBy(text)) {
    const parts = teller.split('&');
    const words = parts.filter((part) => !part.startsWith('@'));
    const being = parts.find((part) => part.startsWith('@'))?.slice(1) ?? null;
    if (teller.startsWith('+')) supporting.set(teller.slice(1), things);
    else if (parts.length === 1) alone.set(teller, things);
    else together.set(words[0], [...(together.get(words[0]) ?? []), { words, being, things }]);
  }
  return { alone, supporting, together };
}

function phrasesBy(text: string): ReadonlyMap<string, Things> {
  const all = new Map<string, string[][]>();
  for (const line of text.trim().split('\n').filter(Boolean)) {
    const [things, tellers] = line.split(':').map((part) => part.trim().split(/\s+/));
    const phrases = things.map((thing) => thing.split('-'));
    for (const teller of tellers) all.set(teller, [...(all.get(teller) ?? []), ...phrases]);
  }
  return all;
}
