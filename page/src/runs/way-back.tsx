import { linkTo } from '../state/route.ts';
import { ReportLink } from './sweeps.tsx';

/** Above one run, or several: the way to all of them, and to those of the same sweep. */
export function WayBack({ sweep = null }: { sweep?: string | null }) {
  return (
    <nav aria-label="Way" class="crumbs">
      <span aria-hidden="true">←</span>
      <a href={linkTo(['runs'])}>Runs</a>
      {sweep && (
        <>
          <span aria-hidden="true">·</span>
          <span>
            of the sweep <a href={linkTo(['runs'], { sweep })}>{sweep}</a>:
          </span>
          <ReportLink sweep={sweep} />
        </>
      )}
    </nav>
  );
}
