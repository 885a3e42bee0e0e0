import type { ComponentChildren } from 'preact';
import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import { linkTo } from '../state/route.ts';
import { askedKey } from './asked.ts';
import { bestFirst, type ListedRun } from './headline.ts';

/** The best first, among those that were asked the same: a list for each of these, and one for runs without figures. */
export function Ranked({
  runs,
  at,
  seen,
  rowOf,
}: {
  runs: readonly ListedRun[];
  at: 0 | 1;
  seen: Seen;
  rowOf: (run: ListedRun) => ComponentChildren;
}) {
  const groups = new Map<string, ListedRun[]>();
  for (const run of runs) {
    const key = keyOf(run);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  // First where all users were asked; those without figures stand last.
  const lastness = ([{ measured }]: ListedRun[]) =>
    measured ? Number(measured.users < measured.users_in_split) : 2;
  const sorted = [...groups].sort(([, a], [, b]) => lastness(a) - lastness(b));
  return (
    <>
      {sorted.map(([key, group]) => {
        const ranked = bestFirst(group, at, seen);
        const [first, second] = ranked;
        return (
          <section key={key} class="ranked" aria-label={headOf(first)}>
            <div class="title-row">
              <h2>{headOf(first)}</h2>
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

function keyOf({ data, measured }: ListedRun): string {
  return measured ? askedKey({ data, ...measured }) : '';
}

function headOf({ measured }: ListedRun): string {
  if (!measured) return 'Without figures';
  return `${formatUsers(measured)} users of the ${measured.split} split, ${measured.items.toLocaleString('en-US')} items`;
}
