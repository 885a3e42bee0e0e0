import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';
import { NotShown } from './not-shown.tsx';

/** A view that breaks takes neither the page nor the other views with it, and is tried again at another address. */
export function Guarded({ children }: { children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary((error: Error) => console.error(error));
  useEffect(() => {
    if (!error) return;
    addEventListener('hashchange', reset);
    return () => removeEventListener('hashchange', reset);
  }, [error, reset]);
  return error ? <NotShown message={error.message} /> : children;
}
