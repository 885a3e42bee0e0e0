/**
 * The lists of all users, written into one file: users a second in blocks, as `recommend --all` does it, and one by one,
 * as a loop over requests would; peak memory at a quarter of the users and at all of them, which is the same where it
 * does not grow with their number. A made-up run of the size of recipes/beauty.yaml, with its catalogue and with a
 * million items.
 *
 *   npm run bench -- lists
 *   npm run bench -- lists --users 20000
 *   npm run bench -- lists --case "12101 items" --users 1024
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLists } from '../orchestrator/lists/write-lists.ts';
import type { OpenRun } from '../orchestrator/serving/index.ts';
import { type Figures, rounded, runCases, secondsOf, show } from './support/cases.ts';
import { madeUpItems, openMadeUpRun } from './support/made-up-run.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    users: { type: 'string', default: '8192' },
    json: { type: 'boolean', default: false },
  },
});
const users = Number(flags.users);
/** Of the same users, so many are asked one by one: it is slower. */
const oneByOne = Math.min(users, 256);
const k = 10;
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: ['--users', flags.users],
  cases: Object.fromEntries(
    [madeUpItems, 1_000_000].map((items) => [`${items} items`, () => measure(items)]),
  ),
});
if (rows) show(rows, flags.json);

async function measure(items: number): Promise<Figures> {
  const run = await openMadeUpRun({ batch: 64, waiting: 1000, items, users });
  const folder = mkdtempSync(join(tmpdir(), 'eager-bench-lists-'));
  try {
    await run.recommendAll(run.users.ids.slice(0, 64), { k }).next();
    const single = await secondsOf(() => askOneByOne(run));
    let quarter = 0;
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      if (done >= total / 4) quarter ||= peakMegabytes();
    };
    const seconds = await secondsOf(() =>
      writeLists(run, { out: join(folder, 'recs.parquet'), k, onProgress }),
    );
    return {
      users,
      users_per_s: rounded(users / seconds),
      one_by_one_per_s: rounded(oneByOne / single),
      times_one_by_one: rounded(users / seconds / (oneByOne / single)),
      peak_mb_quarter: quarter,
      peak_mb_all: peakMegabytes(),
    };
  } finally {
    rmSync(folder, { recursive: true });
    await run.close();
  }
}

async function askOneByOne(run: OpenRun): Promise<void> {
  for (const user of run.users.ids.slice(0, oneByOne)) await run.recommend({ user, k });
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
