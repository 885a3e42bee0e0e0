import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ownFailure, returns } from './reach.ts';
import { getJson, RequestError } from './request.ts';

export interface Loaded<T> {
  value: T | null;
  error: string | null;
  /** The server's name for the error, as `runs/unknown`. */
  code?: string | null;
}

/** What a path answers; fetched anew when the path changes, or the server is back. Null: nothing is to be fetched yet. */
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
        if (leave.signal.aborted) return;
        const code = error instanceof RequestError ? error.code : null;
        loaded.value = { value: loaded.value.value, error: ownFailure(error)?.message ?? null, code };
      },
    );
    return () => leave.abort();
  }, [path, returns.value, loaded]);
  return loaded;
}
