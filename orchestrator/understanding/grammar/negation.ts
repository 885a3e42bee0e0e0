import type { Lexicon } from '../catalogue/lexicon.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { ResolveExclusion } from './exclusions.ts';
import type { Reading } from './heard.ts';
import { referenceAt } from './references.ts';

const begins = phrases({
  none: `no | not | without | except | except for | but not | but no | anything but | everything but | all but | nothing from |
    nothing by | nothing with | nothing in | nothing for | nothing | none from | none by | none of | none | other than | apart from | aside from |
    excluding | exclude | avoid | avoiding | minus | non | free of | free from | free off | allergic to | i am allergic to |
    do not like | do not want | do not need | does not have | do not show | do not give | does not contain | does not like |
    can not stand | can not have | hate | hates | dislike | dislikes | skip | leave out | instead of | rather than | neither | nor |
    never | anything from | rid of | no more | not another | not any | not from | not by | not with | not for | not in |
    sick of | tired of | fed up with | but without | is not | are not | that is not | which is not | that are not | less of`,
}); // prettier-ignore
/** "nothing", "anything from" deny only with more words: "anything from Wuffi" asks for it. */
const friendly = phrases({
  harmless: `no thanks | no thank you | no problem | no worries | no idea | no matter | not sure | why not | do not know |
    not bad | no preference | not only | no doubt | do not mind | do not care | not really | anything from | anything by | never mind | not yet | if not`,
});
const ends = new Set(
  'but just only please instead rather however though yet because so actually then thanks maybe'.split(' '),
);
const starters = new Set(
  'i we show give recommend suggest find get need want looking what which a an some my'.split(' '),
);
const lead = new Set(
  `the a an any of from by with in on for to at my your too very so that is are have has having be being like want need contain
  contains containing include including smell smells use uses made look looks which it them made more much taste tastes
  come comes show me give please use anything something`.split(/\s+/),
);

/** Reads what is not wanted: "not squeaky", "nothing from Wuffi", "perfume-free". */
export function readNegation(reading: Reading, lexicon: Lexicon, resolve: ResolveExclusion): void {
  const { tokens, shown, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const harmless = friendly(tokens, at);
    if (harmless) {
      if (!/^anything/.test(tokens[at].word)) take(tokens, at, harmless.length);
      at += harmless.length - 1;
      continue;
    }
    const start = begins(tokens, at);
    if (start) {
      const from = at + start.length;
      take(tokens, at, start.length);
      at = exclude(from) - 1;
    } else if (isFree(tokens, at)) {
      take(tokens, at);
      heard.without.push(...resolve([tokens[at - 1]]));
      take(tokens, at - 1);
    }
  }

  /** Reads one scope; gives the place behind it. */
  function exclude(from: number): number {
    let at = from;
    while (tokens[at] && !tokens[at].brand && (lead.has(tokens[at].word) || tokens[at].taken)) {
      const reference = referenceAt(tokens, at, shown, lexicon, true);
      if (reference) return leaveOut(at, reference.length, reference.ids);
      if (tokens[at].kind === 'sign') break;
      at++;
    }
    const reference = referenceAt(tokens, at, shown, lexicon, true);
    if (reference) return leaveOut(at, reference.length, reference.ids);
    const end = scopeEnd(tokens, at, (word) => resolve.isKind([word]));
    heard.without.push(...resolve(tokens.slice(at, end).filter(({ taken }) => !taken)));
    take(tokens, from, end - from);
    return end;
  }

  function leaveOut(at: number, length: number, ids: readonly string[]): number {
    take(tokens, at, length);
    heard.without.push({
      text: ids.length > 1 ? 'those shown' : 'that one',
      categories: [],
      brands: [],
      words: [],
      item_ids: [...ids],
    });
    return at + length;
  }
}

const isFree = (tokens: readonly Token[], at: number) =>
  at > 0 &&
  tokens[at].word === 'free' &&
  !tokens[at].taken &&
  !tokens[at].bound &&
  tokens[at - 1].kind === 'word' &&
  !tokens[at - 1].taken &&
  !lead.has(tokens[at - 1].word);

/** Where a negation ends: at a sign, at "but", where a clause or another thing begins. */
function scopeEnd(tokens: readonly Token[], from: number, isKind: (token: Token) => boolean): number {
  let at = from;
  for (; at < tokens.length; at++) {
    const { kind, word, taken, bound } = tokens[at];
    if (bound) continue;
    if (kind === 'sign' && word !== '&' && word !== '%') break;
    if (at === from) continue;
    if (
      ends.has(word) ||
      begins(tokens, at) ||
      (taken &&
        kind !== 'sign' &&
        !lead.has(word) &&
        tokens[at].brand === null &&
        !tokens[at].bound &&
        at > from &&
        tokens[at - 1].taken === false &&
        word !== 'of')
    )
      break;
    const next = tokens[at + 1];
    if ((word === 'and' || word === 'or' || word === 'plus') && !tokens[at].taken) {
      if (!next || starters.has(next.word) || begins(tokens, at + 1) || (word !== 'or' && isKind(next)))
        break;
    }
    if (['for', 'with', 'under', 'in', 'that', 'i', 'we', 'to'].includes(word)) break;
  }
  return at;
}
