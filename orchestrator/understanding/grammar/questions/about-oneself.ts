import type { Intent } from '../../intent.ts';
import { isFiller } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';

const said =
  'ask|asked|asking|look|looked|looking|search|searched|searching|want|wanted|say|said|tell|told|request|requested|wish|wished|type|typed|after';
const bought = 'buy|bought|order|ordered|purchase|purchased|get|got';
const past =
  '(?:have |had |was |were |been |am |just |already |last |recently |originally |first |again |actually |really |here |ever )*';
const latest = 'last|latest|previous|recent|past|earlier|older|former|all|most recent';

const ofWish = [
  new RegExp(`\\b(?:did|was|were|have|had|am) (?:i|we) ${past}(?:${said})\\b`),
  new RegExp(`\\b(?:i|we) ${past}(?:asked|looking|searching|searched|wanted|said|told|requested|after)\\b`),
  new RegExp(
    `\\b(?:my|our) (?:(?:${latest}) )?(?:wish|wishes|request|requests|query|search|searches|question)\\b`,
  ),
  /\b(?:did|have) you (?:understand|understood|hear|heard)\b/,
];
const ofHistory = [
  new RegExp(`\\b(?:did|have|had) (?:i|we) ${past}(?:${bought})\\b`),
  new RegExp(`\\b(?:i|we) ${past}(?:bought|ordered|purchased|got)\\b`),
  new RegExp(`\\b(?:my|our) (?:very )?(?:${latest}) (?:order|purchase|buy)s?\\b`),
  /\b(?:my|our) (?:(?:order|shopping|purchase|buying|past|all) )*(?:history|purchases|orders)\b/,
  /\bdo (?:i|we) (?:already )?(?:have|own)$/,
  /\bknow (?:about|of) (?:me|us)$/,
];
/** "That is not what I asked for", "what goes with what I bought": something else is asked. */
const beyond = new Set(
  `not no nothing never with like liked similar need needs should something another other others else more recommend suggest
  find where when how why without but if`.split(/\s+/),
);
/** What may stand before the question itself. */
const beginning = new Set(
  'please ok okay so and hi hello hey sorry well again wait hmm can could do would you me i'.split(' '),
);
const asking = new Set(
  'what which remind recap repeat summarize summarise tell remember know my our list'.split(' '),
);
const showing = new Set('show see give let'.split(' '));
/** Words of such questions that are none of every sentence. */
const own = new Set(
  `history time far remind recap repeat summarize summarise remember know own query previous past earlier older former recent latest
  wish wishes wished asked searched request requests requested typed understand understood hear heard orders purchases buys`.split(
    /\s+/,
  ),
);

/** "What did I ask for?", "my last order": whether a turn asks for what somebody said or bought, and for nothing else. */
export function recalledIn(tokens: readonly Token[]): Intent['recalls'] {
  const words = tokens.filter(({ kind }) => kind !== 'sign').map(({ word }) => word);
  const first = words.find((word) => !beginning.has(word)) ?? '';
  if (words.some((word) => beyond.has(word) || !(isFiller(word) || own.has(word)))) return undefined;
  const text = words.join(' ');
  const tells = (ways: readonly RegExp[]) => ways.some((way) => way.test(text));
  const isAsked =
    asking.has(first) || showing.has(first) || /^(?:so |and )?(?:have|did) (?:i|we) /.test(text);
  if (isAsked && !words.includes('for') && tells(ofHistory)) return 'history';
  return asking.has(first) && tells(ofWish) ? 'wish' : undefined;
}
