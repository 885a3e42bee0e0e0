import { join } from 'node:path';
import test from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import type { T5Config } from '../../orchestrator/models/t5/config.ts';
import { t5 } from '../../orchestrator/models/t5/t5.ts';
import { tinyT5Config } from '../models/reference-t5.ts';
import { temporaryFolder } from '../temporary-folder.ts';
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

for (const [name, change] of Object.entries(variants)) {
  test.serial(`transformers computes the logits of our T5 with ${name}`, async (t) => {
    const definition = t5(tinyT5Config(change));
    const weights = halved(initialWeights(definition, 3));
    const folder = temporaryFolder(t);
    saveCheckpoint(folder, definition, weights);
    const own = await logitsOf(frozenModel(definition, weights), texts, everyToken);
    const theirs = await transformersLogits({ model: folder, out: join(folder, 'out'), ...texts });
    t.true(gap(own, theirs, (row, column) => row * 11 + column, 11) < 1e-4);
  });

  test.serial(`we compute the logits of a T5 with ${name} that transformers saved`, async (t) => {
    const out = temporaryFolder(t);
    const theirs = await transformersLogits({ model: JSON.stringify(tinyT5Config(change)), out, ...texts });
    const { definition, weights } = await openBaseModel(out);
    const own = await logitsOf(frozenModel(definition, weights), texts, everyToken);
    weights.close();
    t.is(definition.head === definition.embedding, name === 'a tied head');
    t.true(gap(own, theirs, (row, column) => row * 11 + column, 11) < 1e-4);
  });
}

/** A fresh T5's logits are far from zero: smaller, so that no softmax is saturated. */
function halved(source: WeightSource): WeightSource {
  return {
    read: (name, shape) => source.read(name, shape).map((value) => (value === 1 ? 1 : value * 0.5)),
  };
}
