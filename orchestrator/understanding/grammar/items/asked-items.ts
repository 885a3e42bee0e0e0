import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import type { Asks } from '../questions/question-words.ts';
import { namedItems } from './named-items.ts';
import { referenceAt } from './references.ts';

/** Share of a title that has to be said, so that one item is meant and not a kind. */
const leastShare: Record<Asks | 'other', number> = {
  price: 0.6,
  cost: 0.6,
  stock: 0.6,
  offer: 0.8,
  text: 0.8,
  has: 0.8,
  other: 0.6,
};
const mostItems = 5;
const mostCut = 6;

export interface AskedItems {
  ids: string[];
  /** The place behind them, where it is known. */
  end: number | null;
}

/** The items that a question is about: pointed at, called by their whole titles, or by most of them. */
export function askedItems(
  tokens: readonly Token[],
  kind: Asks | 'other',
  reading: Reading,
  grammar: Grammar,
): AskedItems {
  const pointed = pointedAt(tokens, reading, grammar);
  if (pointed.ids.length > 0) return pointed;
  for (let at = 0; at < tokens.length; at++) {
    const title = grammar.titleAt(tokens, at);
    if (title && !tokens[at].taken) return { ids: [title.id], end: at + title.length };
  }
  // "the jug dishwasher safe": the item is named by the first words.
  for (let end = tokens.length; end > Math.max(0, tokens.length - mostCut); end--) {
    const ids = calledBy(tokens.slice(0, end), kind, grammar);
    if (ids.length > 0) return { ids: ids.slice(0, mostItems), end };
    if (kind !== 'stock' && kind !== 'has') break;
  }
  return { ids: [], end: null };
}

function pointedAt(tokens: readonly Token[], reading: Reading, { lexicon }: Grammar): AskedItems {
  const ids = new Set<string>();
  let end: number | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const reference = referenceAt(tokens, at, reading, lexicon, true);
    // "Her hands are rough, do you have a cream for them?"
    const isForThem = reference?.length === 1 && tokens[at - 1]?.word === 'for';
    if (!reference || isForThem) continue;
    for (const id of reference.ids) ids.add(id);
    at += reference.length - 1;
    end = at + 1;
  }
  return { ids: [...ids], end };
}

/** The items whose names are said; of a price, any of that name. */
function calledBy(tokens: readonly Token[], kind: Asks | 'other', grammar: Grammar): string[] {
  const named = namedItems(tokens, grammar);
  const isDefinite = tokens.some(({ word }) => word === 'the' || word === 'your');
  const isOne = isDefinite || tokens.some(({ brand }) => brand);
  const sure = named.filter(({ share }) => share >= leastShare[kind] && share === named[0].share);
  // "Do you have a wok?" asks for one, "do you have the IronPan wok?" about it.
  if ((kind === 'offer' || kind === 'has') && !isOne) return [];
  const few =
    kind === 'price' || kind === 'cost' || (isDefinite && named.length <= mostItems && kind !== 'text');
  return (sure.length > 0 ? sure : few ? named : []).map(({ item }) => grammar.lexicon.items[item].item_id);
}
