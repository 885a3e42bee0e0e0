import type { FindThings } from '../catalogue/find-things.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { isFiller } from '../words/filler-words.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import { isBeing } from './beings.ts';
import type { Reading } from './heard.ts';
import { referenceAt } from './references.ts';
import { shareOfTitle } from './title-share.ts';

const has = phrases({
  again: `ran out of | run out of | running out of | i am out of | are out of | is out of | used up | is empty | are empty | finished my |
    running low on | almost out of | need more`,
  had: `just bought | already bought | i bought | bought | i already have | already have | already own | already got | just got | i own | i have already |
    have already | i just ordered | i ordered | just ordered | already ordered | have ordered | i purchased | just purchased | have purchased | purchased |
    have bought | i have got | i got | i got myself | got myself | bought myself | goes with | goes well with | go with | fits with | go well with |
    goes together with | i took | i will take | i take | have just bought | have just got | recently bought | recently got | own`,
  perhaps: 'i have | we have',
  liked: `more like | similar to | something like | anything like | such as | same as | reminds me of | in the style of | like | i like | i liked | i love | i loved |
    i enjoyed | i really like | i really liked | i prefer | comparable to | resembling | close to | along the lines of`,
}); // prettier-ignore
const ends = new Set(
  'but what which now please so can could show recommend suggest anything something any need want looking then how instead i we yesterday today recently last before'.split(
    ' ',
  ),
);
const lead = new Set(
  'a an the my some of this that new pair set bottle bag pack box myself us one two three few another'.split(
    ' ',
  ),
);

/** Reads what the person has, and what the answer should be like. */
export function readPossession(reading: Reading, lexicon: Lexicon, things: FindThings): void {
  const { tokens, shown, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const said = has(tokens, at);
    if (!said) continue;
    const from = at + said.length;
    const reference = referenceAt(tokens, from, shown, lexicon, true);
    if (reference && said.meaning !== 'again') {
      heard[said.meaning === 'liked' ? 'liked' : 'had'].push(...reference.ids);
      take(tokens, at, said.length + reference.length);
      // "the first and the third one"
      let next = at + said.length + reference.length;
      while (['and', ',', 'or'].includes(tokens[next]?.word)) {
        const other = referenceAt(tokens, next + 1, shown, lexicon);
        if (!other) break;
        heard[said.meaning === 'liked' ? 'liked' : 'had'].push(...other.ids);
        take(tokens, next, 1 + other.length);
        next += 1 + other.length;
      }
      continue;
    }
    if (said.meaning === 'again') take(tokens, at, said.length);
    else if (said.meaning === 'had' || said.meaning === 'perhaps')
      readNames(at, from, said.meaning === 'had');
    else readLiked(at, from);
  }

  function readNames(at: number, from: number, sure: boolean): void {
    const article = lead.has(tokens[from]?.word ?? '');
    if (!sure && !article) return;
    const end = scopeEnd(tokens, from);
    const groups = split(tokens.slice(from, end));
    const found = groups.map((group) => bestItem(lexicon, things, group)).filter((id) => id !== null);
    if (groups.flat().some(({ stem }) => isBeing(stem))) return;
    if (found.length === 0 || (!sure && found.length < groups.length)) return;
    heard.had.push(...found);
    take(tokens, at, end - at);
  }

  function readLiked(at: number, from: number): void {
    const end = scopeEnd(tokens, from);
    const id = bestItem(lexicon, things, tokens.slice(from, end), 0.6);
    if (!id) return;
    heard.liked.push(id);
    take(tokens, at, end - at);
  }
}

function scopeEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  for (; at < tokens.length; at++) {
    const { kind, word, bound } = tokens[at];
    if (bound) continue;
    if (kind === 'sign' && !',&%'.includes(word)) break;
    if (
      at > from &&
      (ends.has(word) || (word === ',' && (ends.has(tokens[at + 1]?.word) || tokens[at + 1] === undefined)))
    )
      break;
    if (at > from && word === 'and' && ends.has(tokens[at + 1]?.word)) break;
  }
  return at;
}

function split(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.bound && ['and', ',', '&', 'plus'].includes(token.word)) groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.some(({ word, kind }) => kind !== 'sign' && !isFiller(word)));
}

/** The item that is best called by some words; null where the last of them, its noun, stands in no name. */
function bestItem(
  lexicon: Lexicon,
  things: FindThings,
  tokens: readonly Token[],
  leastOfTitle = 0,
): string | null {
  const content = tokens.filter(
    (token) => token.kind !== 'sign' && !token.taken && (token.brand || !isFiller(token.word)),
  );
  const stems = content.flatMap((token) => (token.brand ? [] : [token.stem]));
  const brands = content.flatMap(({ brand }) => brand ?? []);
  const head = content.findLast((token) => token.kind === 'word' && !token.brand)?.stem;
  if (!head || !lexicon.names.has(head)) return null;
  const { items } = things({ stems, head, brands });
  const best = items.reduce<number | null>(
    (a, b) => (a !== null && length(lexicon, a) <= length(lexicon, b) ? a : b),
    null,
  );
  if (best === null) return null;
  if (shareOfTitle(lexicon, best, stems) < leastOfTitle) return null;
  return lexicon.items[best].item_id;
}

const length = (lexicon: Lexicon, item: number) => lexicon.titleOf(item).length;
