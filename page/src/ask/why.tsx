import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explanation, Neighbour } from '../../../orchestrator/serving/contract/explanations.ts';
import { postJson } from '../api/request.ts';
import { plainToken, sourceNames } from '../parts/code.tsx';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';

/** Why an item stands near a history: its code digit by digit, and the items of the history nearest to it. */
export function Why({ item, history }: { item: string; history: readonly string[] }) {
  const found = useSignal<Explanation | null>(null);
  const error = useSignal<string | null>(null);
  // Asked once, for the history that the answer started from.
  useEffect(() => {
    const leave = new AbortController();
    postJson<Explanation>('v1/explanations', { item, history }, leave.signal).then(
      (explanation) => {
        found.value = explanation;
      },
      (cause: Error) => {
        if (!leave.signal.aborted) error.value = cause.message;
      },
    );
    return () => leave.abort();
  }, [item]);
  if (error.value) return <Failure message={error.value} />;
  if (!found.value) return <Waiting what="Looking" />;
  const { code, behaviour, meaning } = found.value;
  const digits = code.map(({ token }) => plainToken(token).slice(1)).join(',');
  return (
    <div class="why">
      <ol class="why-code" aria-label="The code, digit by digit">
        {code.map(({ token, source, branch_items, shared_with }) => (
          <li key={token}>
            <span class={`digit digit-${source ?? 'plain'}`}>{plainToken(token)}</span>
            <span class="why-source">{source ? sourceNames[source] : 'digit'}</span>
            <span class="hint">
              {branch_items === 1
                ? 'this item alone'
                : `${branch_items.toLocaleString('en-US')} items so far`}
              {shared_with.length > 0 && `, with ${shared_with.map(({ title }) => title).join(', ')}`}
            </span>
          </li>
        ))}
      </ol>
      <div class="why-lists">
        <Neighbours title="Nearest in behaviour" kind="behaviour" neighbours={behaviour} />
        <Neighbours title="Nearest in meaning" kind="semantic" neighbours={meaning} />
      </div>
      <a href={linkTo(['index', about.value!.model.id], { digits })}>See its place in the index</a>
    </div>
  );
}

function Neighbours({
  title,
  kind,
  neighbours,
}: {
  title: string;
  kind: 'behaviour' | 'semantic';
  neighbours: readonly Neighbour[];
}) {
  return (
    <section class={`neighbours source-${kind}`} aria-label={title}>
      <h4>{title}</h4>
      {neighbours.length === 0 && <p class="hint">There is no history to compare with.</p>}
      <ul>
        {neighbours.map(({ item_id, title: name, similarity }) => (
          <li key={item_id}>
            <span>{name || item_id}</span>
            <span class="figure">{similarity.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
