import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBaseModel } from '../../orchestrator/models/check-base-model.ts';
import { initialWeights, openCheckpoint, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { modelFamilies, readModel } from '../../orchestrator/models/registry.ts';
import type { Random } from '../../orchestrator/shared/random.ts';
import { damageJson, damageTensors, damageText, oneOf } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';

const sizes = {
  vocabularySize: 8,
  positions: 8,
  hidden_size: 8,
  intermediate_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  rope_theta: 10_000,
  tie_word_embeddings: true,
  streams: [{ name: 'semantic', levels: 2, nodes: 6 }],
  catalogue: { items: 5, text_size: 4, code_levels: 2, max_items: 3 },
  temperature: 0.07,
};

/** A tiny model of any family with damage in its config, in the header of its weights or anywhere in them; then all is read. */
export const weights: FuzzKind = {
  name: 'weights',
  run(random, folder) {
    const model = join(folder, 'model');
    mkdirSync(model);
    const definition = oneOf(random, Object.values(modelFamilies)).fresh(sizes);
    saveCheckpoint(model, definition, initialWeights(definition, 1));
    damageModel(random, model);
    const opened = openCheckpoint(model);
    try {
      const read = readModel(model);
      checkBaseModel(model, read, opened);
      for (const { name, shape } of read.tensors) opened.read(name, shape);
    } finally {
      opened.close();
    }
  },
};

function damageModel(random: Random, model: string): void {
  if (random.integer(4) > 0) damageTensors(random, join(model, 'model.safetensors'));
  else damageConfig(random, join(model, 'config.json'));
}

function damageConfig(random: Random, config: string): void {
  const text = readFileSync(config, 'utf8');
  // What is left may be nothing at all.
  const damaged = JSON.stringify(damageJson(random, JSON.parse(text))) ?? '';
  writeFileSync(config, random.integer(8) === 0 ? damageText(random, text) : damaged);
}
