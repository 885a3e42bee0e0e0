import type { Lexicon } from '../catalogue/lexicon.ts';
import { isFiller } from '../words/filler-words.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';
import { phraseOf } from './phrase.ts';

const asking = phrases({
  sure: `show me | show us | recommend me | suggest me | find me | find us | get me | get us | looking for | is looking for | are looking for |
    searching for | is after | are after | in search of | would like | would love | would like to have | interested in | fancy | craving`,
  verb: 'want | wants | wanted | need | needs | requires | require',
});
const articles = new Set('a an some any another one the something anything'.split(' '));
/** "Would you happen to sell those …": asked of a shop. */
const shopVerbs = new Set('sell stock carry offer keep have got recommend suggest advise'.split(' '));
/** "My vet said", "my list says": what follows is wished for, or not. */
const telling = phrases({
  told: `says | said | said to | told me | told me to | told us | tells me | tells us | thinks | reckons | insists | insists on | swears by | recommends | recommended |
    suggests | suggested | advises | advised | mentioned | raves about | asked for | asks for | is asking for | keeps asking for | begged for | has asked for |
    would like | could do with | could use | is dying for | demands`,
});
const whose = new Set('my our the his her their a this'.split(' '));
const mostBefore = 6;
const introducing = new Set('a an some any another which'.split(' '));
const speakers = new Set('i we you'.split(' '));
/** Before these, something is named already. */
const owned = new Set(
  'a an some any another the my our his her their your this that have has got'.split(' '),
);

/**
 * "My wife wants a clock", "I would be grateful if you could show me some clocks": what stands before the asking is no
 * part of what is asked for, unless the catalogue has things of that name.
 */
export function dropFrames({ tokens, recipients }: Reading, lexicon: Lexicon): void {
  const { names } = lexicon;
  const isRecipient = (token: Token) => recipients.some((recipient) => recipient.token === token);
  const mayGo = (token: Token) =>
    token.kind !== 'word' ||
    token.taken ||
    isFiller(token.word) ||
    isRecipient(token) ||
    !names.has(token.stem);
  let start = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at].kind === 'sign') start = at + 1;
    if (tokens[at].word === 'please') take(tokens, at);
    const told = toldAt(start, at);
    if (told > 0) take(tokens, start, at + told - start);
    else if (introducesAt(start, at)) take(tokens, start, at - start);
    const found = told > 0 ? null : (asking(tokens, at) ?? offeredAt(start, at));
    if (!found) continue;
    const end = at + found.length;
    const before = tokens.slice(start, at);
    const isAsked = found.meaning === 'sure' || articles.has(tokens[end]?.word) || before.some(isRecipient);
    const isFollowed = clauseFrom(tokens, end).some(
      ({ kind, word, taken }) => kind === 'word' && !taken && !isFiller(word),
    );
    if (
      isAsked &&
      isFollowed &&
      before.every((token) => mayGo(token) && token.brand === null && token.measure === null)
    )
      take(tokens, start, end - start);
  }

  function offeredAt(from: number, at: number): { meaning: 'sure'; length: number } | null {
    const isAsked = shopVerbs.has(tokens[at].word) && !tokens[at].taken && at - from <= mostBefore;
    return isAsked && tokens.slice(from, at).some(({ word }) => word === 'you')
      ? { meaning: 'sure', length: 1 }
      : null;
  }

  /** "Might I trouble you for some tea", "I would pay well for a good grinder": all before the article only asks. */
  function introducesAt(from: number, at: number): boolean {
    const before = tokens.slice(from, at);
    if (!introducing.has(tokens[at].word) || tokens[at].taken || before.length === 0) return false;
    const said = before.filter(({ taken, kind }) => !taken && kind === 'word');
    const isSpoken = said.some(({ word }) => speakers.has(word)) && !said.some(({ word }) => owned.has(word));
    const head = phraseOf(tokens.slice(at, clauseEnd(at)), lexicon)?.head;
    return isSpoken && head != null && lexicon.names.has(head.stem) && before.every(mayGoUnsaid);
  }

  function mayGoUnsaid(token: Token): boolean {
    return mayGo(token) && token.brand === null && token.measure === null && token.saying === null;
  }

  function clauseEnd(at: number): number {
    const end = tokens.findIndex(({ kind, bound }, place) => place > at && kind === 'sign' && !bound);
    return end < 0 ? tokens.length : end;
  }

  function toldAt(from: number, at: number): number {
    const before = tokens.slice(from, at);
    const isSomebody = whose.has(before.find(({ taken }) => !taken)?.word ?? '');
    const isClear = before.length <= mostBefore && before.every((token) => mayGo(token) && !token.brand);
    return at > from + 1 && isSomebody && isClear ? (telling(tokens, at)?.length ?? 0) : 0;
  }
}

function clauseFrom(tokens: readonly Token[], from: number): readonly Token[] {
  const end = tokens.findIndex(({ kind, bound }, at) => at >= from && kind === 'sign' && !bound);
  return tokens.slice(from, end < 0 ? tokens.length : end);
}
