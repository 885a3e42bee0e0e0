import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { settleContinuation } from '../../orchestrator/continuation/settle-continuation.ts';
import { type ResolvedRecipe, resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { recipeName } from '../../orchestrator/runs/run-files.ts';
import { writeRunRecord } from '../../orchestrator/runs/run-record.ts';
import { type StageName, stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { stages } from '../../orchestrator/stages/index.ts';
import { findStageKey } from '../../orchestrator/stages/stage-keys.ts';
import { hashText } from '../../orchestrator/storage/hash.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const kinds = ['green tea', 'roasted coffee', 'wool socks', 'garden spade'];

/** Items 0, 4, 8, … are teas, 1, 5, 9, … coffees, and so on. */
export function item(number: number) {
  const kind = kinds[number % kinds.length];
  return {
    item_id: `i${number}`,
    title: `${kind} number ${number}`,
    description: `fine ${kind} from ${number % 3 ? 'the hills' : 'the coast'}, ${kind} for every day`,
    categories: [kind],
  };
}

/** A folder with a recipe and data of `items` items; users buy one kind of thing, `each` of them. */
export function tinyShop(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const writeLog = (name: string, items: number, each: number, prefix = 'i') => {
    mkdirSync(at(name), { recursive: true });
    const users = Array.from({ length: 12 }, (_, user) => {
      const own = Array.from(
        { length: each },
        (_, turn) => (user + 4 * ((user * 3 + turn) % (items / 4))) % items,
      );
      return `u${user} ${own.map((number) => `${prefix}${number}`).join(' ')}`;
    });
    writeFileSync(at(`${name}/sequences.txt`), `${users.join('\n')}\n`);
    writeItems(
      `${name}/items.jsonl`,
      Array.from({ length: items }, (_, number) => number),
      prefix,
    );
  };
  const writeItems = (name: string, numbers: readonly number[], prefix = 'i') =>
    writeFileSync(
      at(name),
      numbers
        .map((number) => `${JSON.stringify({ ...item(number), item_id: `${prefix}${number}` })}\n`)
        .join(''),
    );
  writeLog('week1', 24, 5);
  writeFileSync(
    at('shop.yaml'),
    `dataset: {format: sequences, path: week1, k_core: 0}
embedding:
  behaviour: {encoder: sasrec, hidden_size: 8, num_layers: 1, num_heads: 1, epochs: 1}
  semantic: {encoder: lsa, dimensions: 8}
item_index: {branching: 2, digits: {semantic: 1, behaviour: 1}}
vocabulary: {bpe_vocab_size: 300}
prompts: {layout: user, max_length: 128}
model: {hidden_size: 16, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2, num_key_value_heads: 1}
training: {stages: [{name: one, tuning: full, tasks: {sequential-recommendation: 1, item-to-index: 1}}]}
decoding: {num_beams: 40}
`,
  );
  const runs = at('runs');
  return {
    at,
    runs,
    writeLog,
    writeItems,
    resolve: (set: string[] = []) => resolveRecipe(at('shop.yaml'), { set }),
    /** Takes a recipe through its stages in this process, as a run of this name. */
    finish: (name: string, resolved: ResolvedRecipe, until: StageName = 'training') =>
      finishRun(runs, name, resolved, until),
  };
}

async function finishRun(runs: string, name: string, given: ResolvedRecipe, until: StageName) {
  const resolved = await settleContinuation(given, runs);
  const folder = join(runs, name);
  const keys: Record<string, string> = {};
  const notes: string[] = [];
  mkdirSync(folder, { recursive: true });
  for (const stage of stages) {
    const own = join(folder, stage.folder);
    mkdirSync(own, { recursive: true });
    const inputs = Object.fromEntries(stage.inputs.map((input) => [input, keys[input]]));
    const key = await findStageKey(stage, resolved.recipe, inputs, 'what is here');
    if (key === null) throw new Error(`${stage.name} has no key`);
    keys[stage.name] = key;
    const figures = await stage.run({
      recipe: resolved.recipe,
      folder: own,
      inputFolder: (input) => join(folder, stageFolderName(input)),
      report: (message) => {
        if ('text' in message) notes.push(message.text);
      },
      signal: new AbortController().signal,
    });
    await writeManifest(own, { stage: stage.name, key, inputs, figures, seconds: 0, peak_memory_bytes: 0 });
    if (stage.name === until) break;
  }
  writeFileSync(join(folder, recipeName), resolved.yaml);
  writeRunRecord(join(folder, 'run.json'), {
    schema_version: 1,
    name,
    status: 'finished',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    recipe_file: resolved.file,
    recipe_hash: resolved.hash,
    recipe_sha256: hashText(resolved.yaml),
    seed: resolved.recipe.seed,
    versions: {},
    commit: null,
    device: { cpu: '', cores: 1, memory_bytes: 0, platform: '' },
  });
  return { folder, keys, notes };
}
