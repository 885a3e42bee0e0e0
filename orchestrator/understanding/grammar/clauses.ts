import type { Token } from '../words/tokens.ts';

/** The places of a turn between two signs, or words that begin another clause. */
export interface Clause {
  from: number;
  end: number;
}

const sentenceEnds = new Set(['.', '!', '?', ';', '\n']);

/** The sentences of a turn. Signs in names and numbers end none. */
export function sentencesOf(tokens: readonly Token[]): Clause[] {
  const sentences: Clause[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    if (token && !(token.kind === 'sign' && !token.bound && sentenceEnds.has(token.word))) continue;
    sentences.push({ from, end: at });
    from = at + 1;
  }
  return sentences;
}

const starts = new Set('but because though although'.split(' '));

/** The clauses of a turn: each says one thing. Signs in names and numbers end none. */
export function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    const isSign = token?.kind === 'sign' && !token.bound && !'&%+'.includes(token.word);
    const isStart = token !== undefined && starts.has(token.word) && !token.bound;
    if (token && !isSign && !isStart) continue;
    if (at > from) clauses.push({ from, end: at });
    from = isStart ? at : at + 1;
  }
  return clauses;
}
