import { Docs } from '../parts/docs.tsx';
import { about } from '../state/about.ts';

/** What to read about a view; those of customers have nothing that has to be read. */
export function DocsOf({ view }: { view: string }) {
  const pages = pagesOf[view];
  if (!pages) return null;
  return (
    <footer class="hint docs-of">
      {about.value?.docs ? 'Documentation:' : 'Documentation, in the folder of eager-llm:'}{' '}
      {pages.map(([page, title], at) => (
        <>
          {at > 0 && ' · '}
          <Docs key={page} page={page}>
            {title}
          </Docs>
        </>
      ))}
    </footer>
  );
}

const pagesOf: Record<string, [page: string, title: string][]> = {
  runs: [
    ['09-page.md#runs', 'this page'],
    ['06-decoding-and-evaluation.md', 'how figures are measured'],
  ],
  index: [
    ['09-page.md#index', 'this page'],
    ['03-stages.md', 'what codes are made from'],
  ],
  compose: [
    ['02-recipes.md', 'recipes'],
    ['recipe-reference.md', 'every setting'],
    ['04-data.md', 'data'],
  ],
};
