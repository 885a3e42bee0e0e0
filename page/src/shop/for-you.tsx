import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { isSoldOut, soldOutLast } from '../../../orchestrator/shared/sold-out.ts';
import { ownFailure, returns } from '../api/reach.ts';
import { postJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { dislikes, known } from '../talk/memory.ts';
import { Tiles } from './tiles.tsx';

const shown = 8;
/** More are asked for: what is sold out stands behind all others. */
const asked = 16;

/** What the model shows this customer, anew after everything that is bought. */
export function ForYou() {
  const found = useSignal<RecommendationAnswer | null>(null);
  const error = useSignal<string | null>(null);
  const section = useRef<HTMLElement>(null);
  const ids = known.value.map(({ item_id }) => item_id);
  const never = dislikes.value.map(({ item_id }) => item_id);
  useEffect(() => {
    const leave = new AbortController();
    const body = { history: ids, exclude: [...ids, ...never], k: asked };
    postJson<RecommendationAnswer>('v1/recommendations', body, leave.signal).then(
      (answer) => {
        const stay = keepFocus(section.current);
        found.value = answer;
        error.value = null;
        stay();
      },
      (cause: Error) => {
        if (!leave.signal.aborted) error.value = ownFailure(cause)?.message ?? null;
      },
    );
    return () => leave.abort();
  }, [ids.join(), never.join(), returns.value]);
  return (
    <section ref={section} class="shop-part" aria-label="For you">
      <h2 tabIndex={-1}>{found.value?.fallback ? 'Popular now' : 'For you'}</h2>
      {error.value && <Failure message={error.value} />}
      {found.value ? (
        <Tiles items={soldOutLast(found.value.items, isSoldOut).slice(0, shown)} />
      ) : (
        !error.value && <Waiting what="Choosing" />
      )}
    </section>
  );
}

/** What is bought is gone from the list, with its button: the focus goes to the heading, not to the top of the page. */
function keepFocus(section: HTMLElement | null): () => void {
  if (!section?.contains(document.activeElement)) return () => {};
  return () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) section.querySelector('h2')?.focus();
    });
}
