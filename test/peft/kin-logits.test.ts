import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { frozenModel, fullModel } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { engineLogits, largestGap } from '../models/engine-logits.ts';
import { kin, lively, tinyConfig } from '../models/tiny-model.ts';
import { wholeRow } from '../training/whole-row.ts';
import { python } from './prepared-run.ts';

const llama3 = {
  rope_type: 'llama3',
  rope_theta: 10_000,
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 16,
} as const;
const variants: Record<string, Partial<LlamaConfig>> = {
  ...kin,
  'norms of queries and keys, and a head of its own': {
    ...kin['norms of queries and keys'],
    tie_word_embeddings: false,
  },
  'positions as LLaMA 3 has them': { rope_parameters: llama3 },
};
const tokens = [1, 4, 7, 9, 2, 3, 8, 5, 10, 1, 6, 4];
/** Ids that a tiny vocabulary has, and no padding, whose row torch would not train. */
const configOf = (change: Partial<LlamaConfig>) =>
  tinyConfig({ ...change, bos_token_id: 1, eos_token_id: 2, pad_token_id: null });
const sourceOf = (config: LlamaConfig) => lively(initialWeights(llama(config), 3));

const folder = mkdtempSync(join(tmpdir(), 'eager-llm-kin-'));
const fileOf = (name: string, kind: string) => join(folder, `${kind} with ${name}`);
const computed = (name: string, kind: string) =>
  readSafetensors(join(fileOf(name, kind), 'computed.safetensors'));
test.before('transformers computes', async (t) => {
  t.timeout(600_000);
  const asked = Object.entries(variants).flatMap(([name, change]) => {
    const config = configOf(change);
    saveCheckpoint(fileOf(name, 'ours'), llama(config), sourceOf(config));
    return [
      { model: fileOf(name, 'ours'), out: fileOf(name, 'of ours') },
      { model: JSON.stringify(config), out: fileOf(name, 'theirs') },
    ];
  });
  const script = join(import.meta.dirname, 'kin_logits.py');
  await python(script, JSON.stringify(tokens), JSON.stringify(asked));
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

const rowsOf = (flat: ArrayLike<number | bigint>) =>
  tokens.map((_, row) => Array.from(flat, Number).slice(row * 11, (row + 1) * 11));

for (const [name, change] of Object.entries(variants)) {
  test.serial(`transformers computes the logits and gradients of our decoder with ${name}`, async (t) => {
    const config = configOf(change);
    const model = fullModel(llama(config), sourceOf(config));
    const { logits, ...gradients } = computed(name, 'of ours');
    t.true(largestGap(await engineLogits(model, tokens), rowsOf(logits.data)) < 1e-4);

    const graph = lossGraph(model, [nextToken()], { longest: 16, dropout: 0, adapterDropout: 0 });
    const row = wholeRow(
      tokens,
      tokens.map((_, at) => (at === 0 ? 0 : 1)),
    );
    const program = await compileTraining('step', graph.loss, model.store);
    await program.accumulate(graph.feeds([row], [1], (label) => createRandom(0, label)).feeds, true);
    await program.dispose();
    t.deepEqual(Object.keys(gradients).sort(), model.store.specs.map((spec) => spec.name).sort());
    for (const [tensor, { data }] of Object.entries(gradients)) {
      const own = model.store.gradientViews[tensor].data;
      const theirs = Array.from(data, Number);
      const size = Math.hypot(...theirs);
      const apart = Math.hypot(...theirs.map((value, at) => value - own[at]));
      t.true(apart < 1e-4 * size + 1e-5, `${tensor}: ${apart} of ${size}`);
    }
  });

  test.serial(`we compute the logits of a decoder with ${name} that transformers saved`, async (t) => {
    const { definition, weights } = await openBaseModel(fileOf(name, 'theirs'));
    const own = await engineLogits(frozenModel(definition, weights), tokens);
    weights.close();
    t.true(largestGap(own, rowsOf(computed(name, 'theirs').logits.data)) < 1e-4);
  });
}
