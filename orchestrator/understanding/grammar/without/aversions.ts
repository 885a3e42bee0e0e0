import { isFiller } from '../../words/filler-words.ts';
import { isAdverb } from '../../words/parts-of-speech.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { type Clause, clausesOf, sentencesOf } from '../clauses.ts';
import type { Reading } from '../heard.ts';
import { isBeing } from '../people/beings.ts';
import { harmFrom, sufferedAt } from './harms.ts';
import { negationAt, ruledOutAt } from './negations.ts';

/** What somebody does not bear, or never takes: it speaks of the person, whatever is asked for. */
const averse = phrases({
  person: `allergic | allergy | allergies | intolerant | intolerance | intolerances | sensitive to | coeliac | celiac | diabetic | asthmatic | vegan | vegetarian | halal |
    kosher | hate | hates | detest | detests | loathe | loathes | despise | despises | abhor | dislike | dislikes | can not have | can not eat | can not drink |
    can not smell | can not wear | can not use | not stand | not bear | not abide | not tolerate | not digest | not eat | not touch | not wear | not drink | not handle | not like |
    not a fan | no fan of | not fond of | not keen on | never | averse to | scared of | afraid of | terrified of | boycott | boycotts | refuse | refuses | gets sick | get sick | gets ill |
    get ill | feel sick | feels sick | throws up | turns his nose up | turns her nose up | turns its nose up | brings me out in | disagrees with`,
});
/** "It", "from it", "badly": beside what somebody does not bear, they name nothing. */
const pointing = new Set('it that this them those these badly severely highly really cause'.split(' '));

/** The sentences of a turn that tell what somebody does not bear. */
export const sentencesOfAversion = (tokens: readonly Token[]): Clause[] =>
  sentencesOf(tokens).filter((sentence) => tells(tokens, sentence));

/**
 * "No vanilla, *she is allergic*": why something is ruled out is no wish, and no item is meant by "allergic to it". Where
 * the turn rules out nothing else, and something was before, it says so of that.
 */
export function readAversions(reading: Reading): void {
  const { tokens, heard } = reading;
  heard.allowed.push(...dropDenied(tokens));
  reading.aversions = sentencesOfAversion(tokens);
  if (reading.aversions.length === 0) return;
  const clauses = clausesOf(tokens).flatMap((clause) => splitAtJoin(tokens, clause));
  const mere = clauses.filter((clause) => isMere(tokens, clause));
  const others = clauses.filter((clause) => !mere.includes(clause));
  const rulesOut = others.some((clause) => deniesIn(tokens, clause));
  if (mere.length === 0 || !(rulesOut || (others.length === 0 && !reading.isFirst))) return;
  heard.explains = !rulesOut;
  for (const { from, end } of mere) take(tokens, from, end - from);
}

/** "She is *not allergic* to vanilla", "we have no allergies": nothing is ruled out. Gives the stems of what may be. */
function dropDenied(tokens: readonly Token[]): string[] {
  return clausesOf(tokens).flatMap(({ from, end }) => {
    const clause = tokens.slice(from, end);
    const behindAt = (i: number) => i + 1 + (denied(clause, i + 1)?.length ?? 0);
    // "No vegan leather" rules out what stands behind.
    const isOver = (next: Token | undefined) => !next || isFiller(next.word);
    const at = clause.findIndex(
      ({ word, taken }, i) =>
        !taken && denials.has(word) && behindAt(i) > i + 1 && isOver(clause[behindAt(i)]),
    );
    if (at < 0) return [];
    const behind = clause.slice(behindAt(at));
    take(tokens, from + at, end - from - at);
    return behind.filter(({ kind, word }) => kind === 'word' && !isFiller(word)).map(({ stem }) => stem);
  });
}
const denials = new Set(['not', 'no', 'nobody', 'never']);
const denied = phrases({
  person:
    'allergic | allergies | allergy | known allergies | intolerant | intolerances | vegan | vegans | vegetarian | vegetarians | coeliac | diabetic',
});

const tells = (tokens: readonly Token[], { from, end }: Clause) =>
  tokens.slice(from, end).some((_, at) => averse(tokens, from + at) !== null || harms(tokens, from + at));

/** "A headache from it", "makes me sneeze" */
const harms = (tokens: readonly Token[], at: number) =>
  harmFrom(tokens, at) > 0 || sufferedAt(tokens, at) >= 0;

/** Somebody does not bear it, and what it is stands elsewhere. */
function isMere(tokens: readonly Token[], clause: Clause): boolean {
  if (!tells(tokens, clause)) return false;
  const told = new Set<number>();
  for (let at = clause.from; at < clause.end; at++)
    for (let i = 0; i < (averse(tokens, at)?.length ?? 0); i++) told.add(at + i);
  return tokens
    .slice(clause.from, clause.end)
    .every(
      (token, i) =>
        told.has(clause.from + i) ||
        token.taken ||
        isFiller(token.word) ||
        isBeing(token.stem) ||
        isAdverb(token) ||
        pointing.has(token.word) ||
        conjunctions.has(token.word),
    );
}
const conjunctions = new Set('as since because for and so but cos'.split(' '));

/** "No vanilla *as she is allergic*": what joins a reason begins it. */
function splitAtJoin(tokens: readonly Token[], { from, end }: Clause): Clause[] {
  for (let at = from + 1; at < end; at++)
    if (reasoning.has(tokens[at].word) && isMere(tokens, { from: at, end }))
      return [
        { from, end: at },
        { from: at, end },
      ];
  return [{ from, end }];
}
const reasoning = new Set('as since because and so cos'.split(' '));

function deniesIn(tokens: readonly Token[], { from, end }: Clause): boolean {
  for (let at = from; at < end; at++) {
    const isFree = tokens[at].word === 'free' && at > from;
    if (isFree || negationAt(tokens, at) || ruledOutAt(tokens, at) || tokens[at].saying) return true;
  }
  return false;
}
