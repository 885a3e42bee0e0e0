import test from 'ava';
import { opener } from '../../orchestrator/cli/open-browser.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm } from '../whole/eager-llm.ts';

test('the demo opens a shop on this machine alone, and says where', async (t) => {
  const demo = eagerLlm(['demo', 'smoke', '--no-open', '--runs-dir', await smokeRuns()]);
  t.teardown(() => demo.kill('SIGKILL'));
  let said = '';
  demo.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await waitUntil(async () => said.includes('/#/shop'), { every: 50, patience: 120_000 });
  const [, url] = /The shop is open at (http:\/\/127\.0\.0\.1:\d+)\/#\/shop/.exec(said) ?? [];
  const answer = await fetch(`${url}/page/demo/customers`);
  const { customers } = (await answer.json()) as { customers: unknown[] };
  t.true(customers.length > 0);
  demo.kill('SIGTERM');
  t.is((await demo).exitCode, 0);
});

test('where there is no quickstart yet, the demo says how to make it', async (t) => {
  const { exitCode, stderr } = await eagerLlm(['demo', '--runs-dir', temporaryFolder(t)]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /npx eager-llm run quickstart/);
});

test('a browser is opened by the program of each system, and no shell reads the address', (t) => {
  const address = 'http://127.0.0.1:8080/#/shop';
  t.deepEqual(opener('linux', address), ['xdg-open', address]);
  t.deepEqual(opener('darwin', address), ['open', address]);
  t.deepEqual(opener('win32', address), ['rundll32', 'url.dll,FileProtocolHandler', address]);
});
