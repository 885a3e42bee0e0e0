import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { linkTo } from '../state/route.ts';
import { Failure } from './failure.tsx';
import { hasIndex } from './standing.ts';

/** Answers after which another run helps: there is none of this name, or it has no index. */
const helpful: readonly string[] = ['runs/unknown', 'serving/no-index', 'serving/no-codes'];

/** Why a run is not shown, and the way to those that can be. */
export function NoSuchRun({
  message,
  code = null,
  view,
}: {
  message: string;
  code?: string | null | undefined;
  view: 'runs' | 'index';
}) {
  const isHelped = code !== null && helpful.includes(code);
  const loaded = useLoaded<RunsAnswer>(isHelped ? 'page/runs' : null);
  const runs = loaded.value.value?.runs.filter(({ stages }) => view === 'runs' || hasIndex(stages)) ?? [];
  if (!isHelped || runs.length === 0) return <Failure message={message} />;
  return (
    <>
      <Failure message={`${message.split(' → ')[0]}.`} />
      <section aria-label="Other runs" class="other-runs">
        <h2>{view === 'runs' ? 'There are:' : 'These have an index:'}</h2>
        <ul>
          {runs.map(({ name }) => (
            <li key={name}>
              <a class="button" href={linkTo([view, name])}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
