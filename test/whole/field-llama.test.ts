import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { eagerLlm, packageFolder } from './eager-llm.ts';

// The recipes of the field's LLaMA systems, each on a made-up shop of sixty soaps and with everything made small.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-field-')));
const runsFolder = join(folder, 'runs');
const base = join(folder, 'base');
const shop = join(folder, 'shop');
const items = 60;
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

const small = {
  'dataset.path': shop,
  'dataset.k_core': 0,
  'training.validation_users': 20,
  'training.stages.0.epochs': 1,
  'training.stages.0.max_steps': 3,
  'training.stages.0.micro_batch_size': 8,
  'evaluation.max_users': 30,
  'evaluation.task_questions': 4,
  'evaluation.bootstrap_samples': 0,
  'evaluation.baselines': '[popularity]',
};
const smallModel = {
  'model.hidden_size': 16,
  'model.intermediate_size': 16,
  'model.num_attention_heads': 2,
  'model.num_key_value_heads': 1,
  'embedding.semantic.dimensions': 16,
};
const smallQuantiser = {
  'item_index.branching': 16,
  'item_index.rq_vae.hidden': '[16, 8]',
  'item_index.rq_vae.epochs': 5,
};
const secondStage = {
  'training.stages.1.epochs': 1,
  'training.stages.1.max_steps': 2,
  'training.stages.1.micro_batch_size': 8,
};

const runs = test.macro(
  async (
    t: ExecutionContext,
    name: string,
    settings: Record<string, string | number>,
    levels: number,
    tasks: readonly string[],
  ) => {
    t.timeout(240_000);
    const changes = Object.entries({ ...small, ...settings });
    const { exitCode, stderr } = await eagerLlm([
      'run',
      join(packageFolder, 'recipes', `${name}.yaml`),
      ...['--run', name, '--runs-dir', runsFolder],
      ...changes.flatMap(([path, value]) => ['--set', `${path}=${value}`]),
    ]);
    t.is(exitCode, 0, String(stderr));
    const fileOf = (stage: Parameters<typeof stageFolderName>[0], file: string) =>
      join(runsFolder, name, stageFolderName(stage), file);
    const { methods } = readResult(fileOf('evaluation', 'metrics.json'));
    const own = methods.find(({ kind }) => kind === 'generative');
    t.true(Number(own?.metrics['recall@10'].value) >= 0);
    t.is(own?.beams?.legal_share, 1);
    t.is(readItemIndex(fileOf('item-index', 'index.json'), items).levels, levels);
    const [statistics] = Object.values(
      JSON.parse(readFileSync(fileOf('prompts', 'statistics.json'), 'utf8')),
    );
    t.deepEqual(
      (statistics as { task: string }[]).map(({ task }) => task),
      [...tasks],
    );
  },
);

test.before(async () => {
  mkdirSync(shop);
  const walks = Array.from({ length: 48 }, (_, user) =>
    Array.from({ length: 6 + (user % 4) }, (_, step) => `i${(user * 5 + step) % items}`),
  );
  writeFileSync(
    join(shop, 'sequences.txt'),
    walks.map((walk, user) => `u${user} ${walk.join(' ')}\n`).join(''),
  );
  const scents = ['rose', 'lime', 'mint', 'pine', 'sage'];
  const lines = Array.from({ length: items }, (_, item) =>
    JSON.stringify({
      item_id: `i${item}`,
      title: `Soap ${item} with ${scents[item % 5]}`,
      keywords: [scents[item % 3]],
    }),
  );
  writeFileSync(join(shop, 'items.jsonl'), lines.join('\n'));
  const text = 'Shea butter hand cream, rose water and coconut shampoo for dry hair';
  await trainTokenizer({ texts: [text], vocabSize: 300, outFolder: base });
  const config = llama(tinyConfig({ vocab_size: 300, num_key_value_heads: 2, max_position_embeddings: 512 }));
  saveCheckpoint(base, config, initialWeights(config, 9));
});

test.serial(
  'EAGER-LLM runs to its metrics on a base model: two trees, six tasks, the adapter last',
  runs,
  'eager-llm',
  {
    ...secondStage,
    'model.base_model': base,
    'item_index.branching': 8,
    'embedding.behaviour.hidden_size': 8,
    'embedding.behaviour.epochs': 1,
    'training.stages.0.contrastive_negatives': 16,
    'training.stages.1.contrastive_negatives': 16,
  },
  4,
  taskNames,
);

test.serial(
  'LC-Rec runs to its metrics: four levels, of which some items may share all, six tasks',
  runs,
  'lc-rec',
  { ...smallModel, ...smallQuantiser },
  4,
  taskNames,
);

test.serial(
  'LETTER on LC-Rec runs to its metrics: codes held against behaviour, one task, an adapter',
  runs,
  'letter-lc-rec',
  {
    ...smallModel,
    ...smallQuantiser,
    ...secondStage,
    'embedding.behaviour.hidden_size': 8,
    'embedding.behaviour.epochs': 1,
  },
  4,
  ['sequential-recommendation'],
);
