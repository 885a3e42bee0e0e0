import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { rawRequest } from '../server/raw-request.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { eagerLlm } from '../whole/eager-llm.ts';

const key = 'a-key-of-sixteen-letters';

test.serial(
  'serve says where it answers, answers there, and ends cleanly with what is under way',
  async (t) => {
    const serving = eagerLlm(['serve', 'smoke', '--port', '0', '--runs-dir', await smokeRuns()]);
    const url = await addressOf(t, serving);
    t.regex(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    t.is((await fetch(`${url}/healthz`)).status, 200);
    const asked = Array.from({ length: 10 }, () =>
      fetch(`${url}/v1/recommendations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'shampoo' }),
      }),
    );
    await asked[0];
    serving.kill('SIGTERM');
    // Those that came in before the end are answered; the others were never taken.
    for (const each of await Promise.allSettled(asked))
      if (each.status === 'fulfilled') t.true([200, 503].includes(each.value.status));
    const { exitCode, stderr } = await serving;
    t.is(exitCode, 0, String(stderr));
    t.regex(String(stderr), /Closing/);
  },
);

test.serial('beyond this machine there has to be a key, from a file or the environment', async (t) => {
  const runsFolder = await smokeRuns();
  const open = ['serve', 'smoke', '--port', '0', '--host', '0.0.0.0', '--runs-dir', runsFolder];
  const refused = await eagerLlm(open);
  t.is(refused.exitCode, 1);
  t.regex(String(refused.stderr), /anyone who reaches 0\.0\.0\.0[\s\S]*--without-api-key/);
  t.is(refused.stdout, '');
  const alsoRuns = await eagerLlm([...open, '--without-api-key', '--allow-runs']);
  t.is(alsoRuns.exitCode, 1);
  t.regex(String(alsoRuns.stderr), /start recipes/);
  const alsoEvents = await eagerLlm([...open, '--without-api-key', '--events']);
  t.is(alsoEvents.exitCode, 1);
  t.regex(String(alsoEvents.stderr), /send events/);

  const file = join(temporaryFolder(t), 'keys.txt');
  writeFileSync(file, `${key}\n`);
  const serving = eagerLlm([...open, '--api-key-file', file], {
    env: { EAGER_LLM_API_KEYS: 'another-key-of-letters' },
  });
  const port = (await addressOf(t, serving)).split(':').at(-1);
  const status = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/v1/models`, { headers })).status;
  t.is(await status({}), 401);
  t.is(await status({ authorization: `Bearer ${key}` }), 200);
  t.is(await status({ authorization: 'Bearer another-key-of-letters' }), 200);
  serving.kill('SIGINT');
  t.is((await serving).exitCode, 0);
});

test.serial(
  'behind a proxy it answers by the name of the shop, and writes a line for each request',
  async (t) => {
    const args = ['--port', '0', '--allow-host', 'recommend.shop.example', '--log-requests'];
    const serving = eagerLlm(['serve', 'smoke', ...args, '--runs-dir', await smokeRuns()]);
    const port = Number((await addressOf(t, serving, 'stderr')).split(':').at(-1));
    const status = async (host: string) => {
      const answer = await rawRequest(
        port,
        `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
    };
    t.is(await status('recommend.shop.example'), 200);
    t.is(await status('localhost'), 200);
    t.is(await status('evil.example'), 421);
    serving.kill('SIGTERM');
    const { stdout } = await serving;
    t.deepEqual(
      String(stdout)
        .split('\n')
        .map((line) => JSON.parse(line).status),
      [200, 200, 421],
    );
  },
);

const wrong = test.macro(async (t, args: string[], says: RegExp) => {
  const { exitCode, stderr } = await eagerLlm(['serve', 'smoke', ...args, '--runs-dir', await smokeRuns()]);
  t.is(exitCode, 1);
  t.regex(String(stderr), says);
  t.notRegex(String(stderr), /^\s+at /m);
});
test.serial('a port that is none', wrong, ['--port', '99999'], /0 to 65535/);
test.serial(
  'an address that is not of this machine',
  wrong,
  ['--host', '127.0.0.1.9', '--without-api-key'],
  /cannot listen at/,
);
test.serial(
  'a file of keys that is not there',
  wrong,
  ['--api-key-file', 'nowhere'],
  /nowhere: cannot be read/,
);
test.serial(
  'a name with a scheme',
  wrong,
  ['--allow-host', 'http://shop.example'],
  /--allow-host has to be a host name alone/,
);
test.serial('a batch of nothing', wrong, ['--batch', '0'], /--batch has to be a whole number from 1/);

async function addressOf(
  t: ExecutionContext,
  serving: ReturnType<typeof eagerLlm>,
  output: 'stdout' | 'stderr' = 'stdout',
): Promise<string> {
  t.teardown(() => serving.kill('SIGKILL'));
  for await (const chunk of serving[output]!) {
    const [, address] = /answers at (\S+)/.exec(String(chunk)) ?? [];
    if (address) return address;
  }
  throw new Error(`it ended: ${(await serving).stderr}`);
}
