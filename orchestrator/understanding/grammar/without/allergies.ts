import { isFiller } from '../../words/filler-words.ts';
import { isAdverb } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { ofSomebody } from './lasting.ts';
import { joins, scopeEnd } from './negation-scope.ts';

const ills = new Set('allergy allergies allergic intolerance intolerances intolerant'.split(' '));
const towards = new Set('to of against towards'.split(' '));
/** Behind these an ill is told of somebody: "who has a nut allergy", but not "an allergy spray". */
const having = new Set(
  'a an the with of has have had having got my his her their our from and or is am are be being'.split(' '),
);
/** How bad it is, or of what sort: what somebody does not bear stands elsewhere. */
const vague = new Set(
  'severe bad mild serious strong food skin seasonal terrible nasty slight known contact summer spring'.split(
    ' ',
  ),
);
/** What leads to it goes with it. */
const leading = new Set(
  'who which that has have had having got with suffers suffer suffering from a an the his her their my our is am are i he she they we'.split(
    ' ',
  ),
);

/** Reads what stands beside an allergy: "my girlfriend has a *nut* allergy", "is *lactose* intolerant", "an allergy to *nuts*". */
export function readAllergies(reading: Reading, grammar: Grammar): void {
  const { tokens } = reading;
  for (let at = 0; at < tokens.length; at++) {
    if (!ills.has(tokens[at].word) || tokens[at].taken) continue;
    const isNoun = !/(?:ic|ant)$/.test(tokens[at].word);
    const from = startOf(tokens, at, grammar);
    if (from < at)
      leaveOut(
        from,
        tokens.slice(from, at).filter(({ word }) => !vague.has(word)),
        at + 1,
      );
    else if (isNoun && towards.has(tokens[at + 1]?.word ?? '')) {
      const end = scopeEnd(tokens, at + 2, () => false);
      leaveOut(at, tokens.slice(at + 2, end), end);
    }
  }

  function leaveOut(from: number, things: readonly Token[], end: number): void {
    const found = grammar.exclusions(things.filter(({ taken }) => !taken));
    if (found.length === 0) return;
    reading.heard.without.push(...found.map((each) => ofSomebody(each, grammar)));
    let start = from;
    while (start > 0 && isLead(tokens, start - 1)) start--;
    take(tokens, start, end - start);
  }
}

/** "*Who has a bad* nut allergy"; of "my sister *is* nut allergic" she stays the subject. */
function isLead(tokens: readonly Token[], at: number): boolean {
  const { word, taken } = tokens[at];
  const isOfSubject = at > 0 && isBeing(tokens[at - 1].stem) && !vague.has(word);
  return !taken && !isOfSubject && (leading.has(word) || vague.has(word));
}

/** Where the things before an ill begin: "*nut and milk* allergies"; its own place where none are, or a thing is called so. */
function startOf(tokens: readonly Token[], at: number, { lexicon }: Grammar): number {
  let from = at;
  while (from > 0 && isPart(tokens[from - 1], tokens[from], from === at)) from--;
  while (joins.has(tokens[from]?.word ?? '')) from++;
  const things = tokens.slice(from, at).filter(({ word }) => !vague.has(word));
  const isTold = from === 0 || having.has(tokens[from - 1].word) || tokens[from - 1].kind === 'sign';
  const isSold = lexicon.isBeside(tokens[at - 1]?.stem ?? '', tokens[at].stem);
  return things.length > 0 && isTold && !isSold ? from : at;
}

function isPart(token: Token, next: Token, isLast: boolean): boolean {
  const { kind, word, stem, taken, bound } = token;
  if (taken || bound || kind !== 'word') return false;
  if (joins.has(word)) return !isLast && !isFiller(next.word);
  return !isFiller(word) && !bodyParts.has(stem) && !having.has(word) && !isAdverb(token);
}
