import type { CodeDigit, Explanation } from '../../../orchestrator/serving/contract/explanations.ts';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { plainToken, sourceNames } from '../parts/code.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';
import { isProbable, percentOf } from './why-likely.tsx';
import { near } from './why-neighbours.tsx';

/** For those who know how it works: probability, cosines, and the code, digit by digit. */
export function WhyModel({ item, explanation }: { item: RecommendedItem; explanation: Explanation }) {
  const { code, behaviour, meaning } = explanation;
  const likeness = [
    ...near(behaviour).map((neighbour) => ({ ...neighbour, kind: 'behaviour' })),
    ...near(meaning).map((neighbour) => ({ ...neighbour, kind: 'meaning' })),
  ];
  if (code.length === 0 && likeness.length === 0 && !isProbable(item)) return null;
  return (
    <details class="why-model">
      <summary>The model’s figures</summary>
      {isProbable(item) && (
        <p>
          {item.why?.kind === 'popular'
            ? 'Share of the latest events'
            : 'Probability that the model gives it'}
          : <span class="figure">{percentOf(item.score)}</span>
        </p>
      )}
      {likeness.length > 0 && (
        <ul aria-label="Likeness to items of the history" class="why-cosines">
          {likeness.map(({ kind, item_id, title, similarity }) => (
            <li key={`${kind} ${item_id}`}>
              Cosine of {kind} with {title || item_id}: <span class="figure">{similarity.toFixed(2)}</span>
            </li>
          ))}
        </ul>
      )}
      {code.length > 0 && <Digits code={code} />}
    </details>
  );
}

function Digits({ code }: { code: readonly CodeDigit[] }) {
  const digits = code.map(({ token }) => plainToken(token).slice(1)).join(',');
  return (
    <>
      <p class="hint">
        The model names the item by this code and writes it digit by digit; items that begin alike are alike
        in what the digit was made from.
      </p>
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
      <a href={linkTo(['index', about.value!.model.id], { digits })}>See its place in the index</a>
    </>
  );
}
