import { othersTitle } from '../../../orchestrator/shared/others-title.ts';
import { about } from '../state/about.ts';
import { partsOf } from './list-parts.ts';
import type { Turn } from './turn.ts';

/** The items of an answer in sections, in their order; the first has no title: the head of the answer is its own. */
export function sectionsOf({
  question,
  items,
  had,
}: Pick<Turn, 'question' | 'items' | 'had'>): { title: string | null; items: Turn['items'] }[] {
  const sections = question === null ? likelySections(items, had) : askedSections(items);
  return sections.filter(({ items: some }) => some.length > 0);
}

function likelySections(items: Turn['items'], had: readonly string[]) {
  const { fresh, again, soldOut } = partsOf(items, had);
  return [
    { title: null, items: fresh },
    { title: `${about.value?.demo ? 'Bought' : 'Had'} before, and likely again`, items: again },
    { title: 'Sold out', items: soldOut },
  ];
}

function askedSections(items: Turn['items']) {
  const firstUnmatched = items.findIndex(({ matched }) => !matched);
  // Where nothing matches at all, the words above say so.
  if (firstUnmatched <= 0) return [{ title: null, items }];
  const others = items.slice(firstUnmatched);
  return [
    { title: null, items: items.slice(0, firstUnmatched) },
    { title: othersTitle(others), items: others },
  ];
}
