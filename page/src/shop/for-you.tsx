import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { isSoldOut, soldOutLast } from '../../../orchestrator/shared/sold-out.ts';
import { ownFailure, returns } from '../api/reach.ts';
import { postJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { about } from '../state/about.ts';
import { forYou, madeForYou } from '../talk/for-you.ts';
import { began, history, known, leftOut } from '../talk/memory.ts';
import { Tiles } from './tiles.tsx';

const shown = 8;
const shownAgain = 4;
/** More are asked for: what is sold out stands behind all others. */
const asked = 16;

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
    const had = new Set(history.value.map(({ item_id }) => item_id));
    const listOf = (k: number) =>
      postJson<RecommendationAnswer>('v1/recommendations', { history: ids, exclude, k }, leave.signal);
    listWithNew(listOf, had).then(
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
  const isHad = ({ item_id }: RecommendedItem) => list?.had.has(item_id) === true;
  // What stands further down is likely for a thing that one has, but not likely next.
  const first = list?.items.slice(0, shown + shownAgain) ?? [];
  const again = first.filter((item) => isHad(item) && !isSoldOut(item));
  const others = soldOutLast(list?.items.filter((item) => !isHad(item)) ?? [], isSoldOut);
  return (
    <div ref={parts} class="for-you">
      {again.length > 0 && (
        <section class="shop-part" aria-label="Buy again">
          <div>
            <h2>Buy again</h2>
            <p class="hint">Bought before, and likely next.</p>
          </div>
          <Tiles items={again.slice(0, shownAgain).map(withoutReason)} isRow />
        </section>
      )}
      <section class="shop-part" aria-label="For you">
        <h2 tabIndex={-1}>{list?.isPopular ? 'Popular now' : 'For you'}</h2>
        {error.value && <Failure message={error.value} />}
        {list ? (
          <Tiles
            items={others.slice(0, shown).map((item) => (list.isPopular ? withoutReason(item) : item))}
          />
        ) : (
          !error.value && <Waiting what="Choosing" />
        )}
      </section>
    </div>
  );
}

/** A list of the usual length; a longer one where what the customer has takes the places of what is new. */
async function listWithNew(
  listOf: (k: number) => Promise<RecommendationAnswer>,
  had: ReadonlySet<string>,
): Promise<RecommendationAnswer> {
  const most = about.value!.model.max_k;
  const k = Math.min(most, asked);
  const answer = await listOf(k);
  const unbought = answer.items.filter(({ item_id }) => !had.has(item_id));
  // A list that is not full holds all that there is.
  const hasMore = answer.items.length === k && k < most;
  return unbought.length < shown && hasMore ? listOf(Math.min(most, k + had.size)) : answer;
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
