import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { readRunRecord, writeRunRecord } from '../../orchestrator/runs/run-record.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { datasetStage } from '../../orchestrator/stages/01-dataset.ts';
import { executeRun } from '../../orchestrator/stages/execute-run.ts';
import { stagesModule } from '../../orchestrator/stages/index.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';
import { password, type Server, startPostgres } from '../dataset/database/servers.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let server: Server | null = null;
process.env.Q_SQL_PASSWORD = password;

test.before(async () => {
  server = await startPostgres();
});
test.after.always(async () => {
  await server?.close();
});

/** Tests of a real server, where there is one on this machine. */
const withShop = (title: string, work: (t: ExecutionContext, shop: Shop) => Promise<void>) =>
  test.serial(title, async (t) => {
    if (server === null) {
      t.log('skipped: there is no PostgreSQL here (apt-get install postgresql)');
      t.pass();
      return;
    }
    await server.run(
      'DROP TABLE IF EXISTS orders',
      `CREATE TABLE orders AS SELECT 'u' || n % 5 AS user_id, n % 7 AS item_id, timestamptz '2024-01-01' + n * interval '1 hour' AS at FROM generate_series(0, 39) n`,
    );
    await work(t, shopOf(t, server));
  });

interface Shop {
  server: Server;
  runFolder: string;
  recipe: string;
  /** Runs the dataset stage. */
  start(from?: 'dataset'): Promise<{ reused: boolean; key: string; said: string; interactions: unknown }>;
  /** As a run that was killed in a later stage. */
  leaveUnfinished(): void;
}

function shopOf(t: ExecutionContext, own: Server): Shop {
  const folder = temporaryFolder(t);
  const recipe = join(folder, 'shop.yaml');
  const runsFolder = join(folder, 'runs');
  const runFolder = join(runsFolder, 'shop');
  writeFileSync(
    recipe,
    `dataset:
  format: sql
  path: ${own.address}
  password_env: Q_SQL_PASSWORD
  events: orders
  columns: {time: at}
  k_core: 0
training: {stages: [{name: one, tuning: full, tasks: {sequential-recommendation: 1}}]}
`,
  );
  const record = join(runFolder, 'run.json');
  return {
    server: own,
    runFolder,
    recipe,
    start: async (from) => {
      const events: StageEvent[] = [];
      const { results } = await executeRun({
        name: 'shop',
        runsFolder,
        resolved: resolveRecipe(recipe),
        stages: [datasetStage],
        module: stagesModule,
        from,
        onEvent: (event) => events.push(event),
      });
      const said = events.flatMap((event) => ('text' in event ? [event.text] : [])).join('\n');
      const [{ reused, key, figures }] = results;
      return { reused, key, said, interactions: figures.interactions };
    },
    leaveUnfinished: () => writeRunRecord(record, { ...readRunRecord(record), status: 'stopped' }),
  };
}

withShop(
  'a table that has not changed is read, and its stage reused; one that has changed is made anew',
  async (t, shop) => {
    const first = await shop.start();
    t.like(first, { reused: false, interactions: 40 });
    t.like(await shop.start(), { reused: true, key: first.key });
    await shop.server.run("UPDATE orders SET item_id = 6 WHERE item_id = 0 AND user_id = 'u0'");
    const second = await shop.start();
    t.false(second.reused);
    t.not(second.key, first.key);
    t.is(
      readdirSync(join(shop.runFolder, 'snapshots')).length,
      1,
      'what no recipe names any more is removed',
    );
  },
);

withShop(
  'a run that was stopped goes on with what it had read, and --from dataset reads anew',
  async (t, shop) => {
    const first = await shop.start();
    shop.leaveUnfinished();
    await shop.server.run("INSERT INTO orders VALUES ('u1', 3, now())");
    const gone = await shop.start();
    t.like(gone, { reused: true, key: first.key });
    t.regex(gone.said, /goes on with what was read of the database on 20\d\d-.* --from dataset/);
    t.like(await shop.start(), { reused: false, interactions: 41 }, 'once finished, it is read anew');
    shop.leaveUnfinished();
    await shop.server.run("INSERT INTO orders VALUES ('u1', 4, now())");
    t.like(await shop.start('dataset'), { reused: false, interactions: 42 });
  },
);

withShop('a finished stage is reused while the server is down; without one the run ends', async (t, shop) => {
  const first = await shop.start();
  await shop.server.kill();
  try {
    const second = await shop.start();
    t.like(second, { reused: true, key: first.key });
    t.regex(second.said, /cannot be reached.*goes on with what was read of it on/);
    rmSync(shop.runFolder, { recursive: true });
    const error = await t.throwsAsync(shop.start(), { instanceOf: UserError });
    t.is(error?.code, 'dataset/database-unreachable');
  } finally {
    await shop.server.start();
  }
});

withShop('no file of a run holds the password', async (t, shop) => {
  await shop.start();
  const files = readdirSync(shop.runFolder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  t.true(files.length > 3);
  for (const { parentPath, name } of files)
    t.false(readFileSync(join(parentPath, name)).includes(password), name);
});
