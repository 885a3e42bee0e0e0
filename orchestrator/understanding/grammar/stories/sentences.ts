import { isFiller, plainVerbs } from '../../words/filler-words.ts';
import { isAdverb, isQuality, isVerb } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import { isBeing } from '../people/beings.ts';

/** Of a clause that is a sentence: who or what it tells of, and where that is said to be or do something. */
export interface Predicate {
  subject: number;
  verb: number;
}

const pronouns = new Set(
  'i we you he she it they this that these those there who everyone everybody somebody someone people'.split(
    ' ',
  ),
);
const owners = new Set(
  'my our his her their your the this that these those some all both every each half most'.split(' '),
);
const auxiliaries = new Set(
  'is are am was were has have had do does did will would can could should must may might keeps keep gets'.split(
    ' ',
  ),
);
const irregular = new Set(
  `ate bit blew bought broke brought built burnt came caught chose cut did drank drew drove fed fell felt flew forgot found froze gave got grew
  had heard held hid hit hurt kept knew laid lay led left lent let lost made met ran rang rode rose said sang sat saw sent set shook shot shut slept
  slid sold spent spilt split spoke spread stole stood stuck swam swept swore taught thought threw told took tore woke won wore wrote`.split(
    /\s+/,
  ),
);
/** "And *spilled* the tea", "*pulling* on it", but "scented candles". */
export function beginsWithVerb(clause: readonly Token[]): boolean {
  const first = clause.findIndex(({ kind, taken }) => kind === 'word' && !taken);
  const token = clause[first];
  if (!token) return false;
  const next = clause[first + 1];
  const isFollowed = next === undefined || next.kind === 'sign' || isFiller(next.word);
  const isForm = isPastForm(token.word) || (isVerb(token) && /(?:ing|s)$/.test(token.word));
  return isForm && (irregular.has(token.word) || isFollowed || isDone(token));
}

/** "Spilled", of a word that is mostly a verb; "scented" and "dotted" say how something is. */
function isDone({ word, kind }: Token): boolean {
  const root = /^(.+)ed$/.exec(word)?.[1] ?? '';
  return [root, `${root}e`, root.replace(/(.)\1$/, '$1')].some((form) =>
    isVerb({ word: form, stem: form, kind }),
  );
}

const past = new Set(['was', 'were', 'did', ...irregular]);
/** Before the subject there may be words that lead into the clause, and when it was: "since last week", "by the time". */
const mostBefore = 6;
const mostOfSubject = 7;
const closing = new Set('for with who which to of from by in on at about without under over'.split(' '));

/** The subject of a clause, and its verb; null where it is none: "a lamp for my desk". */
export function predicateOf(clause: readonly Token[]): Predicate | null {
  const said = clause.flatMap((token, at) => (token.kind === 'sign' ? [] : [at]));
  for (const [place, at] of said.slice(0, mostBefore).entries()) {
    const { word, stem } = clause[at];
    const isHead = place === 0 || !opens(clause[said[place - 1]]);
    if (pronouns.has(word) && said[place + 1] !== undefined && isPronoun(clause, at))
      return { subject: at, verb: said[place + 1] };
    const isNamed =
      owners.has(word) ||
      ((word === 'a' || word === 'an') && isBeing(clause[at + 1]?.stem ?? '')) ||
      (isHead && isBeing(stem));
    const verb = isNamed ? verbBehind(clause, at) : -1;
    if (verb > 0) return { subject: at, verb };
    // "Summer is here", "candles have a smell".
    const next = clause[said[place + 1]];
    if (place === 0 && next && states.has(next.word) && !questions.has(word))
      return { subject: at, verb: said[1] };
    // "Something he can chew" is no sentence.
    if (somethings.has(word) || !mayLead(clause[at])) break;
  }
  return bareVerb(clause);
}

