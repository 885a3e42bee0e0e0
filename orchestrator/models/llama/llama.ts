import { lengthOf } from '../../shared/example.ts';
import type { ModelDefinition } from '../model.ts';
import { frozenModel } from '../model-tensors.ts';
import { architectureOf, type LlamaConfig } from './config.ts';
import { llamaGenerator } from './generator.ts';
import { writeLlamaOnnx } from './onnx-model.ts';
import { embeddingName, headName, tensorSpecs } from './tensors.ts';
import { llamaTextEncoder } from './text-encoder.ts';
import { joinedBatch, trainingPass } from './training-pass.ts';

/** A LLaMA or one of its kin (`architectures.ts`) by its config: a decoder that reads source and target as one row. */
export function llama(config: LlamaConfig): ModelDefinition {
  const { title, className } = architectureOf(config);
  const definition: ModelDefinition = {
    family: 'llama',
    title,
    config,
    architecture: className,
    adapterTask: 'CAUSAL_LM',
    hiddenSize: config.hidden_size,
    mostPositions: config.max_position_embeddings,
    tensors: tensorSpecs(config),
    embedding: embeddingName,
    head: config.tie_word_embeddings ? embeddingName : headName,
    // Older files store the rotary frequencies too.
    computes: (tensor) => tensor.startsWith('model.') && !tensor.endsWith('rotary_emb.inv_freq'),
    withVocabulary: (size) => llama({ ...config, vocab_size: size }),
    trainingPass: (tensors, options) => trainingPass(config, tensors, options),
    batch: joinedBatch,
    // The last token is only ever a target.
    lengths: (example) => [lengthOf(example) - 1],
    compileGenerator: (model, longest, options) => llamaGenerator(config, model, longest, options),
    compileTextEncoder: (model, longest) => llamaTextEncoder(config, model, longest),
    writeOnnx: (folder, weights, sizes) =>
      writeLlamaOnnx(folder, config, frozenModel(definition, weights), sizes),
  };
  return definition;
}
