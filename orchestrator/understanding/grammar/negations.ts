import { phrases } from '../words/phrases.ts';

/** The words that begin a negation. */
export const negationAt = phrases({
  none: `no | not | without | except | except for | but not | but no | anything but | everything but | all but | nothing from |
    nothing by | nothing with | nothing in | nothing for | nothing | none from | none by | none of | none | other than |
    apart from | aside from | excluding | exclude | avoid | avoiding | minus | non | free of | free from | free off |
    allergic to | i am allergic to | do not like | do not want | do not need | does not have | do not show | do not give |
    does not contain | does not like | can not stand | can not have | can not eat | hate | hates | dislike | dislikes | skip |
    leave out | instead of | rather than | neither | nor | never | rid of | not another | not any | not from | not by | not with |
    not for | not in | sick of | fed up with | but without | is not | are not | that is not | which is not | that are not | less of |
    no more | not interested in | anything that is not | anything not | everything except | anything except`,
});
