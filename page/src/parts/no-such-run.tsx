import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { linkTo } from '../state/route.ts';
import { Failure } from './failure.tsx';

/** Why a run is not shown; where there is none of this name, the way to those that are there. */
export function NoSuchRun({ message, view }: { message: string; view: 'runs' | 'index' }) {
  const isUnknown = / → There are: /.test(message);
  const loaded = useLoaded<RunsAnswer>(isUnknown ? 'page/runs' : null);
  const runs = loaded.value.value?.runs;
  if (!runs) return <Failure message={message} />;
  return (
    <>
      <Failure message={`${message.split(' → ')[0]}.`} />
      <section aria-label="Other runs" class="other-runs">
        <h2>There are:</h2>
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
