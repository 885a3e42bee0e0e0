/**
 * The whole way of a run, from a made-up log to the evaluation, with a tiny model: time and peak memory of each of the
 * seven stages, which are processes of their own as in any run. Users and items are as unevenly active as a shop's.
 *
 *   npm run bench -- scale
 *   npm run bench -- scale --items 100000 --interactions 1000000
 *   npm run bench -- scale --items 10000 --interactions 50000 --set training.stages.0.distillation=0.5
 *
 * `--folder` keeps data and run; the next call goes on from there, and a finished stage then shows the figures of its making.
 */
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { readManifest } from '../orchestrator/runs/manifest.ts';
import { stageFolderName, stageNames } from '../orchestrator/runs/stage-names.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { isThere } from '../orchestrator/storage/is-there.ts';
import { makeFolder } from '../orchestrator/storage/make-folder.ts';
import { type Figures, rounded, show } from './support/cases.ts';
import { itemLines, logLines } from './support/made-up-log.ts';

const { values: flags } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    interactions: { type: 'string', default: '10000000' },
    set: { type: 'string', multiple: true, default: [] },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const sizes = {
  items: Number(flags.items),
  interactions: Number(flags.interactions),
  users: Math.ceil(Number(flags.interactions) / 10),
};
const folder = flags.folder ? resolve(flags.folder) : mkdtempSync(join(tmpdir(), 'eager-llm-bench-'));
const [log, items, recipe] = ['log.csv', 'items.csv', 'scale.yaml'].map((name) => join(folder, name));
try {
  makeFolder(folder);
  if (!isThere(log)) await pipeline(Readable.from(logLines(sizes)), createWriteStream(log));
  if (!isThere(items)) await pipeline(Readable.from(itemLines(sizes.items)), createWriteStream(items));
  writeFileSync(recipe, stringify(recipeOf(log, items)));
  const args = [recipe, '--runs-dir', folder, ...flags.set.flatMap((setting) => ['--set', setting])];
  const command = [...process.execArgv, join(packageRoot, 'orchestrator', 'cli', 'main.ts'), 'run'];
  await execa(process.execPath, [...command, ...args], { stdout: 'ignore', stderr: 'inherit' });
  show(stageNames.map(figuresOf), flags.json, sizes);
} finally {
  if (!flags.folder) rmSync(folder, { recursive: true });
}

function figuresOf(stage: (typeof stageNames)[number]): Figures {
  const { seconds, peak_memory_bytes, files } = readManifest(join(folder, 'scale', stageFolderName(stage)))!;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    stage,
    seconds: rounded(seconds),
    peak_mb: Math.round(peak_memory_bytes / 2 ** 20),
    written_mb: rounded(bytes / 2 ** 20),
  };
}

/** Every stage does all of its work for every item and user, except for the updates of the model and the users that are ranked. */
function recipeOf(path: string, items_path: string) {
  return {
    name: 'scale',
    dataset: {
      format: 'table',
      path,
      items_path,
      columns: { user: 'user', item: 'item', time: 'time' },
      item_columns: { item: 'item' },
      k_core: 0,
      catalogue: 'all',
      history_limit: 20,
    },
    embedding: {
      semantic: { encoder: 'lsa', dimensions: 32 },
      behaviour: {
        encoder: 'sasrec',
        hidden_size: 32,
        num_layers: 1,
        num_heads: 1,
        negatives: 1024,
        batch_size: 1024,
        epochs: 1,
      },
    },
    item_index: {
      sources: ['behaviour', 'semantic'],
      branching: 256,
      digits: { behaviour: 1, semantic: 1 },
      identity_digits: 4096,
    },
    vocabulary: { bpe_vocab_size: 1024 },
    prompts: { max_length: 160 },
    model: {
      hidden_size: 32,
      intermediate_size: 64,
      num_hidden_layers: 1,
      num_attention_heads: 1,
      num_key_value_heads: 1,
    },
    training: {
      validation_users: 200,
      stages: [
        {
          name: 'alignment',
          tuning: 'full',
          tasks: {
            'sequential-recommendation': 1,
            'item-to-index': 1,
            'index-to-item': 1,
            'item-search': 1,
            preference: 1,
          },
          max_steps: 50,
        },
      ],
    },
    decoding: { num_beams: 10 },
    evaluation: { max_users: 1000, bootstrap_samples: 100, baselines: ['popularity', 'behaviour'] },
  };
}