/** Whether a clause tells of what was, and not of how things are. */
export function isPast(clause: readonly Token[]): boolean {
  const verb = predicateOf(clause)?.verb ?? clause.findIndex(({ kind }) => kind === 'word');
  return clause.slice(verb, verb + mostOfVerb).some(({ word }) => isPastForm(word));
}
const mostOfVerb = 3;

export const isPastForm = (word: string): boolean => past.has(word) || /.{2}ed$/.test(word);

const states = new Set('is are was were has have had do does did gets got keeps'.split(' '));
const questions = new Set('what which who how where when is are do does did has have had there'.split(' '));

/** "Cast iron scratch*es it*", "cars hardly *notice him*": what is done to somebody or something tells the verb. */
function bareVerb(clause: readonly Token[]): Predicate | null {
  const verb = clause.findIndex((token, at) => {
    if (at === 0 || !(isVerb(token) || makes.has(token.word)) || !objects.has(clause[at + 1]?.word ?? ''))
      return false;
    const subject = clause.slice(0, at).findLast(({ word }) => !between.has(word));
    return /(?:ed|s)$/.test(token.word) || (subject?.kind === 'word' && subject.word.endsWith('s'));
  });
  return verb < 0 ? null : { subject: 0, verb };
}
const makes = new Set('makes make gives give takes gets keeps puts lets'.split(' '));
const objects = new Set(
  'it him her them me us my our his their its the himself herself itself themselves myself'.split(' '),
);

/** "This lamp" and "that one" are no pronouns. */
const isPronoun = (clause: readonly Token[], at: number) => {
  const { word } = clause[at];
  const next = clause[at + 1];
  return (
    !owners.has(word) || (next !== undefined && (auxiliaries.has(next.word) || irregular.has(next.word)))
  );
};
const opens = ({ word }: Token) => word === 'a' || word === 'an' || owners.has(word);
const somethings = new Set('something anything stuff things one ones'.split(' '));
const mayLead = ({ word, taken, brand }: Token) =>
  taken || (isFiller(word) && brand === null) || timeWords.has(word);
const timeWords = new Set('summer winter spring autumn season night nights hour holidays while'.split(' '));

function verbBehind(clause: readonly Token[], from: number): number {
  const first = clause[from];
  const start = isBeing(first.stem) ? from + 1 : from + 2;
  for (let at = start; at <= from + mostOfSubject && at < clause.length; at++) {
    const token = clause[at];
    if (between.has(token.word) || isAdverb(token)) continue;
    const last = clause[between.has(clause[at - 1].word) || isAdverb(clause[at - 1]) ? at - 2 : at - 1];
    if (token.kind === 'sign') return -1;
    if (auxiliaries.has(token.word) || irregular.has(token.word)) return at;
    const isNoun = !isQuality(last) && !owners.has(last.word);
    // "My flatmate water*ed* my plants", "the tap drip*s*", "the kids love".
    // "My flat smells": between "my" and the verb, whatever stands alone is a noun.
    const isLone = last === clause[from + 1] && /s$/.test(token.word);
    if ((isNoun || isLone) && isDoing(token) && /(?:ed|s)$/.test(token.word)) return at;
    if (isNoun && last.word !== last.stem && (isDoing(token) || plainPresent.has(token.word))) return at;
    if (closing.has(token.word) && !(token.word === 'of' || token.word === 'in' || token.word === 'on'))
      return -1;
  }
  return -1;
}
const isDoing = (token: Token) =>
  isVerb(token) ||
  plainVerbs.has(token.word) ||
  plainVerbs.has(token.stem) ||
  /^(?:love|like|adore|enjoy|hate|prefer|trust|own)s$/.test(token.word);
/** "The kids *always* lose them". */
const between = new Set('always never often usually just still also only already even hardly'.split(' '));
const plainPresent = new Set(
  'love like eat drink need want see find go hate live wear sleep play run stick hang hurt ache smell look feel keep get'.split(
    ' ',
  ),
);
