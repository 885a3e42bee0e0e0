import type { CodeDigit } from '../../../orchestrator/serving/contract/explanations.ts';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { Code, plainToken, sourceNames } from '../parts/code.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';

/** For those who know how it works: the code, digit by digit. */
export function WhyCode({ item, code }: { item: RecommendedItem; code: readonly CodeDigit[] }) {
  const digits = code.map(({ token }) => plainToken(token).slice(1)).join(',');
  return (
    <details class="why-model">
      <summary>
        How the model names it <Code tokens={item.code} sources={code.map(({ source }) => source)} />
      </summary>
      <p class="hint">
        The model writes this code, digit by digit; items that begin alike are alike in what the digit was
        made from.
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
    </details>
  );
}
