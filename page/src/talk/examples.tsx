import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { returns } from '../api/reach.ts';
import { postJson } from '../api/request.ts';
import { about } from '../state/about.ts';
import { examplesFrom } from './examples-from.ts';
import { history } from './memory.ts';
import { ask } from './session.ts';

/** What many take: the same in every view; null before it is there. */
const popular = signal<readonly ItemCard[] | null>(null);

/** Questions to begin with: of the kinds that one has bought, else of what many take. */
export function Examples() {
  useEffect(() => {
    if (popular.value !== null) return;
    const leave = new AbortController();
    const asked = { history: [], k: about.value!.model.max_k };
    postJson<RecommendationAnswer>('v1/recommendations', asked, leave.signal).then(
      ({ items }) => {
        popular.value = items;
      },
      () => {
        // Without examples one can ask all the same.
        if (!leave.signal.aborted) popular.value = [];
      },
    );
    return () => leave.abort();
  }, [returns.value]);
  return (
    <ul class={`examples${popular.value ? '' : ' is-waiting'}`} aria-label="Examples">
      {popular.value &&
        examplesFrom(popular.value, history.value).map((example) => (
          <li key={example}>
            <button type="button" onClick={() => ask(example)}>
              {example}
            </button>
          </li>
        ))}
    </ul>
  );
}
