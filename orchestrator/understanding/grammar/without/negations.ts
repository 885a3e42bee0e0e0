import { functionWords, isFiller } from '../../words/filler-words.ts';
import { isAdverb } from '../../words/parts-of-speech.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { isBeing } from '../people/beings.ts';
import { ailmentAt, harmFrom, sufferedAt } from './harms.ts';

const anywhere = phrases({
  none: `no | not | without | except | except for | but not | but no | anything but | everything but | all but | nothing from | nothing by | nothing with |
    nothing in | nothing for | nothing | none from | none by | none of | none | other than | apart from | aside from | excluding | exclude | avoid | stay off | lay off | keep off |
    avoiding | minus | non | free of | free from | free off | allergic to | hate | hates | dislike | dislikes | skip | leave out |
    instead of | rather than | neither | nor | never | rid of | not another | sick of | fed up with | but without | less of | no more | not interested in |
    everything except | anything except | anything bar | everything bar | all bar | barring | anything save | everything save |
    save for | with the exception of | excepting | omit | omitting | leaving out | leave off | sans | no to | nope to | nah to | no way to |
    steer clear of | steering clear of | stay away from | keep away from | keep clear of | spare me | intolerant to | intolerant of | sensitive to |
    scared of | afraid of | terrified of | detest | detests | loathe | loathes | despise | despises | not keen on | not a fan of |
    not fans of | not fond of | no fan of | not into | not big on | not mad about | not crazy about | not wild about | tired of | bored of | bored with |
    done with | had enough of | have enough of | enough of | no longer want | never again | gone off | averse to | i have enough |
    we have enough | i have got enough | we have got enough | i have plenty of | we have plenty of | i have got plenty of | we have got plenty of |
    i have loads of | we have loads of | anything besides | everything besides | besides | not bother with | no interest in | no use for | no need for |
    not looking for | not after | not care for | not fancy | not deal with | not trust | had it with | fed up of | refuse | refuses | refuse to buy |
    boycott | boycotts | forbid | forbids | have banned | has banned | reject | rejects | whatever but | any but | anyone but |
    any brand but | any make but | bad experience with | bad experiences with | take out | take away | eliminate | filter out | cut out | not eat |
    not touch | not digest | turns his nose up at | turns her nose up at | turns its nose up at | turn their noses up at | throws up from | gets sick from |
    not tolerate | not wear | you can keep | you may keep | keep away | not get on with | do not get along with | not stand | not bear | not abide |
    not allowed to | not allowed | not supposed to | not permitted to | nobody | no one | nobody wants | nobody here wants | nobody here likes | can not do |
    neither of us can stand | neither of us could stand | none of us can stand | none of us could stand | neither of us likes | neither of us liked |
    none of us likes | none of us like | none of us liked`,
});
/** At the start of a clause these, too, say what is not wanted: "hold the cinnamon". */
const atStart = phrases({
  none: 'hold the | hold off on | lose the | ditch the | drop the | forget the | forget about the | remove the | hide the | ban the | remove all | hide all | remove any | hide any | scrap the | cut the | cut out | kill the | less the | bin the',
});

/** The words that begin a negation. */
export function negationAt(tokens: readonly Token[], at: number) {
  const found = anywhere(tokens, at);
  if (found) return found;
  const harm = harmFrom(tokens, at);
  if (harm > 0) return { length: harm };
  const before = tokens[at - 1];
  const isAllBut = tokens[at].word === 'but' && !tokens[at].taken && anyBefore(tokens, at) >= 0;
  if (isAllBut && leavesOut(tokens[at + 1])) return { length: 1 };
  const startsClause = !before || before.kind === 'sign' || openers.has(before.word);
  return startsClause ? atStart(tokens, at) : null;
}
/** "*Any* scent but cinnamon", "*every* kind but those": the place of the word before it that means all; -1 where there is none. */
export function anyBefore(tokens: readonly Token[], at: number): number {
  for (let place = at - 2; place >= Math.max(0, at - 1 - mostOfAny); place--) {
    if (tokens[place].kind === 'sign') return -1;
    if (anyOf.has(tokens[place].word)) return place;
  }
  return -1;
}

/** "But *cinnamon*", "but *the* red one"; not "but *it* must be light", "but *with* two rooms", "but *especially* green". */
const leavesOut = (next: Token | undefined) =>
  next?.kind === 'word' && (pointing.has(next.word) || !functionWords.has(next.word)) && !isAdverb(next);
const pointing = new Set('the that those this these'.split(' '));
const anyOf = new Set('any every all each whatever whichever'.split(' '));
const mostOfAny = 3;
const openers = new Set('but and please just so also then'.split(' '));

/**
 * Words behind what is not wanted: "knives excluded", "cinnamon is out", "jasmine gives me migraines", "this is not for me".
 * A denial denies what would speak for it; the rest speaks against it alone.
 */
