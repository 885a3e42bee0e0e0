import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import type { Random } from '../../orchestrator/shared/random.ts';
import { damageBytes, damageJson, damageText, oneOf } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';

const sizes = {
  vocab_size: 8,
  hidden_size: 8,
  intermediate_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
};
const config = parseLlamaConfig({ model_type: 'llama', ...sizes, tie_word_embeddings: true }, 'fuzz');

/** A tiny model with damage in its config, in the header of its weights or anywhere in them; then all is read. */
export const weights: FuzzKind = {
  name: 'weights',
  async run(random, folder) {
    const model = join(folder, 'model');
    mkdirSync(model);
    saveCheckpoint(model, llama(config), initialWeights(llama(config), 1));
    damageModel(random, model);
    const opened = await openBaseModel(model);
    try {
      for (const { name, shape } of opened.definition.tensors) opened.weights.read(name, shape);
    } finally {
      opened.weights.close();
    }
  },
};

function damageModel(random: Random, model: string): void {
  const [configFile, file] = [join(model, 'config.json'), join(model, 'model.safetensors')];
  const bytes = readFileSync(file);
  const end = 8 + Number(bytes.readBigUInt64LE());
  const [header, data] = [bytes.toString('utf8', 8, end), bytes.subarray(end)];
  const damages = [
    () => writeFileSync(configFile, damagedJson(random, readFileSync(configFile, 'utf8'))),
    () => writeFileSync(file, damageBytes(random, bytes)),
    () => writeFileSync(file, withHeader(damagedJson(random, header), data)),
    () => writeFileSync(file, withHeader(damageText(random, header), data)),
  ];
  oneOf(random, damages)();
}

function damagedJson(random: Random, text: string): string {
  // What is left may be nothing at all.
  return JSON.stringify(damageJson(random, JSON.parse(text))) ?? '';
}

function withHeader(header: string, data: Uint8Array): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}
