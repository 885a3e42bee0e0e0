import { useSignal } from '@preact/signals';
import type { IndexBranch, IndexOverview } from '../../../orchestrator/server/page/wire.ts';
import { sourceNames } from '../parts/code.tsx';

const mostShown = 80;

/** The digits of a level that can be chosen, with the items below each and the words that set them off. */
export function LevelColumn({
  level,
  choices,
  chosen,
  counted,
  onChoose,
}: {
  level: IndexOverview['levels'][number];
  choices: IndexBranch['choices'][number];
  chosen: number | null;
  /** What the number beside a digit counts. */
  counted: string;
  onChoose: (digit: number | null) => void;
}) {
  const isWhole = useSignal(false);
  const counts = choices.map(({ items }) => items);
  const most = Math.max(...counts, 1);
  // Bars of one length say nothing.
  const differ = new Set(counts).size > 1;
  // The chosen digit stands first, so that it is seen wherever the list was.
  const sorted = [...choices].sort((a, b) => Number(b.digit === chosen) - Number(a.digit === chosen));
  const shown = isWhole.value ? sorted : sorted.slice(0, mostShown);
  const name = level.source ? sourceNames[level.source] : 'from elsewhere';
  return (
    <section class={`column source-${level.source ?? 'plain'}`} aria-label={`Level ${level.letter}, ${name}`}>
      <h3>
        <span class={`digit digit-${level.source ?? 'plain'}`}>{level.letter}</span> {name}
        <span class="hint">
          {choices.length.toLocaleString('en-US')} {choices.length === 1 ? 'digit' : 'digits'}
        </span>
      </h3>
      <p class="hint counted">{counted}</p>
      <ul>
        {shown.map(({ digit, items, words }, at) => (
          <li key={digit}>
            <button
              type="button"
              class="branch"
              aria-pressed={digit === chosen}
              // One stop of Tab a level, at its beginning; arrow keys move on.
              tabIndex={at === 0 ? 0 : -1}
              onClick={() => onChoose(digit === chosen ? null : digit)}
            >
              <span class="branch-digit">
                {level.letter}
                {digit}
              </span>
              <span class="branch-words">{words.join(' · ')}</span>
              <span class="branch-count">{items}</span>
              {differ && (
                <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true" class="branch-bar">
                  <rect x="0" y="0" width={(100 * items) / most} height="2" />
                </svg>
              )}
            </button>
          </li>
        ))}
      </ul>
      {shown.length < sorted.length && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          Show all {sorted.length.toLocaleString('en-US')}
        </button>
      )}
    </section>
  );
}
