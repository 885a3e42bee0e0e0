import { linkTo } from '../state/route.ts';

/** Above one run, or several: the way to all of them. */
export function WayBack() {
  return (
    <nav aria-label="Way" class="crumbs">
      <span aria-hidden="true">←</span>
      <a href={linkTo(['runs'])}>Runs</a>
    </nav>
  );
}
