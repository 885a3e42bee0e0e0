import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { stageFolderName, stageNames } from '../../orchestrator/runs/stage-names.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { readPages } from '../docs/markdown.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { eagerLlm } from './eager-llm.ts';

/** The examples of the page on one's own parts, by the names of their files. */
const examples = readPages()
  .filter(({ path }) => path === 'docs/14-own-parts.md')
  .flatMap(({ blocks }) => blocks)
  .flatMap(({ info, text }): [string, string][] => {
    const name = /^(?:yaml|yaml task|js module) (\S+\.\w+)$/.exec(info)?.[1];
    return name ? [[name, text]] : [];
  });

test("the page's task, metric and way of making codes are one run, and are found in all that it says", async (t) => {
  const folder = temporaryFolder(t);
  for (const [name, text] of examples) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const run = (...args: string[]) => eagerLlm(args, { cwd: folder });
  const at = (...path: string[]) => join(folder, 'runs/own-parts', ...path);

  // Rows can be looked at before anything is trained, and only what they are made of is made.
  const rows = await run('prompts', 'own-parts.yaml', '--task', 'own-words-of-next', '--show', '2');
  t.is(rows.exitCode, 0, String(rows.stderr));
  t.is(String(rows.stdout).match(/⟦[^⟧]+⟧/g)?.length, 2, String(rows.stdout));
  t.deepEqual(
    stageNames.filter((stage) => existsSync(at(stageFolderName(stage)))),
    ['dataset', 'embedding', 'item-index', 'vocabulary'],
  );

  const made = await run('run', 'own-parts.yaml');
  t.is(made.exitCode, 0, String(made.stderr));
  t.regex(String(made.stdout), /NDCG@10 +near-the-top@1 +near-the-top@5 +near-the-top@10/);
  t.regex(String(made.stdout), /own-words-of-next: exact \S+, rouge-l \S+ \(\d+ questions\)/);
  const { methods, protocol } = readResult(at('07-evaluation/metrics.json'));
  const { levelSizes } = readItemIndex(at('03-item-index/index.json'), protocol.items);
  t.deepEqual(levelSizes.slice(0, 6), [3, 3, 3, 3, 3, 3]);
  const { value, high } = methods[methods.length - 1].metrics['near-the-top@10'];
  t.true(value > 0 && high !== null && high > value);
  const logged = readMetrics(at('06-training/01-alignment')).at(-1);
  t.true(Number(logged?.['validation/near-the-top@10']) >= 0);
  t.true(Number(logged?.['validation/loss/own-words-of-next']) > 0);
  t.is(
    readFileSync(at('05-prompts/templates/own-words-of-next.yaml'), 'utf8'),
    readFileSync(join(folder, 'tasks/own-words-of-next.yaml'), 'utf8'),
  );
  t.regex(String((await run('runs', 'compare', 'own-parts', 'own-parts')).stdout), /near-the-top@10/);

  // A metric that fails at the last rank of a cutoff: nothing runs, and the error leads to its line.
  writeFileSync(
    join(folder, 'near-the-top.mjs'),
    'export default {\n  name: "near-the-top",\n  worth: (rank, cutoff) => (rank < cutoff ? 1 : rank.x.y),\n};\n',
  );
  const broken = await run('run', 'own-parts.yaml');
  t.is(broken.exitCode, 1);
  t.regex(
    String(broken.stderr),
    /near-the-top\.mjs:3 +evaluation\.metrics: the module failed: Cannot read properties/,
  );
  t.notRegex(String(broken.stderr), /1\/7 dataset/);

  // A task that asks for what no item has: said as soon as the dataset is read.
  writeFileSync(
    join(folder, 'near-the-top.mjs'),
    'export default { name: "near-the-top", worth: () => 1 };\n',
  );
  writeFileSync(
    join(folder, 'tasks/own-words-of-next.yaml'),
    'about: item\ntemplates:\n  - prompt: "What does {item} cost?"\n    response: "{price}"\n',
  );
  const priceless = await run(
    'run',
    'own-parts.yaml',
    '--run',
    'priceless',
    '--set',
    'embedding.behaviour.epochs=1',
  );
  t.is(priceless.exitCode, 1);
  t.regex(
    String(priceless.stderr),
    /the data cannot feed the task own-words-of-next: no item has what its templates name: price/,
  );
  t.notRegex(String(priceless.stderr), /2\/7 embedding +done/);
});
