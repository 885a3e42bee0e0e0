import { useEffect, useRef } from 'preact/hooks';
import type { ItemDetails } from '../../../orchestrator/serving/contract/items.ts';
import { useLoaded } from '../api/loaded.ts';
import { isGone } from '../api/reach.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { ServerGone } from '../parts/server-gone.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { closeItem, openItem } from '../state/open-item.ts';
import { UndoBar } from '../talk/undo-bar.tsx';
import { Details } from './details.tsx';
import { Recommended } from './recommended.tsx';
import { RelatedItems } from './related-items.tsx';

/** The item that the address names, above the view that it was opened from; nothing where it names none. */
export function Product() {
  const id = openItem.value;
  return id === null ? null : <OpenProduct id={id} />;
}

function OpenProduct({ id }: { id: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const path = `v1/items/${encodeURIComponent(id)}`;
  const { value, error, code } = useLoaded<ItemDetails>(path).value;
  const item = value?.item_id === id ? value : null;
  useEffect(() => {
    const shown = dialog.current;
    const opener = document.activeElement as HTMLElement | null;
    shown?.showModal();
    return () => {
      shown?.close();
      placeOf(opener)?.focus();
    };
  }, []);
  useEffect(() => {
    if (!item) return undefined;
    dialog.current?.scrollTo(0, 0);
    title.current?.focus();
    const before = document.title;
    document.title = `${item.title} · eager-llm`;
    return () => {
      document.title = before;
    };
  }, [item?.item_id]);
  return (
    <dialog
      ref={dialog}
      class="product"
      aria-labelledby="product-title"
      closedby="any"
      onCancel={(event) => {
        event.preventDefault();
        closeItem();
      }}
    >
      <div class="product-body">
        <div class="product-head">
          <h2 ref={title} id="product-title" tabIndex={-1}>
            {item ? item.title || item.item_id : 'Item'}
          </h2>
          <button
            type="button"
            class="quiet icon-button"
            aria-label="Close"
            title="Close"
            onClick={closeItem}
          >
            <Icon name="close" />
          </button>
        </div>
        {isGone.value && <ServerGone />}
        {code === 'serving/no-such-item' && <p>There is no such item here.</p>}
        {error && code !== 'serving/no-such-item' && <Failure message={error} />}
        {!item && !error && <Waiting />}
        {item && !error && (
          <>
            <Details item={item} />
            <Recommended key={`why ${id}`} id={id} />
            <RelatedItems key={id} path={path} />
          </>
        )}
      </div>
      <UndoBar />
    </dialog>
  );
}

/** Where the focus goes back to. The list that an item was opened from may have been drawn anew, or be without it now. */
function placeOf(opener: HTMLElement | null): HTMLElement | null {
  if (opener?.isConnected && opener !== document.body) return opener;
  const links = document.querySelectorAll<HTMLAnchorElement>('main .item-link');
  const same = [...links].find((link) => link.href === (opener as HTMLAnchorElement | null)?.href);
  return same ?? document.getElementById('content');
}
