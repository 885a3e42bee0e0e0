import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import test, { type ExecutionContext } from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { stageFolderName, stageNames } from '../../orchestrator/runs/stage-names.ts';
import { openSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { freshSmokeRun } from '../serving/smoke-run.ts';
import { eagerLlm, smokeRecipe } from './eager-llm.ts';

// One run of the smoke recipe through the real command, in processes of their own; the tests look at what it left.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-smoke-')));
const runsFolder = join(folder, 'runs');
const inRuns = (...args: string[]) => eagerLlm([...args, '--runs-dir', runsFolder]);
const run = (...args: string[]) => inRuns('run', smokeRecipe, ...args);
const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
  join(runsFolder, 'smoke', stageFolderName(stage), ...path);

let first: Awaited<ReturnType<typeof run>>;

test.before(async () => {
  first = await freshSmokeRun(runsFolder);
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial(
  'the whole way ends with a table, three users with their lists, and the folder of the run',
  (t) => {
    t.is(first.exitCode, 0, String(first.stderr));
    const said = String(first.stdout);
    t.regex(said, /recall@1 +recall@5 +recall@10 +NDCG@5 +NDCG@10/);
    for (const method of ['popularity', 'sasrec', 'sasrec x2', 'eager-llm'])
      t.regex(said, new RegExp(`^${method} `, 'm'));
    t.is(said.match(/^User \S+ had( \d+ more, and lately)?:$/gm)?.length, 3);
    t.true(said.includes(join(runsFolder, 'smoke')));
    for (const [at, stage] of stageNames.entries())
      t.regex(String(first.stderr), new RegExp(`✔ ${at + 1}/7 ${stage} +done in `));
  },
);

test.serial('every stage is done, and nothing is left over', (t) => {
  const { status, stages } = showRun(runsFolder, 'smoke');
  t.is(status, 'finished');
  t.deepEqual(
    stages.map(({ stage, state }) => [stage, state]),
    stageNames.map((stage) => [stageFolderName(stage), 'done']),
  );
  const names = readdirSync(join(runsFolder, 'smoke'), { recursive: true }).map(String);
  t.deepEqual(
    names.filter((name) => /\.tmp$|lock|worker|in-progress/.test(name)),
    [],
  );
});

test.serial('every other task was asked about, and the summary says how it went', (t) => {
  const results = JSON.parse(readFileSync(fileOf('evaluation', 'tasks.json'), 'utf8'));
  t.deepEqual(
    results.map(({ task }: { task: string }) => task),
    taskNames.slice(1),
  );
  for (const { questions, metrics } of results) {
    t.is(questions, 163);
    for (const value of Object.values(metrics)) t.true(Number(value) >= 0 && Number(value) <= 1);
  }
  t.regex(String(first.stdout), /^index-to-item: exact \d\.\d{3}, rouge-l \d\.\d{3} \(163 questions\)$/m);
});

test.serial('metrics.json has every method with intervals, every user, and legal beams alone', (t) => {
  const { methods, protocol, differences } = readResult(fileOf('evaluation', 'metrics.json'));
  t.deepEqual(
    methods.map(({ name }) => name),
    ['popularity', 'sasrec', 'sasrec x2', 'eager-llm'],
  );
  t.is(protocol.users, protocol.users_in_split);
  for (const { metrics } of methods)
    for (const [name, { value, low, high }] of Object.entries(metrics)) {
      t.true(
        low !== null && high !== null && low <= value && value <= high,
        `${name} ${low} ${value} ${high}`,
      );
      t.true(value >= 0 && value <= 1);
    }
  for (const { removed } of [...methods, ...differences]) t.truthy(removed?.['recall@10']);
  t.is(protocol.targets, protocol.users);
  t.is(differences.length, 3);
  t.like(methods[3].beams, { legal_share: 1, repeated_share: 0, shortest_list: 10, longest_list: 10 });
});

test.serial('all six tasks and both kinds of tuning took part', (t) => {
  const statistics = JSON.parse(readFileSync(fileOf('prompts', 'statistics.json'), 'utf8'));
  t.deepEqual(
    statistics.alignment.map(({ task, rows }: { task: string; rows: number }) => [task, rows > 0]),
    taskNames.map((task) => [task, true]),
  );
  for (const part of ['01-alignment', '02-annealing']) {
    const lines = readFileSync(fileOf('training', part, 'metrics.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    t.true(lines.map((line) => JSON.parse(line)).every(({ loss }) => loss === undefined || loss < 10));
    t.true(readdirSync(fileOf('training', part)).some((name) => name.startsWith('events.out.tfevents')));
  }
});

test.serial(
  "the model's folder is a LLaMA of Hugging Face's form; its tokenizer keeps every code whole",
  async (t) => {
    const model = fileOf('training', 'model');
    const config = JSON.parse(readFileSync(join(model, 'config.json'), 'utf8'));
    t.like(config, { model_type: 'llama', architectures: ['LlamaForCausalLM'], hidden_size: 32 });
    const weights = openSafetensors(join(model, 'model.safetensors'));
    t.deepEqual(weights.entries.get('model.embed_tokens.weight')?.shape, [config.vocab_size, 32]);
    weights.close();
    const tokenizer = await AutoTokenizer.from_pretrained(model, { local_files_only: true });
    const index = JSON.parse(readFileSync(fileOf('item-index', 'index.json'), 'utf8')) as Record<
      string,
      string[]
    >;
    const { levels } = readItemIndex(fileOf('item-index', 'index.json'), Object.keys(index).length);
    for (const code of Object.values(index)) {
      const ids = tokenizer.encode(code.join(''), { add_special_tokens: false });
      t.is(ids.length, levels);
      t.is(tokenizer.decode(ids), code.join(''));
    }
  },
);

test.serial("the adapter's folder has PEFT's names", (t) => {
  const adapter = fileOf('training', '02-annealing', 'adapter');
  t.like(JSON.parse(readFileSync(join(adapter, 'adapter_config.json'), 'utf8')), {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    r: 4,
    lora_alpha: 16,
  });
  const { entries, close } = openSafetensors(join(adapter, 'adapter_model.safetensors'));
  const names = [...entries.keys()];
  close();
  for (const part of ['lora_A', 'lora_B'])
    t.true(
      names.includes(`base_model.model.model.layers.0.self_attn.q_proj.${part}.weight`),
      names.join('\n'),
    );
  t.is(names.filter((name) => name.includes('.lora_')).length, 2 * 2 * 7);
});

test.serial('a second run reuses every stage, says so, and ends with the same table', async (t) => {
  const second = await run();
  t.is(second.exitCode, 0);
  t.is(String(second.stderr).match(/^= \d\/7 \S+ +reused/gm)?.length, 7, String(second.stderr));
  t.is(second.stdout, first.stdout);
});

test.serial('a variant takes over the stages that it does not change', async (t) => {
  const variant = await run('--run', 'wider', '--set', 'evaluation.cutoffs=[3]', '--json');
  t.is(variant.exitCode, 0, String(variant.stderr));
  const { stages } = JSON.parse(String(variant.stdout));
  t.deepEqual(
    stages.map(({ reused }: { reused: boolean }) => reused),
    [true, true, true, true, true, true, false],
  );
  const compared = await inRuns('runs', 'compare', 'smoke', 'wider');
  t.regex(String(compared.stdout), /evaluation\.cutoffs +\[1,5,10\] +\[3\]/);
});

const answer = async (t: ExecutionContext, ...args: string[]) => {
  const { stdout, stderr, exitCode } = await inRuns('recommend', 'smoke', ...args);
  t.is(exitCode, 0, String(stderr));
  return String(stdout);
};

test.serial('recommend answers for a user, a history and a text, as a table and as JSON', async (t) => {
  const items = readFileSync(fileOf('dataset', 'items.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const user = JSON.parse(readFileSync(fileOf('dataset', 'users.jsonl'), 'utf8').split('\n')[0]);
  t.regex(await answer(t, '--user', String(user)), /^After: .+\n\n +item +title +log p\n/);
  const byHistory = JSON.parse(
    await answer(t, '--history', items[0].item_id, items[1].item_id, '--k', '3', '--json'),
  );
  t.deepEqual(
    byHistory.history.map(({ item_id }: { item_id: string }) => item_id),
    [items[0].item_id, items[1].item_id],
  );
  t.is(byHistory.items.length, 3);
  const titled = items.find(({ title }) => title.split(' ').length >= 4);
  const byText = JSON.parse(
    await answer(t, '--prompt', `I just bought ${titled.title}, what next?`, '--json'),
  );
  t.is(byText.history[0].item_id, titled.item_id);
  const known = new Set(items.map(({ item_id }) => item_id));
  for (const { item_id } of [...byHistory.items, ...byText.items]) t.true(known.has(item_id));
});

test.serial('an item that is delisted is in no answer, until it is taken back', async (t) => {
  const user = JSON.parse(readFileSync(fileOf('dataset', 'users.jsonl'), 'utf8').split('\n')[0]);
  const ids = async () =>
    JSON.parse(await answer(t, '--user', String(user), '--json')).items.map(
      ({ item_id }: { item_id: string }) => item_id,
    );
  const before = await ids();
  const file = join(folder, 'gone.txt');
  writeFileSync(file, `${before[0]}\nno such item\n`);
  const delisted = await inRuns('catalogue', 'delist', 'smoke', file);
  t.regex(String(delisted.stdout), /^1 items are delisted; \d+ of \d+ can be recommended\.$/);
  t.regex(String(delisted.stderr), /1 ids are not in the catalogue, and were skipped: no such item/);
  t.false((await ids()).includes(before[0]));
  const status = await inRuns('catalogue', 'status', 'smoke', '--json');
  t.deepEqual(JSON.parse(String(status.stdout)).delisted, [before[0]]);
  const refused = await inRuns('catalogue', 'relist', 'smoke', file, '--strict');
  t.deepEqual([refused.exitCode, /serving\/unknown-items/.test(String(refused.stderr))], [1, true]);
  t.is((await inRuns('catalogue', 'relist', 'smoke', file)).exitCode, 0);
  t.deepEqual(await ids(), before);
});

test.serial('evaluate, prompts, runs ls and runs show work on the run', async (t) => {
  const table = await inRuns('evaluate', 'smoke', '--markdown');
  t.regex(String(table.stdout), /\| *eager-llm *\|/);
  const prompts = await inRuns('prompts', smokeRecipe, '--task', 'item-to-index', '--show', '2');
  t.is(prompts.exitCode, 0, String(prompts.stderr));
  t.is(String(prompts.stdout).match(/⟦[^⟧]+⟧/g)?.length, 2, String(prompts.stdout));
  const shorter = await inRuns('prompts', smokeRecipe, '--set', 'prompts.max_length=32', '--show', '1');
  t.regex(String(shorter.stdout), /\((2\d|3[0-2]) tokens\)/, String(shorter.stderr));
  t.false(existsSync(join(runsFolder, 'smoke', 'versions')), 'a look begins no new version');
  t.regex(String((await inRuns('runs', 'ls')).stdout), /^smoke +finished/m);
  t.regex(
    String((await inRuns('runs', 'show', 'smoke')).stdout),
    /training +done[\s\S]*share of legal beams 1/,
  );
});

test.serial('a look at the validation split is a run beside this one, and opens no test', async (t) => {
  const before = readFileSync(fileOf('evaluation', 'summary.txt'), 'utf8');
  t.regex(before, /^the test split of this run was opened once$/m);
  const { exitCode, stdout, stderr } = await inRuns(
    'evaluate',
    'smoke',
    '--set',
    'evaluation.split=validation',
  );
  t.is(exitCode, 0, String(stderr));
  t.regex(String(stdout), /^validation split, 163 users/m);
  t.regex(String(stdout), /^the test split of this run was opened once$/m);
  t.is(readFileSync(fileOf('evaluation', 'summary.txt'), 'utf8'), before);
  t.regex(String((await inRuns('evaluate', 'smoke')).stdout), /^test split, 163 users/m);
  t.false(existsSync(join(runsFolder, 'smoke.validation', 'test-openings.jsonl')));
});

test.serial('a damaged result is noticed and made anew', async (t) => {
  const copy = join(folder, 'damaged');
  cpSync(join(runsFolder, 'smoke'), join(copy, 'smoke'), { recursive: true });
  rmSync(join(copy, 'smoke', stageFolderName('evaluation'), 'metrics.json'));
  const again = await eagerLlm(['run', smokeRecipe, '--runs-dir', copy]);
  t.is(again.exitCode, 0);
  t.regex(String(again.stderr), /metrics\.json is missing[\s\S]*✔ 7\/7 evaluation/);
  t.deepEqual(
    readResult(join(copy, 'smoke', stageFolderName('evaluation'), 'metrics.json')),
    readResult(fileOf('evaluation', 'metrics.json')),
  );
});
