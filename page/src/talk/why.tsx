import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explanation } from '../../../orchestrator/serving/contract/explanations.ts';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { ownFailure, returns } from '../api/reach.ts';
import { postJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { explanationOf } from './explanation-of.ts';
import type { ShownList } from './turn.ts';
import { WhyLikely } from './why-likely.tsx';
import { WhyModel } from './why-model.tsx';
import { Neighbours } from './why-neighbours.tsx';
import { Words } from './words.tsx';

/** Why an item is in a list, to a shopper: what its reason means, items of the history, its place; then the figures. */
export function Why({ item, list }: { item: RecommendedItem; list: ShownList }) {
  const found = useSignal<Explanation | null>(null);
  const error = useSignal<string | null>(null);
  // For the history that the list started from.
  useEffect(() => {
    const leave = new AbortController();
    const history = list.from.map(({ item_id }) => item_id);
    const words = item.why?.kind === 'words' ? { words: item.why.words } : {};
    const asked = { item: item.item_id, history, ...words };
    postJson<Explanation>('v1/explanations', asked, leave.signal).then(
      (explanation) => {
        found.value = explanation;
      },
      (cause: Error) => {
        if (!leave.signal.aborted) error.value = ownFailure(cause)?.message ?? null;
      },
    );
    return () => leave.abort();
  }, [item.item_id, returns.value]);
  if (error.value) return <Failure message={error.value} />;
  if (!found.value) return <Waiting what="Looking" />;
  return (
    <div class="why">
      <div>
        {explanationOf(item, list, found.value.held).map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
      </div>
      <Neighbours {...found.value} isAsked={list.from.length > 0} />
      <WhyLikely item={item} items={list.items} />
      <WhyModel item={item} explanation={found.value} />
    </div>
  );
}
