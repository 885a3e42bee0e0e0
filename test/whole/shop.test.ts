import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { commandLines } from '../docs/command-lines.ts';
import { readPages } from '../docs/markdown.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm, packageFolder } from './eager-llm.ts';
import { writeMadeUpShop } from './made-up-shop.ts';

// The page docs/12-running-a-shop.md, command by command, on a made-up shop: a fortnight of its life.
const page = readPages().find(({ path }) => path === 'docs/12-running-a-shop.md')!;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-shop-')));
const random = createRandom(11, 'shop');

/** Less training than the page has. */
const small = [
  'embedding.behaviour.epochs=2',
  'embedding.behaviour.hidden_size=16',
  'embedding.semantic.dimensions=16',
  'item_index.branching=4',
  'item_index.identity_digits=16',
  'vocabulary.bpe_vocab_size=400',
  'model.hidden_size=32',
  'model.intermediate_size=64',
  'training.stages.0.epochs=2',
].flatMap((setting) => ['--set', setting]);

test.before(() => {
  writeMadeUpShop(folder);
  for (const name of ['recipes', 'datasets']) symlinkSync(join(packageFolder, name), join(folder, name));
  for (const { info, text } of page.blocks) {
    const [, name] = /^(?:yaml|js) (\S+)$/.exec(info) ?? [];
    if (name) writeFileSync(join(folder, name), text);
  }
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

const command = (line: readonly string[], more = {}) =>
  eagerLlm([...line, ...(line[0] === 'run' ? small : [])], { cwd: folder, ...more });

/** Killed at a random moment once, then asked for again. */
const killedOnce = (line: readonly string[]) => line[0] === 'run' || line.includes('--all');

for (const line of commandLines(page).filter(([name]) => name !== 'serve'))
  test.serial(`eager-llm ${line.join(' ')}`, async (t) => {
    if (killedOnce(line)) {
      const killed = command(line, { timeout: 1500 + random.integer(5000), killSignal: 'SIGKILL' });
      await killed;
    }
    const { exitCode, stdout, stderr } = await command(line);
    t.is(exitCode, 0, String(stderr));
    t.not(stdout, '');
  });

test.serial('the model for use learned from all, and its evaluated run vouches for it', (t) => {
  const run = showRun(join(folder, 'runs'), 'store@1');
  t.is(run.record?.vouched_by?.run, 'store-evaluated');
});

test.serial('every customer is once in the lists, and nothing half is left', async (t) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'lists.parquet.manifest.json'), 'utf8'));
  const users = readFileSync(join(folder, 'runs/store/01-dataset/users.jsonl'), 'utf8').trim().split('\n');
  t.is(manifest.users, users.length);
  t.is(manifest.rows, 20 * users.length);
  t.false(existsSync(join(folder, 'lists.parquet.parts')));
  const left = readdirSync(join(folder, 'runs'), { recursive: true }).map(String);
  t.deepEqual(
    left.filter((name) => /\.tmp$|in-progress/.test(name)),
    [],
  );
});

test.serial('the server keeps what a customer buys, and what is sold out stays out', async (t) => {
  const line = commandLines(page).find(([name]) => name === 'serve')!;
  const serving = command([...line, '--port', '0']);
  t.teardown(() => serving.kill('SIGKILL'));
  let url = '';
  for await (const chunk of serving.stderr!) {
    [url = ''] = /http:\/\/\S+/.exec(String(chunk)) ?? [];
    if (url) break;
  }
  const post = async (path: string, body: unknown) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    // biome-ignore lint/suspicious/noExplicitAny: an answer of either route
    return (await (await fetch(`${url}${path}`, init)).json()) as any;
  };
  await post('/v1/events', { events: [{ user: 'ben@shop.example', item: 'yoga-1' }] });
  const { history, items } = await post('/v1/recommendations', { user: 'ben@shop.example', k: 50 });
  t.deepEqual(
    history.map(({ item_id }: { item_id: string }) => item_id),
    ['yoga-1'],
  );
  const ids: string[] = items.map(({ item_id }: { item_id: string }) => item_id);
  t.is(ids.length, 50);
  t.false(ids.includes('tea-3') || ids.includes('coffee-4'));
  serving.kill('SIGTERM');
  t.is((await serving).exitCode, 0);
});

test.serial(
  'the page of the shop shows what a customer may like, and what goes with a product',
  async (t) => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(packageFolder, 'node_modules/express'), join(folder, 'node_modules/express'));
    const paths = { 'eager-llm': [join(packageFolder, 'orchestrator/serving/index.ts')] };
    const settings = { compilerOptions: { allowJs: true, paths }, include: ['*.mjs'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const shop = execa(process.execPath, [`--import=${import.meta.resolve('tsx')}`, 'page.mjs'], {
      cwd: folder,
      env: { PORT: '0' },
      reject: false,
    });
    t.teardown(() => shop.kill('SIGKILL'));
    let said = '';
    shop.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await waitUntil(() => said.includes('http://'), { during: shop });
    const read = async (path: string) => await (await fetch(`${said.trim()}${path}`)).text();
    const forAnna = await read('/?customer=anna@shop.example');
    t.regex(forAnna, /For you/);
    t.is(forAnna.match(/<li>/g)?.length, 8);
    t.is((await read('/?customer=stranger')).match(/<li>/g)?.length, 8);
    const beside = await read('/products/tea-1');
    t.regex(beside, /Similar[\s\S]*Bought together/);
    t.is(beside.match(/<li>/g)?.length, 8);
    shop.kill('SIGTERM');
    await shop;
  },
);
