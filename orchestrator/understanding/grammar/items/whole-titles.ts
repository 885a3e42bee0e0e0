import type { Lexicon } from '../../catalogue/lexicon.ts';
import { phrases, take } from '../../words/phrases.ts';
import { type Token, tokensOf } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';

/** Finds the longest title, of two words or more, or the id, that begins at a place. */
export type TitleAt = (tokens: readonly Token[], at: number) => { id: string; length: number } | null;

/** Titles and ids by their first two words, or their only one. */
export function createTitles({ items, titleOf }: Pick<Lexicon, 'items' | 'titleOf'>): TitleAt {
  const byStart = new Map<string, { id: string; words: string[] }[]>();
  const learn = (id: string, words: string[]) => {
    const same = byStart.get(startOf(words)) ?? [];
    same.push({ id, words });
    byStart.set(startOf(words), same);
  };
  for (const [item, { item_id: id }] of items.entries()) {
    const words = wordsIn(titleOf(item));
    if (words.length > 1) learn(id, words);
    if (looksLikeId(id)) learn(id, wordsIn(id));
  }
  for (const same of byStart.values()) same.sort((a, b) => b.words.length - a.words.length);
  return (tokens, at) => {
    if (!tokens[at] || tokens[at].kind === 'sign') return null;
    const places = placesFrom(tokens, at);
    const said = places.slice(0, 2).map((place) => tokens[place].word);
    const begun = byStart.get(startOf(said)) ?? [];
    const found =
      begun.find(({ words }) => words.every((word, i) => tokens[places[i]]?.word === word)) ??
      byStart.get(said[0])?.[0];
    return found ? { id: found.id, length: places[found.words.length - 1] - at + 1 } : null;
  };
}

const startOf = (words: readonly string[]) => words.slice(0, 2).join(' ');
const wordsIn = (text: string) => tokensOf(text).flatMap(({ kind, word }) => (kind === 'sign' ? [] : [word]));

/** Of letters and digits, or long: "10" in a text is a number. */
function looksLikeId(id: string): boolean {
  return id.length >= 4 && /\d/.test(id) && (/\p{L}/u.test(id) || id.length >= 8);
}

const longestTitle = 60;

function placesFrom(tokens: readonly Token[], at: number): number[] {
  const places: number[] = [];
  for (let place = at; place < tokens.length && places.length < longestTitle; place++)
    if (tokens[place].kind !== 'sign') places.push(place);
  return places;
}

const before = phrases({
  had: `goes with | go with | bought | have | already have | own | already own | got | ordered | purchased | took | i had | tried | use | am using | received`,
  liked:
    'more like | similar to | something like | anything like | like | liked | love | loved | enjoyed | prefer',
});
const small = new Set('a an the my our this that these and also plus , & well as oh : " too'.split(' '));
const longestPhrase = 2;

/**
 * Takes whole titles behind words that say that the person has or likes these items, before anything else reads their
 * words: a size in a title is no wish. `goesOn`: the turn before told what the person has, and this one begins with "and".
 */
export function readWholeTitles({ tokens, heard }: Reading, titleAt: TitleAt, goesOn: boolean): void {
  let meaning: 'had' | 'liked' | null = goesOn ? 'had' : null;
  for (let at = 0; at < tokens.length; at++) {
    const title = titleAt(tokens, at);
    const said = saidBefore(tokens, at);
    if (title && (said || meaning)) {
      const from = said ? at - said.length : at;
      meaning = said?.meaning ?? meaning;
      heard[meaning ?? 'had'].push(title.id);
      take(tokens, from, at + title.length - from);
      at += title.length - 1;
    } else if (!small.has(tokens[at].word)) meaning = null;
  }
}

/** "Do you still have the …", "have you got the …": a question, which says nothing of what the person has. */
const isAsked = (tokens: readonly Token[], at: number) =>
  tokens[at - 1]?.word === 'you' || (tokens[at - 1]?.word === 'still' && tokens[at - 2]?.word === 'you');

/** What the words directly before a place say, small words between them aside. */
function saidBefore(
  tokens: readonly Token[],
  at: number,
): { meaning: 'had' | 'liked'; length: number } | null {
  let end = at;
  while (end > 0 && small.has(tokens[end - 1].word) && at - end < 3) end--;
  for (let length = longestPhrase; length > 0; length--) {
    const found = end >= length ? before(tokens, end - length) : null;
    if (found?.length === length && !isAsked(tokens, end - length))
      return { meaning: found.meaning, length: length + at - end };
  }
  return null;
}
