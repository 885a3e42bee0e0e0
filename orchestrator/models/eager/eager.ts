import { UserError } from '../../shared/errors.ts';
import type { ModelDefinition } from '../model.ts';
import { decodedLength, type EagerConfig } from './config.ts';
import { itemsTensor, tensorSpecs } from './tensors.ts';
import { streamBatch, trainingPass } from './training-pass.ts';

export const eagerName = 'eager';

/** EAGER (Wang et al., KDD 2024): an encoder over the items of a history, and a decoder for the codes of each source. */
export function eager(config: EagerConfig): ModelDefinition {
  const own = new Set(tensorSpecs(config).map(({ name }) => name));
  return {
    family: eagerName,
    title: 'EAGER',
    config,
    architecture: 'EagerForRecommendation',
    adapterTask: 'SEQ_2_SEQ_LM',
    hiddenSize: config.hidden_size,
    mostPositions: config.max_position_embeddings,
    tensors: tensorSpecs(config),
    embedding: itemsTensor,
    head: itemsTensor,
    computes: (tensor) => own.has(tensor),
    withVocabulary: (size) => eager({ ...config, vocab_size: size }),
    trainingPass: (tensors, options) => trainingPass(config, tensors, options),
    batch: (examples) => streamBatch(config, examples),
    lengths: ({ source }) => [
      source.length,
      config.streams.reduce((sum, stream) => sum + decodedLength(stream), 0),
    ],
    compileGenerator: readsNoTexts,
    compileTextEncoder: readsNoTexts,
    writeOnnx: null,
  };
}

/** Its tokens are items and nodes: no other part of the house writes or embeds with it. */
async function readsNoTexts(): Promise<never> {
  throw new UserError('model/reads-no-texts', 'an EAGER reads the items of a history, and no texts', {
    remedy: 'Use a LLaMA or a T5 where texts are read or written.',
  });
}
