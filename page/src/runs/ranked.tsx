import type { ComponentChildren } from 'preact';
import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import { linkTo } from '../state/route.ts';
import { askedKey } from './asked.ts';
import { bestFirst, type ListedRun, type Shown, seenOf } from './headline.ts';

/** The best first, among those that were asked the same: a list for each of these, and one for runs without figures. */
export function Ranked({
  runs,
  at,
  shown,
  rowOf,
}: {
  runs: readonly ListedRun[];
  at: 0 | 1;
  shown: Shown;
  rowOf: (run: ListedRun) => ComponentChildren;
}) {
  const groups = new Map<string, ListedRun[]>();
  for (const run of runs) {
    const key = keyOf(run, shown);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  // First where all users were asked; those without figures stand last.
  const lastness = ([{ measured }]: ListedRun[]) =>
    measured ? Number(measured.users < measured.users_in_split) : 2;
  const sorted = [...groups].sort(([, a], [, b]) => lastness(a) - lastness(b));
  return (
    <>
      {sorted.map(([key, group]) => {
        const ranked = bestFirst(group, at, shown);
        const [first, second] = ranked;
        return (
          <section key={key} class="ranked" aria-label={headOf(first, shown)}>
            <div class="title-row">
              <h2>{headOf(first, shown)}</h2>
              {key !== '' && second && (
                <a href={linkTo(['runs'], { compare: `${first.name},${second.name}` })}>
                  Compare the best two
                </a>
              )}
            </div>
            <ul class="run-list">{ranked.map(rowOf)}</ul>
          </section>
        );
      })}
    </>
  );
}

/** Figures of two protocols do not compare either. */
function keyOf(run: ListedRun, shown: Shown): string {
  const { data, measured } = run;
  return measured ? `${seenOf(run, shown)} ${askedKey({ data, ...measured })}` : '';
}

function headOf(run: ListedRun, shown: Shown): string {
  const { measured } = run;
  if (!measured) return 'Without figures';
  return `${formatUsers(measured)} users of the ${measured.split} split, ${measured.items.toLocaleString('en-US')} items, seen items ${seenOf(run, shown)}`;
}
