import { Icon } from '../parts/icon.tsx';

/** Finds while one types. */
export function SearchField({ query, onType }: { query: string; onType: (query: string) => void }) {
  return (
    <search class="shop-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // On a phone, the keys lie above what was found.
          if (document.activeElement instanceof HTMLElement && matchMedia('(pointer: coarse)').matches)
            document.activeElement.blur();
        }}
      >
        <label class="sr-only" for="shop-search">
          Search the shop
        </label>
        <Icon name="search" />
        <input
          id="shop-search"
          type="text"
          inputMode="search"
          enterkeyhint="search"
          autocomplete="off"
          placeholder="Search the shop"
          maxLength={200}
          value={query}
          onInput={(event) => onType(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onType('');
          }}
        />
        {query && (
          <button
            type="button"
            class="quiet icon-button"
            aria-label="Clear the search"
            onClick={() => {
              onType('');
              document.getElementById('shop-search')?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </form>
    </search>
  );
}
