import type { Limit } from '../intent.ts';
import { containers } from '../words/filler-words.ts';
import { type Measure, measureAt } from '../words/measures.ts';
import { numberAt } from '../words/numbers.ts';
import { take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import { type Bound, boundAt } from './bounds.ts';
import type { Grammar } from './grammar.ts';
import type { Reading } from './heard.ts';

/** Marks all measures of a turn; what is under or over one is a limit: "over 10 kg". */
export function readMeasures({ tokens, heard }: Reading, { lexicon }: Grammar): void {
  for (let at = 0; at < tokens.length; at++) {
    const bound = boundAt(tokens, at);
    const from = at + (bound?.length ?? 0);
    const measure = measureAt(tokens, from) ?? (lexicon.units.has('people') ? peopleAt(tokens, from) : null);
    if (!measure) continue;
    take(tokens, at, from - at + measure.length);
    const isLimit = bound && bound.meaning !== 'between' && bound.meaning !== 'around';
    if (isLimit) heard.limits.push(limitOf(measure, bound.meaning));
    else tokens[from].measure = measure.text;
    at = from + measure.length - 1;
    // "the 4 kg bag"
    if (tokens[at + 1] && containers.has(tokens[at + 1].word) && !measure.key.startsWith('size'))
      take(tokens, at + 1);
  }
}

/** "a tent for four", where titles tell for how many people something is. */
function peopleAt(tokens: readonly Token[], at: number): Measure | null {
  const isFor =
    tokens[at - 1]?.word === 'for' || (tokens[at - 1]?.word === 'of' && tokens[at - 2]?.word === 'family');
  const number = isFor ? numberAt(tokens, at) : null;
  const next = number && tokens[at + number.length];
  if (!number || (next && next.kind !== 'sign' && next.word !== 'please')) return null;
  return { text: `${number.value} people`, key: `people:${number.value}`, length: number.length };
}

/** The field of such a limit is the unit in which titles are compared; `amountIn` reads it from them. */
function limitOf({ key, text }: Measure, bound: Bound): Limit {
  const [field, amount] = key.split(':');
  const isMax = bound === 'max';
  return {
    text: `${isMax ? 'up to' : 'at least'} ${text}`,
    field,
    min: isMax ? null : Number(amount),
    max: isMax ? Number(amount) : null,
    values: [],
  };
}
