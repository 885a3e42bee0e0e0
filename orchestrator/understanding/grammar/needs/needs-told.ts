import {
  needsSupported,
  needsTold,
  needsToldTogether,
  type Things,
  type ToldTogether,
} from '../../words/everyday-needs.ts';
import { isVerb } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import { type Being, beingOf } from '../people/beings.ts';

export interface ToldThing {
  thing: readonly string[];
  /** How much tells it. */
  count: number;
  /** Things that a line names before it. */
  rather: Set<string>;
}

/** What the words of a part tell that somebody needs. */
export interface ToldNeeds {
  /** Things told by more words first, then in the order of the list. */
  things: ToldThing[];
  /** Words that tell something together with others, and name nothing by themselves: "hands" in "hands like sandpaper". */
  explained: ReadonlySet<Token>;
  /** What somebody wants to do: "we want to *grind*". */
  purpose: Token | null;
}

/** What is told by the words of a part, or by some of them together with others of the turn. */
export function needsIn(
  part: readonly Token[],
  said: readonly Token[],
  whole: readonly Token[],
  being: Being | null,
): ToldNeeds {
  const purpose = purposeIn(part);
  const isSomething = purpose !== null && isOfSomething(part, purpose);
  const within = madeWith(part).filter((token) => needsTold(token) !== null);
  const telling = isSomething && purpose ? [purpose] : within.length > 0 ? within : said;
  const alone = telling.flatMap((token) => {
    const things = needsTold(token);
    return things ? [{ things, tellers: [token] }] : [];
  });
  const words = whole.filter(({ kind, brand }) => kind === 'word' && !brand);
  const beings = new Set([being ?? '', ...words.map((token) => beingOf(token) ?? '')]);
  const together = needsToldTogether(words, beings).filter(({ tellers }) =>
    tellers.some((token) => part.includes(token)),
  );
  return {
    things: ranked([...together, ...alone], said.flatMap(needsSupported)),
    explained: new Set(together.flatMap(({ tellers }) => tellers)),
    purpose,
  };
}

/** "I want *to grind* fresh", "something warm *to drink* that lets me sleep". */
function purposeIn(part: readonly Token[]): Token | null {
  for (const [at, { word }] of part.entries()) {
    const verb = part[at + 1];
    if (word !== 'to' || at === 0 || !verb || verb.taken || needsTold(verb) === null) continue;
    if (part.slice(Math.max(0, at - reach), at).some((token) => asking.has(token.word))) return verb;
  }
  // "What do we *cook* on": asked for by what is done.
  const how = part.findIndex(
    ({ word }, at) => questions.has(word) && auxiliaries.has(part[at + 1]?.word ?? ''),
  );
  const verb = how >= 0 && speakers.has(part[how + 2]?.word ?? '') ? part[how + 3] : undefined;
  return verb && !verb.taken && isVerb(verb) && needsTold(verb) !== null ? verb : null;
}
const reach = 3;
const somethings = new Set('something anything stuff things'.split(' '));
const asking = new Set([
  ...somethings,
  ...'want wants wanted need needs like love trying try tries going hoping hope how where what wish wishes plan planning wanna have has able allowed prefer rather nothing unable struggle learn learning start starting'.split(
    ' ',
  ),
]);
const questions = new Set('what how where which'.split(' '));
const auxiliaries = new Set('do does can could shall should would will'.split(' '));
const speakers = new Set('i we you he she they'.split(' '));

/** What something is for comes before all else that is told. */
function isOfSomething(part: readonly Token[], purpose: Token): boolean {
  const at = part.indexOf(purpose) - 1;
  return part.slice(Math.max(0, at - reach), Math.max(0, at)).some(({ word }) => somethings.has(word));
}

/** "Something with *empty pages* I can carry around": what it has says more of it than what becomes of it. */
function madeWith(part: readonly Token[]): readonly Token[] {
  const from = part.findIndex(
    ({ word, taken }, at) =>
      !taken &&
      having.has(word) &&
      part.slice(Math.max(0, at - reach), at).some((token) => somethings.has(token.word)),
  );
  if (from < 0) return [];
  const end = part.findIndex(
    ({ word }, at) => at > from && (speakers.has(word) || word === 'to' || word === 'that'),
  );
  return part.slice(from + 1, end < 0 ? part.length : end);
}
const having = new Set('with has having containing of'.split(' '));

/** What is eaten, drunk or worn is what is wanted: "to drink tea"; what is cut is not, nor what one "eats with". */
export function isUsedUp(part: readonly Token[], verb: Token): boolean {
  const behind = part[part.indexOf(verb) + 1]?.word ?? '';
  return usingUp.test(verb.word) && !/^(?:with|from|out|off)$/.test(behind);
}
const usingUp = /^(?:eat|drink|sip|wear|read|burn|smell|feed)/;

function ranked(told: readonly ToldTogether<Token>[], supported: Things): ToldThing[] {
  const counts = new Map<string, ToldThing>();
  for (const { things, tellers } of told)
    for (const [at, thing] of things.entries()) {
      const known = counts.get(thing.join(' ')) ?? { thing, count: 0, rather: new Set() };
      // What tells of few things tells more of each.
      known.count += tellers.length + 1 / things.length;
      for (const other of things.slice(0, at)) known.rather.add(other.join(' '));
      counts.set(thing.join(' '), known);
    }
  for (const thing of supported) {
    const known = counts.get(thing.join(' '));
    if (known) known.count++;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
