import { phrases } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';

const anywhere = phrases({
  none: `no | not | without | except | except for | but not | but no | anything but | everything but | all but | nothing from |
    nothing by | nothing with | nothing in | nothing for | nothing | none from | none by | none of | none | other than |
    apart from | aside from | excluding | exclude | avoid | avoiding | minus | non | free of | free from | free off |
    allergic to | i am allergic to | do not like | do not want | do not need | does not have | do not show | do not give |
    does not contain | does not like | can not stand | can not have | can not eat | hate | hates | dislike | dislikes | skip |
    leave out | instead of | rather than | neither | nor | never | rid of | not another | not any | not from | not by | not with |
    not for | not in | sick of | fed up with | but without | is not | are not | that is not | which is not | that are not | less of |
    no more | not interested in | anything that is not | anything not | everything except | anything except |
    anything bar | everything bar | all bar | barring | anything save | everything save | save for | with the exception of | excepting |
    omit | omitting | leaving out | leave off | sans | no to | nope to | nah to | no way to | steer clear of | steering clear of | stay away from |
    keep away from | keep clear of | spare me | intolerant to | intolerant of | am sensitive to | is sensitive to | scared of | afraid of | terrified of |
    can not bear | can not abide | can not tolerate | can not use | can not do | detest | detests | loathe | loathes | despise | despises |
    not keen on | not a fan of | not fans of | not fond of | no fan of | not into | not big on | not mad about | not crazy about | not wild about | tired of |
    bored of | bored with | done with | had enough of | have enough of | enough of | no longer want | not want any | never again |
    i have gone off | gone off | averse to | i have enough | we have enough | i have got enough | we have got enough | i have plenty of | we have plenty of |
    i have got plenty of | we have got plenty of | i have loads of | we have loads of`,
});
/** At the start of a clause these, too, say what is not wanted: "hold the cinnamon". */
const atStart = phrases({
  none: 'hold the | hold off on | lose the | ditch the | drop the | forget the | forget about the | remove the | scrap the | cut the | cut out | kill the | less the | bin the',
});

/** The words that begin a negation. */
export function negationAt(tokens: readonly Token[], at: number) {
  const found = anywhere(tokens, at);
  if (found) return found;
  const before = tokens[at - 1];
  const startsClause = !before || before.kind === 'sign' || openers.has(before.word);
  return startsClause ? atStart(tokens, at) : null;
}
const openers = new Set('but and please just so also then'.split(' '));

/** Words behind what is not wanted: "Cookware, knives excluded", "cinnamon is out", "jasmine gives me migraines". */
export function ruledOutAt(tokens: readonly Token[], at: number) {
  const [gives, whom, what] = tokens.slice(at, at + 3);
  const isHarm =
    giving.has(gives.word) && suffering.has(whom?.word) && what?.kind === 'word' && !welcome.has(what.word);
  if (isHarm && !gives.taken)
    return { meaning: 'out', length: what.word === 'a' || what.word === 'the' ? 4 : 3 } as const;
  return ruledOut(tokens, at);
}
const giving = new Set('gives give gave'.split(' '));
const suffering = new Set('me us him her them'.split(' '));
const welcome = new Set(
  'joy energy comfort pleasure peace strength more some any that this one ideas'.split(' '),
);
const ruledOut = phrases({
  out: `excluded | excepted | aside | exempted | is out | are out | is a no go | are a no go | is a no no | are a no no | is off the table | are off the table |
    is not wanted | are not wanted | not wanted | is not for me | are not for me | is not for us | are not for us | is not my thing | are not my thing |
    is not an option | is no option | are no option | are not an option | will not do | does not work for me | do not work for me | does not agree with me | do not agree with me |
    makes me sneeze | make me sneeze | makes me itch | make me itch | makes me ill | makes me sick | make me sick | makes me queasy | brings me out in a rash | brings me out in spots |
    does not suit me | do not suit me | i have got plenty of | i have plenty of | we have plenty of | we have got plenty of | i have got enough of | i have enough of |
    we have got enough of | we have enough of | i have got loads of | i have loads of | i have got lots of | i have lots of | i have tons of | is banned | are banned | need not apply`,
});
