import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FoundItems } from '../../../orchestrator/serving/contract/items.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { isNarrow } from '../state/narrow.ts';
import { goTo, linkTo } from '../state/route.ts';
import { ask } from '../talk/session.ts';
import { Words } from '../talk/words.tsx';
import { ForYou } from './for-you.tsx';
import { headOf } from './head-of.ts';
import { Tiles } from './tiles.tsx';

const page = 24;
/** The server gives no more. */
const most = 200;

/** What a search finds: how it was understood, how many there are, and the first of them. */
export function Found({ query }: { query: string }) {
  const wanted = useSignal({ query, limit: page });
  const limit = wanted.value.query === query ? wanted.value.limit : page;
  const path = `v1/search?limit=${limit}&query=${encodeURIComponent(query)}`;
  const { value, error } = useLoaded<FoundItems>(path).value;
  const { lead, notes } = headOf(query, value);
  const count = value?.count ?? 0;
  const shown = value?.data.length ?? 0;
  const left = Math.min(count, most) - shown;
  const section = useRef<HTMLElement>(null);
  const goesOnAt = useRef<number | null>(null);
  // The button may be gone with the last of them: reading goes on at the first that is new.
  useEffect(() => {
    if (goesOnAt.current === null || shown <= goesOnAt.current) return;
    section.current?.querySelectorAll<HTMLElement>('.tile .item-link')[goesOnAt.current]?.focus();
    goesOnAt.current = null;
  }, [shown]);
  return (
    <section ref={section} class="shop-part" aria-label="Found">
      <div role="status" class="found-head">
        {value && (
          <>
            {notes.map((note) => (
              <p key={note}>
                <Words text={note} />
              </p>
            ))}
            <h2>
              <Words text={lead} />
            </h2>
            {count > 0 && (
              <p class="hint">{count === 1 ? '1 result' : `${count.toLocaleString('en-US')} results`}</p>
            )}
          </>
        )}
      </div>
      {error && <Failure message={error} />}
      {!value && !error && <Waiting what="Looking" />}
      {value && count > 0 && <Tiles items={value.data} />}
      {left > 0 && (
        <button
          type="button"
          class="show-more"
          onClick={() => {
            goesOnAt.current = shown;
            wanted.value = { query, limit: Math.min(most, limit + page) };
          }}
        >
          Show {Math.min(left, page)} more
        </button>
      )}
      {count > most && left === 0 && (
        <p class="hint">These are the first {most}. Say more of what you want to see fewer.</p>
      )}
      {value && count === 0 && <Nothing query={query} understood={value.understood} />}
    </section>
  );
}

function Nothing({ query, understood }: { query: string } & Pick<FoundItems, 'understood'>) {
  const { wishes = [], limits = [], without = [] } = understood?.intent ?? {};
  const wished = wishes.map(({ text }) => text).join(' and ');
  const isNarrowed = wished !== '' && limits.length + without.length > 0;
  // Without what narrows it, there may be nothing either.
  const wider = `v1/search?limit=1&query=${encodeURIComponent(wished)}`;
  const others = useLoaded<FoundItems>(isNarrowed ? wider : null).value.value?.count ?? 0;
  return (
    <>
      <p class="ways-on">
        {isNarrowed && others > 0 && (
          <a class="button" href={linkTo(['shop'], { query: wished })}>
            <Icon name="search" /> All for “{wished}” <span class="count">{others}</span>
          </a>
        )}
        <button
          type="button"
          onClick={() => {
            if (isNarrow.value) goTo(['shop'], { query, ask: '1' });
            void ask(query);
          }}
        >
          <Icon name="ask" /> Ask for “{query}”
        </button>
      </p>
      <ForYou />
    </>
  );
}
