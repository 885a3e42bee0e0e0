/**
 * The server under load: requests a second and how long each takes, with 1, 8 and 64 clients that ask, wait and ask
 * again; decoded together, and one by one. A made-up run of the size of recipes/beauty.yaml, or a real one with --run.
 * Server and clients are processes of their own on the same machine. `lost`: requests without a whole answer.
 *
 *   npm run bench -- serve
 *   npm run bench -- serve --case "64 clients, together" --seconds 600     is the memory flat?
 *   npm run bench -- serve --run quickstart
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { createRandom } from '../orchestrator/shared/random.ts';
import { type Figures, rounded, runCases, show } from './support/cases.ts';
import { loadServer } from './support/load.ts';
import { madeUpItems } from './support/made-up-run.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    run: { type: 'string' },
    'runs-dir': { type: 'string', default: 'runs' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(flags.seconds);
const k = 10;
const cases = [1, 8, 64].flatMap((clients) =>
  [
    { way: 'together', batch: 64 },
    { way: 'one by one', batch: 1 },
  ].map(({ way, batch }) => ({ name: `${clients} clients, ${way}`, clients, batch })),
);
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'case' ? [`--${name}`, value] : [],
  ),
  cases: Object.fromEntries(cases.map(({ name, clients, batch }) => [name, () => measure(clients, batch)])),
});
if (rows) show(rows, flags.json, gains(rows));

async function measure(clients: number, batch: number): Promise<Figures> {
  const file = join(import.meta.dirname, 'support', 'bench-server.ts');
  const server = execa(
    process.execPath,
    [...process.execArgv, file, String(batch), ...(flags.run ? [flags.run, flags['runs-dir']] : [])],
    { stderr: 'inherit', buffer: false, reject: false },
  );
  try {
    const url = await firstLine(server.stdout!);
    const { items } = await modelOf(url);
    const load = (period: number) =>
      loadServer({
        url: `${url}/v1/recommendations`,
        clients,
        seconds: period,
        body: (client, count) => JSON.stringify({ history: drawHistory(client, count, items), k }),
        isWhole: (answer) => JSON.parse(answer).items.length === k,
      });
    await load(Math.min(3, seconds));
    const before = await memoryOf(url);
    const { milliseconds, outcomes, seconds: took } = await load(seconds);
    const { 200: answered = 0, 429: refused = 0, ...others } = outcomes;
    return {
      requests_per_s: rounded(answered / took),
      p50_ms: rounded(quantile(milliseconds, 0.5)),
      p99_ms: rounded(quantile(milliseconds, 0.99)),
      refused,
      lost: Object.values(others).reduce((sum, count) => sum + count, 0),
      server_mb_before: before,
      server_mb_after: await memoryOf(url),
    };
  } finally {
    server.kill('SIGTERM');
    await server;
  }
}

/** 4 to 20 items. */
async function modelOf(url: string): Promise<{ items: string[] }> {
  if (!flags.run) return { items: Array.from({ length: madeUpItems }, (_, item) => `item-${item}`) };
  const found = await Promise.all(
    [...'abcdefghijklmnopqrstuvwxyz'].map(async (letter) => {
      const response = await fetch(`${url}/v1/items?limit=50&query=${letter}`);
      return ((await response.json()) as { data: { item_id: string }[] }).data.map(({ item_id }) => item_id);
    }),
  );
  return { items: [...new Set(found.flat())] };
}

function drawHistory(client: number, count: number, items: readonly string[]): string[] {
  const random = createRandom(1, 'history', client, count);
  return Array.from({ length: 4 + random.integer(17) }, () => items[random.integer(items.length)]);
}

/** Of the whole process, in megabytes, as it tells Prometheus. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** How many times as many requests decoding together answers. */
function gains(all: readonly Figures[]): Figures {
  const rate = (name: string) => Number(all.find((row) => row.case === name)?.requests_per_s);
  return Object.fromEntries(
    [1, 8, 64].map((clients) => [
      `times_one_by_one_${clients}`,
      rounded(rate(`${clients} clients, together`) / rate(`${clients} clients, one by one`)),
    ]),
  );
}

async function firstLine(stream: AsyncIterable<unknown>): Promise<string> {
  for await (const chunk of stream) return String(chunk).trim();
  throw new Error('the server of the bench did not start');
}
