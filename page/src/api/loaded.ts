import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getJson } from './request.ts';

export interface Loaded<T> {
  value: T | null;
  error: string | null;
}

/** What a path answers; fetched anew when the path changes. Null: nothing is to be fetched yet. */
export function useLoaded<T>(path: string | null): Signal<Loaded<T>> {
  const loaded = useSignal<Loaded<T>>({ value: null, error: null });
  useEffect(() => {
    if (path === null) return;
    const leave = new AbortController();
    getJson<T>(path, leave.signal).then(
      (value) => {
        loaded.value = { value, error: null };
      },
      (error: Error) => {
        if (!leave.signal.aborted) loaded.value = { value: loaded.value.value, error: error.message };
      },
    );
    return () => leave.abort();
  }, [path, loaded]);
  return loaded;
}
