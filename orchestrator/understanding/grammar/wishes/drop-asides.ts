import { isFiller, plainVerbs, praiseWords } from '../../words/filler-words.ts';
import { phrases, take } from '../../words/phrases.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import { isBeing } from '../people/beings.ts';
import { isPastForm } from '../stories/sentences.ts';

/** "top rated teas", "what do you have in the way of tea": how it is asked is no wish. "As well as" is a comma, "which is why" ends a sentence. */
export function dropAsides(tokens: Token[]): void {
  for (const [at, { word, taken }] of tokens.entries()) {
    const besides = joining(tokens, at);
    if (besides) {
      take(tokens, at, besides.length);
      tokens[at] = { ...wordToken(','), kind: 'sign' };
    }
    // "Not only X but also Y" are both.
    const but = bothAt(tokens, at);
    if (but > 0) {
      take(tokens, at, 2);
      take(tokens, but, tokens[but + 1]?.word === 'also' ? 2 : 1);
      tokens[but] = { ...wordToken(','), kind: 'sign' };
    }
    const therefore = consequence(tokens, at);
    if (therefore) {
      take(tokens, at, therefore.length);
      tokens[at] = { ...wordToken(';'), kind: 'sign' };
    }
    // "Lovely shop you have": praise is no wish.
    if (!taken && praiseWords.has(word) && shops.has(tokens[at + 1]?.word ?? '')) take(tokens, at, 2);
    const time = isPointed(word) && times.has(tokens[at + 1]?.word ?? '') && !tokens[at + 1].bound;
    // "Every time she eats": a clause follows.
    const isClause = tokens[at + 1]?.word === 'time' && speakers.has(tokens[at + 2]?.word ?? '');
    if (time && !taken && !isClause) take(tokens, at, 2);
    const span = spanAt(tokens, at);
    for (let place = at; place < at + span; place++)
      tokens[place] = { ...wordToken(','), kind: 'sign', taken: true };
    // "Pitch dark", "pitch black": how dark it is.
    if (word === 'pitch' && !taken && darks.has(tokens[at + 1]?.word ?? '')) {
      take(tokens, at);
      tokens[at + 1] = wordToken('dark', tokens[at + 1].typed);
    }
    // "Slept like babies": how, and for nobody.
    const likened = tokens[at + 1]?.word === 'a' || tokens[at + 1]?.word === 'an' ? at + 2 : at + 1;
    const isHow = word === 'like' && !taken && isPastForm(tokens[at - 1]?.word ?? '');
    if (isHow && isBeing(tokens[likened]?.stem ?? '')) take(tokens, at, likened + 1 - at);
    const idiom = idioms(tokens, at);
    if (idiom) take(tokens, at, idiom.length);
    const next = tokens[at + 1];
    if (word !== 'top' || taken || !next || next.taken) continue;
    if (rated.has(next.word)) take(tokens, at, 2);
  }
}
/** How many words tell from when to when something is: "from morning till night"; 0 for none. */
function spanAt(tokens: readonly Token[], at: number): number {
  if (!spans.has(tokens[at].word) || tokens[at].taken) return 0;
  const [from, till, to] = tokens.slice(at + 1, at + 4);
  return till && to && moments.has(from.word) && ends.has(till.word) && moments.has(to.word) ? 4 : 0;
}
const spans = new Set(['from', 'between']);
const ends = new Set('till until to and'.split(' '));
const moments = new Set(
  `morning noon evening night dawn dusk sunrise sunset spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday january february march
  april may june july august september october november december early late day`.split(/\s+/),
);
const darks = new Set(['dark', 'black']);

/** The place of "but" behind "not only", "not just"; -1 where none stands in the same sentence. */
function bothAt(tokens: readonly Token[], at: number): number {
  if (tokens[at].word !== 'not' || !onlys.has(tokens[at + 1]?.word ?? '')) return -1;
  const end = tokens.findIndex(
    ({ kind, word }, place) => place > at && kind === 'sign' && '.?!;\n'.includes(word),
  );
  return tokens
    .slice(0, end < 0 ? tokens.length : end)
    .findIndex(({ word }, place) => place > at + 1 && word === 'but');
}
const onlys = new Set('only just merely simply'.split(' '));
const shops = new Set('shop store site website page webshop'.split(' '));
/** "This summer", "every night": when, and not what. */
const isPointed = (word: string) => /^(?:this|next|last|every|each|all|these)$/.test(word);
const times = new Set(
  'summer winter spring autumn fall season week weekend month year morning afternoon evening night nights day days time times holiday'.split(
    ' ',
  ),
);
const speakers = new Set('i we he she it they my our the'.split(' '));
const joining = phrases({
  and: 'as well as | along with | together with | in addition to | and then also | and also | not to mention | and so are | and so is | so are | so is',
});
/** "…, which is why I need a pan": another sentence, of what follows from the one before. */
const consequence = phrases({
  so: 'which is why | that is why | this is why | hence | therefore | that is the reason | which means | and that is why | and hence | and therefore | and so | for that reason',
});
const idioms = phrases({
  aside: `good morning | good evening | good afternoon | good day | good night | while i am here | while i am at it | while we are at it | while you are at it |
    as long as | so long as | provided that | in the way of | when it comes to | in terms of | on the lookout for | back to the | go back to the | going back to the |
    return to the | back to | let us go back to | i should have said | i should say | i forgot to say | i forgot to mention | should have mentioned | that is to say | my budget for | the budget for | our budget for | so to speak | as it were | after all | in fact | as a matter of fact | to be honest |
    am home | is home | are home | get home | gets home | got home | come home | comes home | coming home | came home | go home | going home | way home | back home | home alone | at home`,
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
