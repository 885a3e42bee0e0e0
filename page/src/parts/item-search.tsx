import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { Icon } from './icon.tsx';

export interface ItemSearchProps<T extends ItemCard> {
  label: string;
  placeholder: string;
  /** Best first. */
  find: (query: string, signal: AbortSignal) => Promise<T[]>;
  onPick: (item: T) => void;
}

const pauseMilliseconds = 120;

/** A text field that finds items while one types: arrows and Enter choose, Escape closes (the combobox pattern of ARIA). */
export function ItemSearch<T extends ItemCard>({ label, placeholder, find, onPick }: ItemSearchProps<T>) {
  const id = useId();
  const query = useSignal('');
  const found = useSignal<T[]>([]);
  const active = useSignal(0);
  const isOpen = useSignal(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const text = query.value.trim();
    if (text === '') {
      found.value = [];
      return;
    }
    const leave = new AbortController();
    const timer = setTimeout(async () => {
      const items = await find(text, leave.signal).catch(() => null);
      if (items === null || leave.signal.aborted) return;
      found.value = items;
      active.value = 0;
      isOpen.value = true;
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [query.value]);

  const pick = (item: T | undefined) => {
    if (!item) return;
    query.value = '';
    isOpen.value = false;
    onPick(item);
    input.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.value.length > 0) {
      active.value = (active.value + step + found.value.length) % found.value.length;
      isOpen.value = true;
    } else if (event.key === 'Enter') pick(isOpen.value ? found.value[active.value] : undefined);
    else if (event.key === 'Escape') isOpen.value = false;
    else return;
    event.preventDefault();
  };
  const shows = isOpen.value && query.value.trim() !== '';
  return (
    <div class="item-search">
      <label class="sr-only" for={`${id}-input`}>
        {label}
      </label>
      <Icon name="search" />
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-expanded={shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={shows && found.value.length > 0 ? `${id}-${active.value}` : undefined}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
        onKeyDown={press}
        onBlur={() => {
          isOpen.value = false;
        }}
      />
      <div class="found" hidden={!shows}>
        <div id={`${id}-list`} role="listbox" aria-label={label}>
          {found.value.map((item, at) => (
            <div
              key={item.item_id}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active.value}
              // The field must not lose the focus before the click arrives.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(item)}
              onKeyDown={press}
              tabIndex={-1}
            >
              {item.title || item.item_id}
            </div>
          ))}
        </div>
        {found.value.length === 0 && <p class="hint">No item has this name.</p>}
      </div>
    </div>
  );
}
