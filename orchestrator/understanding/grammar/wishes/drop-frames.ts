import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isFiller } from '../../words/filler-words.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';

const asking = phrases({
  sure: `show me | show us | recommend me | suggest me | find me | find us | get me | get us | looking for | is looking for | are looking for |
    searching for | am after | is after | are after | in the market for | on the hunt for | in search of | would like | would love | would like to have | interested in | fancy | craving`,
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
const ours = new Set('we all both really just also only still do would'.split(' '));
const going = new Set(['to', 'it', 'that', 'this', 'help']);
const mostBefore = 6;

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
    const found = told > 0 ? null : (asking(tokens, at) ?? offeredAt(start, at));
    if (!found) continue;
    const end = at + found.length;
    const before = tokens.slice(start, at);
    // "We need tents", but "we need to sleep".
    const isOurs =
      before.some(({ word }) => word === 'we') &&
      before.every(({ word }) => ours.has(word)) &&
      !going.has(tokens[end]?.word ?? '');
    const isAsked =
      found.meaning === 'sure' || isOurs || articles.has(tokens[end]?.word) || before.some(isRecipient);
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
