import { isFiller, praiseWords } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from './references.ts';

/** So many are shown with what is known of them; more are a list. */
const mostShown = 3;

/**
 * An item that is pointed at, and nothing said of it, is to be seen: "the second one", "show me the last". Beside
 * anything else, it is liked.
 */
export function readPointed(reading: Reading, { lexicon }: Grammar): void {
  const { tokens, heard } = reading;
  const ids: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    // "The last one, anything along those lines?": of that one.
    const spoken = heard.spoken.length > 0 ? heard.spoken : reading.spoken;
    const reference = referenceAt(tokens, at, { ...reading, spoken }, lexicon);
    // "Only the Wuffi ones": a kind, and not these items.
    const isKind = reference?.isCalled && tokens[at + reference.length - 1].word === 'ones';
    if (!reference || isKind) continue;
    take(tokens, at, reference.length);
    ids.push(...reference.ids);
    heard.spoken.push(...reference.ids);
  }
  const lone = ids.length === 0 ? loneNumber(reading) : undefined;
  if (lone) {
    heard.question = { item_ids: [lone], field: 'description' };
    heard.spoken.push(lone);
    return;
  }
  const some = [...new Set(ids)];
  const isShown = some.length > 0 && some.length <= mostShown && asksToSee(reading);
  if (isShown) heard.question = { item_ids: some, field: 'description' };
  else heard.liked.push(...ids);
}

/** "2": the place of an item, where nothing else is said. */
function loneNumber({ tokens, shown }: Reading): string | undefined {
  const [number, ...others] = tokens.filter(({ kind, word }) => kind !== 'sign' && word !== 'please');
  const isLone = number?.kind === 'number' && !number.taken && others.length === 0;
  const id = isLone ? shown[number.value - 1] : undefined;
  if (id !== undefined) take(tokens, tokens.indexOf(number));
  return id;
}

/** Whether a turn says nothing else, but for words that ask to see something. */
function asksToSee({ tokens, heard }: Reading): boolean {
  const isElse =
    heard.wishes.length + heard.without.length + heard.limits.length + heard.had.length + heard.liked.length >
      0 ||
    heard.order !== null ||
    heard.question !== null ||
    heard.others;
  const isSeeing = ({ kind, word, taken }: Token) =>
    taken || kind === 'sign' || seeing.has(word) || (isFiller(word) && !judging.has(word));
  return !isElse && tokens.every(isSeeing);
}
const seeing = new Set('show see view open display details info pick choose select go'.split(' '));
/** "The second looks nice", "something of that kind" speak of more than the item. */
const judging = new Set([
  ...[...praiseWords].filter((word) => !/^(?:ok|okay|alright|all)$/.test(word)),
  ...'like look looks seem seems any anything something kind sort type else similar more other others prefer love loved'.split(
    ' ',
  ),
]);
