import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { ModelDefinition, WeightSource } from '../../orchestrator/models/model.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import type { T5Config } from '../../orchestrator/models/t5/config.ts';
import { t5 } from '../../orchestrator/models/t5/t5.ts';
import { tinyT5Config } from '../models/reference-t5.ts';
import { gap, logitsOf, type Texts, transformersLogits } from './t5-logits.ts';

const variants: Record<string, Partial<T5Config>> = {
  'a tied head': {},
  'a head of its own': { tie_word_embeddings: false },
};
/** Longer than all buckets that stand for one distance. */
const texts: Texts = {
  source: [1, 4, 7, 9, 2, 3, 8, 5, 10, 1, 6, 4, 7, 2, 9],
  target: [5, 10, 3, 6, 7, 1, 2, 9, 9, 8],
};
const everyToken = Array.from({ length: 11 }, (_, id) => id);

const folder = mkdtempSync(join(tmpdir(), 'eager-llm-t5-'));
const fileOf = (name: string, kind: string) => join(folder, `${kind} with ${name}`);
/** What transformers computes, by the folder that it leaves it in. */
const theirs: Record<string, Float32Array> = {};

test.before('transformers computes', async (t) => {
  t.timeout(600_000);
  const asked = Object.entries(variants).flatMap(([name, change]) => {
    const [ours, model] = [fileOf(name, 'ours'), JSON.stringify(tinyT5Config(change))];
    const definition = t5(tinyT5Config(change));
    saveCheckpoint(ours, definition, ownWeights(definition));
    return [
      { model: ours, out: fileOf(name, 'of ours'), ...texts },
      { model, out: fileOf(name, 'of theirs'), ...texts },
    ];
  });
  for (const [at, logits] of (await transformersLogits(asked)).entries()) theirs[asked[at].out] = logits;
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, change] of Object.entries(variants)) {
  test.serial(`transformers computes the logits of our T5 with ${name}`, async (t) => {
    const definition = t5(tinyT5Config(change));
    const own = await logitsOf(frozenModel(definition, ownWeights(definition)), texts, everyToken);
    t.true(gap(own, theirs[fileOf(name, 'of ours')], (row, column) => row * 11 + column, 11) < 1e-4);
  });

  test.serial(`we compute the logits of a T5 with ${name} that transformers saved`, async (t) => {
    const saved = fileOf(name, 'of theirs');
    const { definition, weights } = await openBaseModel(saved);
    const own = await logitsOf(frozenModel(definition, weights), texts, everyToken);
    weights.close();
    t.is(definition.head === definition.embedding, name === 'a tied head');
    t.true(gap(own, theirs[saved], (row, column) => row * 11 + column, 11) < 1e-4);
  });
}

/** A fresh T5's logits are far from zero: smaller, so that no softmax is saturated. */
function ownWeights(definition: ModelDefinition): WeightSource {
  const source = initialWeights(definition, 3);
  return {
    read: (name, shape) => source.read(name, shape).map((value) => (value === 1 ? 1 : value * 0.5)),
  };
}
