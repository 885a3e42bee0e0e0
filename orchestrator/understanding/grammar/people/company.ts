import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { functionWords, isFiller } from '../../words/filler-words.ts';
import { numberAt } from '../../words/numbers.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { isAnimal, isBeing } from './beings.ts';

const oneself = new Set(['me', 'myself']);
const lonely = new Set(['only', 'just']);
const behind = new Set(['alone', 'solo']);
const joins = new Set(['and', ',', '&', 'plus', '+']);
const owners = new Set(['my', 'our', 'the', 'a']);
const people = new Set('adult people person kid child grownup friend guest boy girl'.split(' '));

/**
 * For how many people something is, where no unit says it: "just for me", "for my wife and me", "for four that fits the car".
 * Only where things that the turn names come for so many, whose words are then taken: else it is for whom something is, or
 * what it costs. Null where nobody is counted.
 */
export function readCompany(tokens: readonly Token[], lexicon: Lexicon): number | null {
  for (let at = 0; at < tokens.length; at++) {
    const company = companyAt(tokens, at) ?? numberFor(tokens, at);
    if (!company || !comesFor(company.count, tokens, lexicon)) continue;
    take(tokens, at, company.length);
    return company.count;
  }
  return null;
}

/** Whether something that is named comes for so many people. */
function comesFor(count: number, tokens: readonly Token[], { sized, titles, categories }: Lexicon): boolean {
  const items = sized.get(`people:${count}`) ?? [];
  const isCalled = ({ stem, word, kind, taken }: Token) =>
    kind === 'word' &&
    !taken &&
    !isFiller(word) &&
    items.some(
      (item) => includesSorted(titles.get(stem) ?? [], item) || categories.of(item)?.words.has(stem),
    );
  return tokens.some(isCalled);
}

/** "For four that fits the car", but not "for four weeks", nor "for 10 to 20". */
function numberFor(tokens: readonly Token[], at: number): { count: number; length: number } | null {
  const number = tokens[at - 1]?.word === 'for' ? numberAt(tokens, at) : null;
  const next = number ? tokens[at + number.length] : undefined;
  const isOpen = next !== undefined && functionWords.has(next.word) && !going.has(next.word);
  return number && isOpen ? { count: number.value, length: number.length } : null;
}
const going = new Set('to or and till until of per'.split(' '));

interface Member {
  count: number;
  length: number;
  isNumbered?: boolean;
  isOneself?: boolean;
}

function companyAt(tokens: readonly Token[], from: number): { count: number; length: number } | null {
  const members: Member[] = [];
  let at = from;
  for (let next = memberAt(tokens, at); next; next = memberAt(tokens, at + 1)) {
    if (members.length > 0) at++;
    members.push(next);
    at += next.length;
    if (!joins.has(tokens[at]?.word ?? '')) break;
  }
  const count = members.reduce((sum, member) => sum + member.count, 0);
  const counts = members.some(({ isOneself, isNumbered }) => isOneself || isNumbered);
  if (members.length > 1) return counts ? { count, length: at - from } : null;
  if (!members[0]?.isOneself) return null;
  const isFollowed = behind.has(tokens[at]?.word ?? '');
  return isFollowed || isAlone(tokens, from) ? { count, length: at - from + (isFollowed ? 1 : 0) } : null;
}

/** "Just for me", "for only me", "for myself", but not "just show me some". */
function isAlone(tokens: readonly Token[], at: number): boolean {
  const [last, before] = [tokens[at - 1]?.word ?? '', tokens[at - 2]?.word ?? ''];
  if (last === 'for' || last === 'by') return tokens[at].word === 'myself' || lonely.has(before);
  return lonely.has(last) && before === 'for';
}

function memberAt(tokens: readonly Token[], at: number): Member | null {
  const token = tokens[at];
  if (!token || token.taken) return null;
  if (oneself.has(token.word)) return { count: 1, length: 1, isOneself: true };
  const number = numberAt(tokens, at);
  if (number && people.has(tokens[at + number.length]?.stem ?? ''))
    return { count: number.value, length: number.length + 1, isNumbered: true };
  const next = tokens[at + 1];
  // How many "the kids" are is not said.
  const isOne = next !== undefined && !next.taken && next.word === next.stem;
  const isSomebody = owners.has(token.word) && isOne && isBeing(next.stem) && !isAnimal(next.stem);
  return isSomebody ? { count: 1, length: 2 } : null;
}
