import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { ownFailure, returns } from '../api/reach.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { forYou, madeForYou } from '../talk/for-you.ts';
import { askLikelyNext } from '../talk/likely-next.ts';
import { partsOf } from '../talk/list-parts.ts';
import { began, history, known, leftOut } from '../talk/memory.ts';
import { Tiles } from './tiles.tsx';

const shown = 8;

/**
 * What the model shows this customer, anew after everything that is bought: the run's own list. Where this holds what the
 * customer has, that stands in a row of its own, so that new things have their place.
 */
export function ForYou() {
  const error = useSignal<string | null>(null);
  const parts = useRef<HTMLDivElement>(null);
  const ids = known.value.map(({ item_id }) => item_id);
  const exclude = leftOut.value;
  const beginning = began.value;
  useEffect(() => {
    const leave = new AbortController();
    const had = history.value.map(({ item_id }) => item_id);
    askLikelyNext({ history: ids, exclude, had, k: shown, signal: leave.signal }).then(
      (answer) => {
        const stay = keepFocus(parts.current);
        const { history: from, items, fallback } = answer;
        const isPopular = fallback === 'popular';
        madeForYou.value = { from, items, had, understood: null, isPopular, began: beginning };
        error.value = null;
        stay();
      },
      (cause: Error) => {
        if (leave.signal.aborted) return;
        error.value = ownFailure(cause)?.message ?? null;
        // What was made before is not true of what was bought since.
        if (error.value !== null) madeForYou.value = null;
      },
    );
    return () => leave.abort();
  }, [ids.join(), exclude.join(), beginning, returns.value]);
  const list = forYou.value;
  const { fresh, again, soldOut } = partsOf(list?.items ?? [], list?.had ?? []);
  const others = [...fresh, ...soldOut];
  return (
    <div ref={parts} class="for-you">
      {again.length > 0 && (
        <section class="shop-part" aria-label="Buy again">
          <div>
            <h2>Buy again</h2>
            <p class="hint">Bought before, and likely next.</p>
          </div>
          <Tiles items={again.map(withoutReason)} isRow />
        </section>
      )}
      <section class="shop-part" aria-label="For you">
        <h2 tabIndex={-1}>{list?.isPopular ? 'Popular now' : 'For you'}</h2>
        {error.value && <Failure message={error.value} />}
        {list ? (
          <Tiles items={list.isPopular ? others.map(withoutReason) : others} />
        ) : (
          !error.value && <Waiting what="Choosing" />
        )}
      </section>
    </div>
  );
}

/** The heading says it. */
function withoutReason({ why: _, ...item }: RecommendedItem): RecommendedItem {
  return item;
}

/** What is bought is gone from the list, with its button: the focus goes to the heading, not to the top of the page. */
function keepFocus(parts: HTMLElement | null): () => void {
  if (!parts?.contains(document.activeElement)) return () => {};
  return () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) parts.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    });
}
