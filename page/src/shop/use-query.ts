import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openItem } from '../state/open-item.ts';
import { replaceRoute, route } from '../state/route.ts';

const pauseMilliseconds = 150;

/** What is searched for stands in the address, so that "back" from an item, and a reload, find it again. */
export function useQuery(): { typed: string; searched: string; type: (query: string) => void } {
  const searched = route.value.query.get('query') ?? '';
  const typed = useSignal(searched);
  // Another address, as by "back" or the navigation.
  useEffect(() => {
    if (typed.value.trim() !== searched) typed.value = searched;
  }, [searched]);
  useEffect(() => {
    const query = typed.value.trim();
    if (query === searched) return;
    const timer = setTimeout(() => {
      if (openItem.value === null) replaceRoute(['shop'], query ? { query } : {});
    }, pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [typed.value]);
  return {
    typed: typed.value,
    searched,
    type: (query) => {
      typed.value = query;
    },
  };
}
