import type { ComponentChildren } from 'preact';
import { about } from '../state/about.ts';

/** A page of the documentation: a link where it is known where that can be read, else the file that comes with eager-llm. */
export function Docs({ page, children }: { page: string; children: ComponentChildren }) {
  const address = about.value?.docs;
  if (address)
    return (
      <a href={`${address}${page}`} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  return (
    <>
      {children} (<code>docs/{page.split('#')[0]}</code>)
    </>
  );
}
