import type { Limit } from '../../intent.ts';
import { containers } from '../../words/filler-words.ts';
import { amountsIn, type Measure, measureAt } from '../../words/measures.ts';
import { numberAt } from '../../words/numbers.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { type Bound, boundBefore, boundBehind } from './bounds.ts';

/** Marks all measures of a turn; what is under or over one is a limit: "over 10 kg". */
export function readMeasures({ tokens, heard }: Reading, { lexicon }: Grammar): void {
  for (let at = 0; at < tokens.length; at++) {
    const measure = measureAt(tokens, at) ?? (lexicon.units.has('people') ? peopleAt(tokens, at) : null);
    if (!measure) continue;
    const bound = boundBefore(tokens, at, true);
    const ending = bound && !bound.isWeak ? null : boundBehind(tokens, at + measure.length);
    const meaning = (bound?.isWeak ? null : bound?.meaning) ?? ending?.meaning;
    const from = bound && !bound.isWeak ? bound.edge : at;
    if (meaning === 'max' || meaning === 'min') {
      heard.limits.push(limitOf(measure, meaning));
      take(tokens, from, (ending?.edge ?? at + measure.length) - from);
    } else {
      tokens[at].measure = measure.text;
      take(tokens, at, measure.length);
    }
    at += measure.length - 1;
    // "the 4 kg bag"
    if (tokens[at + 1] && containers.has(tokens[at + 1].word) && !measure.key.startsWith('size'))
      take(tokens, at + 1);
  }
}

/** "a tent for four", where titles tell for how many people something is. */
function peopleAt(tokens: readonly Token[], at: number): Measure | null {
  const isFor =
    tokens[at - 1]?.word === 'for' ||
    (tokens[at - 1]?.word === 'of' && tokens[at - 2]?.word === 'family') ||
    // "A tent for two" – "make that four"
    (tokens[at - 2]?.word === 'make' && (tokens[at - 1].word === 'that' || tokens[at - 1].word === 'it'));
  const number = isFor ? numberAt(tokens, at) : null;
  // "Two lamps for 50": a sum.
  if (number && number.value > mostPeople) return null;
  const next = number && tokens[at + number.length];
  if (!number || (next && next.kind !== 'sign' && next.word !== 'please')) return null;
  return { text: `${number.value} people`, key: `people:${number.value}`, length: number.length };
}

const mostPeople = 12;

/** The field of such a limit is the unit in which titles are compared; `amountsIn` reads it from them. */
function limitOf({ key, text }: Measure, bound: Bound): Limit {
  const [field] = key.split(':');
  const amount = amountsIn(text).get(field) ?? Number.NaN;
  const isMax = bound === 'max';
  return {
    text: `${isMax ? 'up to' : 'at least'} ${text}`,
    field,
    min: isMax ? null : amount,
    max: isMax ? amount : null,
    values: [],
  };
}