export function ruledOutAt(tokens: readonly Token[], at: number): { length: number } | null {
  const against = speaksAgainst(tokens, at);
  if (against) return against;
  const harm = harmAt(tokens, at);
  if (harm) return harm;
  const denial = denials.has(tokens[at].word) && !tokens[at].taken ? at + 1 : 0;
  const auxiliary =
    denial === 0 && auxiliaries.has(tokens[at].word) && denials.has(tokens[at + 1]?.word ?? '')
      ? at + 2
      : denial;
  if (auxiliary === 0) return null;
  for (let place = auxiliary; place <= auxiliary + mostBetween; place++) {
    const favour = speaksFor(tokens, place);
    if (favour && namesMore(tokens, place + favour.length)) return null;
    if (favour) return { length: place + favour.length - at };
    if (!between.has(tokens[place]?.word ?? '')) return null;
  }
  return null;
}

/** "He does not want *cast iron*": what is denied stands behind. */
function namesMore(tokens: readonly Token[], from: number): boolean {
  const end = tokens.findIndex(({ kind }, at) => at >= from && kind === 'sign');
  return tokens
    .slice(from, end < 0 ? tokens.length : end)
    .some(({ word, taken, stem }) => !taken && !isFiller(word) && !isBeing(stem));
}

const mostBetween = 4;
const denials = new Set('not no never hardly'.split(' '));
const auxiliaries = new Set(
  'is are was were be do does did will would can could should need has have'.split(' '),
);
const between = new Set(
  'a an the really quite exactly my our for be to what i we am are is looking very that so all of in any much with me us him her them it on and'.split(
    ' ',
  ),
);
/** Denied, they rule out: "squeaky is not *required*", "not my *cup of tea*". */
const speaksFor = phrases({
  it: `me | us | him | her | them | today | go | no | wanted | needed | required | necessary | desired | welcome | allowed | acceptable | suitable | ok | okay | fine | good | great | nice |
    alright | right | option | choice | idea | thing | style | taste | cup of tea | bag | jam | scene | want | need | after | looking for | interested | appeal | appeals | do | work | works |
    please | apply | suit | suits | agree | agrees | help | sit | interest | convince | impress | excite | tempt | count | fit | fits | an issue to leave | worth it | any good | any use | use | enough`,
});
/** They rule out what stands before them. */
const speaksAgainst = phrases({
  it: `excluded | excepted | aside | exempted | not included | stays out of it | stay out of it | stays out | stay out | stays away | stay away | is not an option | are not an option | is out | are out | is a no | are a no | is a no go | are a no go | is a no no | are a no no | is off the table | are off the table | is off |
    is banned | are banned | is forbidden | are forbidden | has to go | have to go | must go | can go | can stay | is excluded | are excluded |
    i have got plenty of | i have plenty of | we have plenty of | we have got plenty of | i have got enough of | i have enough of | we have got enough of | we have enough of |
    i have got loads of | i have loads of | i have got lots of | i have lots of | i have tons of |
    drives me | drive me | drives us | drive us | drives him | drives her | drives them | gets on my nerves | get on my nerves | gets on our nerves | get on our nerves | puts me off | put me off |
    makes me sneeze | make me sneeze | makes me itch | make me itch | makes me ill | makes me sick | make me sick | makes me queasy | makes him sick | makes her sick | makes them sick |
    makes it sick | makes me crazy | make me crazy | makes me gag | make me gag | makes him ill | makes her ill | brings me out in | breaks me out | break me out |
    disagrees with | disagree with | upsets | upset | disappointed | disappoints | let me down | lets me down | let us down | failed me | bores me | bore me | scares | scare |
    is awful | are awful | is horrible | are horrible | is terrible | are terrible | is rubbish | are rubbish | is annoying | are annoying | is useless | are useless | is boring | are boring |
    is disgusting | are disgusting | is gross | are gross | is ugly | are ugly | is hideous | are hideous | is overrated | are overrated | is pointless | are pointless | is wasted | are wasted |
    is too loud | are too loud | is too noisy | are too noisy | is too strong | are too strong | is too sweet | are too sweet | is too bitter | are too bitter | is bad | are bad | sucks | suck | stinks | stink`,
});

/** "Jasmine gives me migraines", "vanilla makes my head hurt". */
function harmAt(tokens: readonly Token[], at: number): { length: number } | null {
  const place = sufferedAt(tokens, at);
  const what = tokens[place];
  if (place < 0 || what?.kind !== 'word') return null;
  const ailment = ailmentAt(tokens, place);
  if (ailment > 0) return { length: place + ailment - at };
  const isGiven = giving.test(tokens[at].word) && place === at + 2 && !welcome.has(what.word);
  return isGiven ? { length: what.word === 'a' || what.word === 'the' ? 4 : 3 } : null;
}
const giving = /^g[ia]ve/;
const welcome = new Set(
  'joy energy comfort pleasure peace strength more some any that this one ideas'.split(' '),
);
