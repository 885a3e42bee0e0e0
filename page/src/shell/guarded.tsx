import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { NotShown } from './not-shown.tsx';

/** A view that breaks takes neither the page nor the other views with it. */
export function Guarded({ children }: { children: ComponentChildren }) {
  const [error] = useErrorBoundary((error: Error) => console.error(error));
  return error ? <NotShown message={error.message} /> : children;
}
