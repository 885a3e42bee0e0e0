import { useSignal } from '@preact/signals';
import type { IndexBranch, IndexOverview } from '../../../orchestrator/server/page/wire.ts';
import { Code } from '../parts/code.tsx';
import { isNarrow } from '../state/narrow.ts';
import { isPrefix, sayDigits } from './prefix.ts';

/** On a phone so many at first: what follows the list has to be reached. */
const few = 8;

/** The items that share the chosen digits; a click on one goes on to its whole code. */
export function BranchItems({
  overview,
  branch,
  onChoose,
}: {
  overview: IndexOverview;
  branch: IndexBranch;
  onChoose: (chosen: readonly (number | null)[]) => void;
}) {
  const { items, count, chosen } = branch;
  const isWhole = useSignal(false);
  const shown = isNarrow.value && !isWhole.value ? items.slice(0, few) : items;
  const sources = overview.levels.map(({ source }) => source);
  const isLeaf = chosen.every((digit) => digit !== null);
  const title = chosen.every((digit) => digit === null)
    ? 'All items'
    : `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'} ${whatIsChosen(chosen)} ${sayDigits(overview, chosen)}`;
  return (
    <section class="card branch-items" aria-labelledby="branch-title">
      <h2 id="branch-title">{title}</h2>
      {isLeaf && count > 0 && (
        <p class="hint kin">
          Beginning alike:
          {overview.levels.slice(0, -1).map(({ letter }, at) => (
            <button
              key={letter}
              type="button"
              class="link"
              onClick={() => onChoose(chosen.map((digit, level) => (level <= at ? digit : null)))}
            >
              {sayDigits(overview, chosen.slice(0, at + 1))}
            </button>
          ))}
        </p>
      )}
      <ul>
        {shown.map(({ item_id, title: name, code, digits }) => (
          <li key={item_id}>
            <button type="button" class="leaf" onClick={() => onChoose(digits)} title="See its whole code">
              <span class="leaf-title">{name || item_id}</span>
              <Code tokens={code} sources={sources} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          Show {items.length - shown.length} more
        </button>
      )}
      {shown.length === items.length && count > items.length && (
        <p class="hint">
          The first {items.length} of {count.toLocaleString('en-US')}; choose a digit to see fewer.
        </p>
      )}
    </section>
  );
}

function whatIsChosen(chosen: readonly (number | null)[]): string {
  if (chosen.every((digit) => digit !== null)) return 'with the code';
  if (isPrefix(chosen)) return 'with codes that begin';
  return `with the ${chosen.filter((digit) => digit !== null).length === 1 ? 'digit' : 'digits'}`;
}
