import type { IndexBranch } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { about } from '../state/about.ts';
import { examplesFrom } from './examples-from.ts';
import { ask } from './session.ts';

/** Questions to begin with, from the catalogue. */
export function Examples() {
  const branch = useLoaded<IndexBranch>(`page/runs/${encodeURIComponent(about.value!.model.id)}/branch`);
  const { value, error } = branch.value;
  return (
    <ul class={`examples${value || error ? '' : ' is-waiting'}`} aria-label="Examples">
      {examplesFrom(value?.items ?? []).map((example) => (
        <li key={example}>
          <button type="button" onClick={() => ask(example)}>
            {example}
          </button>
        </li>
      ))}
    </ul>
  );
}
