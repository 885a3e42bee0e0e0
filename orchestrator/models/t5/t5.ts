import type { ModelDefinition } from '../model.ts';
import type { T5Config } from './config.ts';
import { t5Generator } from './generator.ts';
import { embeddingName, headName, tensorSpecs } from './tensors.ts';
import { t5TextEncoder } from './text-encoder.ts';
import { pairedBatch, trainingPass } from './training-pass.ts';

/** T5 of the first version (Raffel et al. 2020) by its config: an encoder reads the source, a decoder writes the target. */
export function t5(config: T5Config): ModelDefinition {
  const own = new Set(tensorSpecs(config).map(({ name }) => name));
  return {
    family: 't5',
    title: 'T5',
    config,
    architecture: 'T5ForConditionalGeneration',
    adapterTask: 'SEQ_2_SEQ_LM',
    hiddenSize: config.d_model,
    mostPositions: Number.POSITIVE_INFINITY,
    tensors: tensorSpecs(config),
    embedding: embeddingName,
    head: config.tie_word_embeddings ? embeddingName : headName,
    // Older files store the shared table once more for each stack, and a bias that no attention uses.
    computes: (tensor) =>
      own.has(tensor) ||
      (/^(encoder|decoder)\./.test(tensor) &&
        !/\.embed_tokens\.weight$|EncDecAttention\.relative_attention_bias\.weight$/.test(tensor)),
    withVocabulary: (size) => t5({ ...config, vocab_size: size }),
    trainingPass: (tensors, options) => trainingPass(config, tensors, options),
    batch: (examples, whole) => pairedBatch(config, examples, whole),
    lengths: ({ source, target }) => [source.length, target.length],
    compileGenerator: (model, longest, options) => t5Generator(config, model, longest, options),
    compileTextEncoder: (model) => t5TextEncoder(config, model),
    writeOnnx: null,
  };
}
