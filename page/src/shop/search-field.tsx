import type { Signal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';

/** Finds while one types. */
export function SearchField({ query }: { query: Signal<string> }) {
  return (
    <search class="shop-search">
      <label class="sr-only" for="shop-search">
        Search the shop
      </label>
      <Icon name="search" />
      <input
        id="shop-search"
        type="text"
        autocomplete="off"
        placeholder="Search the shop"
        maxLength={200}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') query.value = '';
        }}
      />
      {query.value && (
        <button
          type="button"
          class="quiet icon-button"
          aria-label="Clear the search"
          onClick={() => {
            query.value = '';
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </search>
  );
}
