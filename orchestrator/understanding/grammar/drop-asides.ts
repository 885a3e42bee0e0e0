import { isFiller, plainVerbs, praiseWords } from '../words/filler-words.ts';
import { phrases, take } from '../words/phrases.ts';
import { type Token, wordToken } from '../words/tokens.ts';
import { isBeing } from './beings.ts';

/** "top rated teas", "what do you have in the way of tea": how it is asked is no wish. "As well as" is a comma. */
export function dropAsides(tokens: Token[]): void {
  for (const [at, { word, taken }] of tokens.entries()) {
    const besides = joining(tokens, at);
    if (besides) {
      take(tokens, at, besides.length);
      tokens[at] = { ...wordToken(','), kind: 'sign' };
    }
    // "Lovely shop you have": praise is no wish.
    if (!taken && praiseWords.has(word) && shops.has(tokens[at + 1]?.word ?? '')) take(tokens, at, 2);
    const time = isPointed(word) && times.has(tokens[at + 1]?.word ?? '') && !tokens[at + 1].bound;
    if (time && !taken) take(tokens, at, 2);
    const idiom = idioms(tokens, at);
    if (idiom) take(tokens, at, idiom.length);
    const next = tokens[at + 1];
    if (word !== 'top' || taken || !next || next.taken) continue;
    if (rated.has(next.word)) take(tokens, at, 2);
  }
}
const shops = new Set('shop store site website page webshop'.split(' '));
/** "This summer", "every night": when, and not what. */
const isPointed = (word: string) => /^(?:this|next|last|every|each|all|these)$/.test(word);
const times = new Set(
  'summer winter spring autumn fall season week weekend month year morning afternoon evening night nights day days time times holiday'.split(
    ' ',
  ),
);
const joining = phrases({
  and: 'as well as | along with | together with | in addition to | and then also | and also | not to mention | and so are | and so is | so are | so is',
});
const idioms = phrases({
  aside: `good morning | good evening | good afternoon | good day | good night | while i am here | while i am at it | while we are at it | while you are at it |
    as long as | so long as | provided that | in the way of | when it comes to | in terms of | on the lookout for | money is no object | money no object | price is no object | cost is no object |
    no matter the price | no matter the cost | whatever the price | whatever the cost | whatever it costs | regardless of price | regardless of the price |
    price does not matter | the price does not matter | money does not matter | price is not important | back to the | go back to the | going back to the |
    return to the | back to | let us go back to | i should have said | i should say | i forgot to say | i forgot to mention | should have mentioned | that is to say | my budget for | the budget for | our budget for | so to speak | as it were | after all | in fact | as a matter of fact | to be honest`,
});
const rated = new Set('rated selling sellers seller quality reviewed notch'.split(' '));

/** "Cotton is fine": what may be, need not be. Gives the stems of what may be. */
export function dropAllowed(tokens: readonly Token[]): string[] {
  const stems: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = allowed(tokens, at);
    const next = found && tokens[at + found.length];
    if (!found || !(!next || next.taken || next.kind === 'sign' || followers.has(next.word))) continue;
    take(tokens, at, found.length);
    if (next && followers.has(next.word) && next.word !== 'but') take(tokens, at + found.length);
    const start = tokens.findLastIndex(
      ({ kind, word }, place) => place < at && (kind === 'sign' || word === 'but'),
    );
    const said = tokens
      .slice(start + 1, at)
      .filter(({ kind, taken, word }) => kind === 'word' && !taken && !isFiller(word));
    stems.push(...said.map(({ stem }) => stem));
  }
  return stems;
}
const followers = new Set('but too again now then'.split(' '));
const allowed = phrases({
  fine: 'is fine | are fine | is ok | is okay | are ok | are okay | is good | is alright | would be fine | will do | would do | is fine by me | is fine with me | fine | ok with me | fine by me',
});

/** "something to drink, tea": where a thing is named, what it is for goes without saying. */
export function dropUses(tokens: readonly Token[]): void {
  for (let at = 0; at + 2 < tokens.length; at++) {
    const [what, to, verb, next] = tokens.slice(at, at + 4);
    const isUse = somethings.has(what.word) && to.word === 'to' && plainVerbs.has(verb.word) && !verb.taken;
    // "Something to eat, and something to walk him with" are two.
    const other = tokens.findIndex((token, place) => place > at && somethings.has(token.word));
    const isNamed = tokens
      .slice(at + 3, other < 0 ? tokens.length : other)
      .some(({ kind, word, stem, taken }) => kind === 'word' && !taken && !isFiller(word) && !isBeing(stem));
    if (isUse && isNamed && (next?.kind === 'sign' || isFiller(next?.word ?? ''))) take(tokens, at, 3);
  }
}
const somethings = new Set('something anything stuff things'.split(' '));
