import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { startServer } from '../server/with-server.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { readPages } from './markdown.ts';

/** Scripts that pages write out: blocks of JavaScript with the name of a file. */
const scripts = new Map(
  readPages().flatMap(({ blocks }) =>
    blocks.flatMap(({ info, text }): [string, string][] => {
      const name = /^js (\S+\.mjs)$/.exec(info)?.[1];
      return name ? [[name, text]] : [];
    }),
  ),
);

test('there are scripts to be tried', (t) => {
  t.deepEqual([...scripts.keys()].sort(), ['ask.mjs', 'page.mjs', 'shop.mjs']);
});

test.serial('the script of the library prints items, a list, reasons and a figure', async (t) => {
  const { stdout } = await runScript(t, 'shop.mjs');
  t.regex(
    stdout,
    /^(\S+ .+ -\d+\.\d\d\n){3}\d+ .+\n\[\n( {2}["'].*\n){3}\] \[\n( {2}["'].*\n){3}\]\n\[\n( {2}["'].*\n){5}\]\n/,
  );
  t.regex(stdout, /similarity: [\s\S]*\nrecall@10 0\.\d+$/);
});

test.serial("the script with OpenAI's client prints a list with ids and scores", async (t) => {
  const server = await startServer();
  t.teardown(server.close);
  const { stdout } = await runScript(t, 'ask.mjs', (text) =>
    text.replace('http://127.0.0.1:8080', server.url).replace("'quickstart'", "'smoke'"),
  );
  t.is(stdout.match(/^\d+\. .+ \(\S+, log p -\d+\.\d\d\)$/gm)?.length, 10, stdout);
});

/** Runs a script in a folder as a reader has it: the package installed, a run called quickstart. */
async function runScript(t: ExecutionContext, name: string, change = (text: string) => text) {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'runs'));
  symlinkSync(join(await smokeRuns(), 'smoke'), join(folder, 'runs', 'quickstart'));
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, name), change(scripts.get(name) ?? ''));
  // The package is not built for the tests: its name leads to the sources.
  const paths = { 'eager-llm': [join(packageRoot, 'orchestrator/serving/index.ts')] };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { allowJs: true, paths }, include: ['*.mjs'] }),
  );
  return await execa(process.execPath, [`--import=${import.meta.resolve('tsx')}`, name], {
    cwd: folder,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
  });
}
