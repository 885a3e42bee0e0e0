import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { openItem } from '../state/open-item.ts';
import { replaceRoute, route } from '../state/route.ts';

const pauseMilliseconds = 150;

/** What is searched for stands in the address, so that "back" from an item, and a reload, find it again. */
export function useQuery(): { typed: string; searched: string; type: (query: string) => void } {
  const searched = route.value.query.get('query') ?? '';
  const typed = useSignal(searched);
  const written = useRef(searched);
  // Another address than what was written here, as by "back" or the navigation.
  useEffect(() => {
    if (searched === written.current) return;
    written.current = searched;
    typed.value = searched;
  }, [searched]);
  useEffect(() => {
    const query = typed.value.trim();
    if (query === searched) return;
    const timer = setTimeout(() => {
      if (openItem.value !== null) return;
      written.current = query;
      replaceRoute(['shop'], query ? { query } : {});
    }, pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [typed.value, searched, openItem.value]);
  return {
    typed: typed.value,
    searched,
    type: (query) => {
      typed.value = query;
    },
  };
}
