import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';

type Listed = Pick<Reading, 'shown' | 'spoken'>;

/** Items of the latest list that the words at a place mean. */
export interface Reference {
  ids: string[];
  length: number;
  /** By words of its own: "the blue one". */
  isCalled?: boolean;
}

const ordinalWords = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const ordinals = new Map<string, number>(
  ordinalWords.flatMap(
    (word, at) =>
      [
        [word, at],
        [`${at + 1}${['st', 'nd', 'rd'][at] ?? 'th'}`, at],
      ] as const,
  ),
);
const nouns = new Set(
  'one ones item items product products option options result results choice suggestion entry thing'.split(
    ' ',
  ),
);
const pronouns = phrases({
  first: `that one | this one | that item | this item | the same one | the same | that product | this product | that | this | it | that thing | this thing |
    the top one | the one above | your suggestion | the one you showed | along those lines | along these lines | along that line | along the same lines | in that vein |
    in the same vein | of that ilk | in that direction`,
  all: 'those | these | them | any of those | any of these | all of them | all of those | these ones | those ones | none of those | none of these',
  last: 'the last | the last one | last one | the bottom one',
});
const pointed = new Set(['that', 'this', 'it', 'those', 'these', 'them']);

/**
 * A reference to the latest list: "the second one", "number 3", "#2", "the last", "that one", "the Wuffi one".
 * Mere pronouns are read only where `pronoun` says that one is expected.
 */
export function referenceAt(
  tokens: readonly Token[],
  at: number,
  { shown, spoken }: Listed,
  lexicon: Lexicon,
  pronoun = false,
): Reference | null {
  if (shown.length + spoken.length === 0 || !tokens[at] || tokens[at].taken) return null;
  const listed = { shown, spoken };
  return (
    byNumber(tokens, at, listed) ??
    byPlace(tokens, at, listed) ??
    byPronoun(tokens, at, listed, pronoun) ??
    byName(tokens, at, listed, lexicon)
  );
}

/** "Number 3", "#2". */
function byNumber(tokens: readonly Token[], from: number, { shown }: Listed): Reference | null {
  const at = pastThe(tokens, from);
  if (!numbering.has(tokens[at]?.word ?? '')) return null;
  const digit = tokens[at + 1]?.word === '.' ? at + 2 : at + 1;
  const place =
    tokens[digit]?.kind === 'number' ? tokens[digit].value : numbered.indexOf(tokens[digit]?.word ?? '') + 1;
  const id = shown[place - 1];
  return id === undefined ? null : { ids: [id], length: digit - from + 1 };
}
const numbering = new Set(['number', 'no', 'nr', '#', 'option', 'item']);
const numbered = 'one two three four five six seven eight nine ten'.split(' ');
/** So many may be named at once: "the first two". */
const mostNamed = 5;

/** "The second one", "the last", "the first two". */
function byPlace(tokens: readonly Token[], from: number, { shown }: Listed): Reference | null {
  const at = pastThe(tokens, from);
  const place = placeOf(tokens[at], shown);
  if (place === null) return null;
  const next = tokens[at + 1]?.taken ? undefined : tokens[at + 1];
  const several = numbered.slice(0, mostNamed).indexOf(next?.word ?? '') + 1;
  if (several > 1 && place === 0) return { ids: shown.slice(0, several), length: at + 2 - from };
  const both = at > from ? joinedPlaces(tokens, at, place, shown) : null;
  if (both) return { ids: both.ids, length: both.end - from };
  const isNamed = nouns.has(next?.word ?? '');
  if (!isNamed && !(at > from && endsReference(tokens[at + 1]))) return null;
  return { ids: [shown[place]].filter(Boolean), length: at + (isNamed ? 2 : 1) - from };
}

/** "The first and *third*", "the first and *the third*"; not "the first, and the third is too dear". */
function joinedPlaces(
  tokens: readonly Token[],
  at: number,
  place: number,
  shown: readonly string[],
): { ids: string[]; end: number } | null {
  if (!/^(?:and|or|&)$/.test(tokens[at + 1]?.word ?? '')) return null;
  const second = tokens[at + 2]?.word === 'the' ? at + 3 : at + 2;
  const other = placeOf(tokens[second], shown);
  const end = nouns.has(tokens[second + 1]?.word ?? '') ? second + 2 : second + 1;
  const isOver = end > second + 1 || endsReference(tokens[end]);
  if (other === null || !isOver || saying.has(tokens[end]?.word ?? '')) return null;
  return { ids: [shown[place], shown[other]].filter(Boolean), end };
}
const saying = new Set('is has looks seems costs was'.split(' '));

const pastThe = (tokens: readonly Token[], at: number) =>
  ['the', 'your'].includes(tokens[at].word) ? at + 1 : at;

function placeOf(token: Token | undefined, shown: readonly string[]): number | null {
  if (!token || token.taken) return null;
  if (token.word === 'last') return shown.length - 1;
  return ordinals.get(token.word) ?? null;
}

/** "the first aid kit" is no reference. */
function endsReference(next: Token | undefined): boolean {
  return next === undefined || next.taken || next.kind === 'sign' || followers.has(next.word);
}
const followers = new Set(
  `and or but please is was are in from of with cost costs have has available too looks look seems then instead for not too still cheaper dearer
  thanks again now because do does already contain contains include includes come comes fit fits made`.split(
    /\s+/,
  ),
);

/** "That one", "those", "the last"; mere "it" only where it ends what is said. */
function byPronoun(
  tokens: readonly Token[],
  at: number,
  { shown, spoken }: Listed,
  mere: boolean,
): Reference | null {
  const found = pronouns(tokens, at);
  if (!found) return null;
  const isMere = found.length === 1 && pointed.has(tokens[at].word);
  if (isMere && !(mere && endsReference(tokens[at + 1]))) return null;
  const one = spoken.length > 0 ? spoken : shown.slice(0, 1);
  const ids = { first: [...one], all: [...shown], last: shown.slice(-1) }[found.meaning];
  return { ids, length: found.length };
}

/** "the Wuffi one", "the blue ones": items of the list that hold the words. */
function byName(
  tokens: readonly Token[],
  from: number,
  { shown }: Listed,
  { items, names, byId }: Lexicon,
): Reference | null {
  if (tokens[from].word !== 'the' && tokens[from].word !== 'that') return null;
  const end = tokens.findIndex(
    (token, at) => at > from + 1 && (token.word === 'one' || token.word === 'ones'),
  );
  if (end < 0 || end > from + 4) return null;
  const between = tokens.slice(from + 1, end);
  if (between.some(({ kind, taken, bound }) => kind === 'sign' || (taken && !bound))) return null;
  const brand = between.find((token) => token.brand)?.brand;
  const stems = between.filter(({ bound }) => !bound).map(({ stem }) => stem);
  const isCalled = (item: number) =>
    (!brand || items[item]?.brand === brand) &&
    stems.every((stem) => includesSorted(names.get(stem) ?? [], item));
  const ids = shown.filter((id) => isCalled(byId.get(id) ?? -1));
  const some = tokens[end].word === 'one' ? ids.slice(0, 1) : ids;
  return some.length > 0
    ? { ids: some, length: end + 1 - from, isCalled: stems.length > 0 || brand !== undefined }
    : null;
}
