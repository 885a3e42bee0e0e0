import { UserError } from '../../shared/errors.ts';
import type { ModelDefinition } from '../model.ts';
import { t5Generator } from '../t5/generator.ts';
import { t5 } from '../t5/t5.ts';
import { type LigerConfig, tokensOfItem } from './config.ts';
import { itemReader } from './item-reader.ts';
import { tensorSpecs } from './tensors.ts';
import { denseBatch, trainingPass } from './training-pass.ts';

export const ligerName = 'liger';

/**
 * LIGER (Yang et al. 2024): a T5 over codes whose encoder also reads the texts of items, as vectors, and asks for the next
 * item as a vector too.
 */
export function liger(config: LigerConfig): ModelDefinition {
  const own = new Set(tensorSpecs(config).map(({ name }) => name));
  const { embedding, head } = t5(config.backbone);
  return {
    family: ligerName,
    title: 'LIGER',
    config,
    architecture: 'LigerForRecommendation',
    adapterTask: 'SEQ_2_SEQ_LM',
    hiddenSize: config.backbone.d_model,
    mostPositions: Number.POSITIVE_INFINITY,
    tensors: tensorSpecs(config),
    embedding,
    head,
    computes: (tensor) => own.has(tensor),
    withVocabulary: (size) =>
      liger({ ...config, vocab_size: size, backbone: { ...config.backbone, vocab_size: size } }),
    trainingPass: (tensors, options) => trainingPass(config, tensors, options),
    batch: (examples) => denseBatch(config, examples),
    lengths: ({ source, target }) => [
      (source.length / tokensOfItem(config)) * config.code_levels,
      target.length,
    ],
    async compileGenerator(model, longest, options) {
      const generator = await t5Generator(config.backbone, model, longest, options, itemReader(config));
      // Numbers of items stand in its prompts, too.
      return { ...generator, vocabularySize: Math.max(config.vocab_size, config.items) };
    },
    compileTextEncoder: readsNoTexts,
    writeOnnx: null,
  };
}

async function readsNoTexts(): Promise<never> {
  throw new UserError(
    'model/reads-no-texts',
    'a LIGER reads items with the vectors of their texts, and no texts',
    {
      remedy: 'Use a LLaMA or a T5 where texts are read or written.',
    },
  );
}
