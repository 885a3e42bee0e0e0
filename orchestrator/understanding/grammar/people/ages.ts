import { functionWords } from '../../words/filler-words.ts';
import { numberAt } from '../../words/numbers.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { isAnimal } from './beings.ts';

/** Reads how many years somebody is old, the last who is told of; 0 for months. Null where no age is told. */
export function readAge(tokens: readonly Token[]): number | null {
  let years: number | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const age = ageAt(tokens, at);
    if (!age) continue;
    take(tokens, at, age.length);
    years = age.years;
  }
  return years;
}

const offspring = new Set(
  'son daughter grandson granddaughter nephew niece child kid boy girl baby toddler'.split(' '),
);
const he = new Set(['he', 'she']);
const oldest = 110;

/** "two year old", "18 months", "3 yo". */
function ageAt(tokens: readonly Token[], at: number): { years: number; length: number } | null {
  const number = numberAt(tokens, at);
  if (!number || number.value > oldest) return null;
  const unit = tokens[at + number.length]?.stem;
  const old = tokens[at + number.length + 1]?.stem === 'old';
  if (unit === 'yo') return { years: number.value, length: number.length + 1 };
  const next = tokens[at + number.length];
  const isEnd = next === undefined || next.kind === 'sign';
  const [last, before] = [tokens[at - 1], tokens[at - 2]];
  const isOpen = isEnd || functionWords.has(next.word);
  // But not "a lamp that turns 360".
  const isSomebody =
    offspring.has(before?.stem ?? '') || he.has(before?.word ?? '') || isAnimal(before?.stem ?? '');
  const isOne = last?.word === 'is' && next?.word !== 'of';
  const isTurned = (turns.has(last?.word ?? '') || isOne) && isSomebody && isOpen;
  // "A boy of five", "a girl aged 4"
  const isOf = (last?.word === 'of' && offspring.has(before?.stem ?? '')) || last?.word === 'aged';
  // "He is only four", "my niece turns one and …"
  if ((isEnd && isAgeBehind(tokens, at)) || isTurned || (isOf && isOpen))
    return { years: number.value, length: number.length };
  if (!unit || !['year', 'month', 'week', 'yr', 'day'].includes(unit)) return null;
  // "Hungry for two weeks", "moved in 3 weeks ago": how long, and not how old.
  const isSpan = spans.has(last?.word ?? '') || tokens[at + number.length + 1]?.word === 'ago';
  const isChild = tokens.some(({ stem }) => offspring.has(stem)) && !isSpan;
  const isAnimals = tokens.some(({ stem }) => isAnimal(stem)) && agedBy.has(last?.word ?? '');
  if (!old && !isChild && !isAnimals && last?.word !== 'aged') return null;
  return {
    years: unit === 'year' || unit === 'yr' ? number.value : 0,
    length: number.length + (old ? 2 : 1),
  };
}

const spans = new Set('for in since last past next every after within'.split(' '));
const agedBy = new Set('is of only just now turns turned'.split(' '));
const turns = new Set('turns turned turning'.split(' '));

function isAgeBehind(tokens: readonly Token[], at: number): boolean {
  const said = tokens.slice(Math.max(0, at - 3), at).map(({ word }) => word);
  return (
    (said.includes('he') || said.includes('she')) &&
    (said.includes('is') || said.includes('turns') || said.includes('turned'))
  );
}
