import { join } from 'node:path';
import { causalMask, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { emitModel } from '../../engine/onnx/emit.ts';
import type { ExternalWeight, WeightPlace } from '../../engine/onnx/model-builder.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Value } from '../../engine/types.ts';
import { writeFileAtomic } from '../../storage/atomic-file.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { OnnxSizes, SequenceModel } from '../model.ts';
import { parameterCount } from '../model-tensors.ts';
import { headSizes, type LlamaConfig } from './config.ts';
import { runDecoder } from './decoder.ts';

const onnxModelName = 'model.onnx';

/** Up to this size weights stand in the model file, which every runtime can open from memory; protobuf ends at 2 GB. */
const largestWhole = 1.8e9;
/** Browsers cannot hold a larger file in one piece. */
const largestPart = 1.8e9;

/**
 * Writes a LLaMA as `model.onnx` in the form that transformers.js and optimum read: `input_ids`, `attention_mask`,
 * `position_ids`, `past_key_values.N.key` and `.value` give `logits` and `present.N.key` and `.value`. It is in the
 * ONNX standard alone, float32. Weights too large for one file go into `model.onnx_data`, `model.onnx_data_1`, …
 * Returns the number of those files.
 */
export function writeLlamaOnnx(
  folder: string,
  config: LlamaConfig,
  model: SequenceModel,
  { wholeUpTo = largestWhole, partsUpTo = largestPart }: OnnxSizes = {},
): { parts: number } {
  const whole = 4 * parameterCount(model.definition) <= wholeUpTo;
  const { bytes, external } = emitModel('llama', llamaGraph(config, model), {
    standard: true,
    weightPlace: whole ? () => null : placesInParts(partsUpTo),
  });
  const files = new Set(external.map(({ path }) => path));
  for (const file of files)
    writeFileAtomic(join(folder, file), contents(external.filter(({ path }) => path === file)));
  writeFileAtomic(join(folder, onnxModelName), bytes);
  return { parts: files.size };
}

function llamaGraph(config: LlamaConfig, { tensors }: SequenceModel): Record<string, Value> {
  const { keyValueHeads, headSize } = headSizes(config);
  const [batch, length, past, total] = [
    'batch_size',
    'sequence_length',
    'past_sequence_length',
    'total_sequence_length',
  ];
  const cache = (layer: number, part: string) =>
    input(`past_key_values.${layer}.${part}`, [batch, keyValueHeads, past, headSize]);
  const ids = input('input_ids', [batch, length], 'int64');
  const there = input('attention_mask', [batch, total], 'int64');
  const tokens = multiplyDims([batch, length]);
  const { hidden: states, seen } = runDecoder(config, tensors, {
    batch,
    length,
    embedded: tensors.embed(reshape(ids, [tokens])),
    positions: input('position_ids', [batch, length], 'int64'),
    mask: causalMask(there, ids, hiddenScore),
    longest: config.max_position_embeddings,
    past: {
      layers: Array.from({ length: config.num_hidden_layers }, (_, layer) => ({
        key: cache(layer, 'key'),
        value: cache(layer, 'value'),
      })),
      seen: total,
    },
  });
  return {
    logits: reshape(tensors.logits(states), [batch, length, config.vocab_size]),
    ...Object.fromEntries(
      seen.flatMap(({ key, value }, layer) => [
        [`present.${layer}.key`, key],
        [`present.${layer}.value`, value],
      ]),
    ),
  };
}

/** Fills one file after the other. */
function placesInParts(partsUpTo: number): WeightPlace {
  let [part, used] = [0, 0];
  return (bytes) => {
    if (used > 0 && used + bytes > partsUpTo) [part, used] = [part + 1, 0];
    used += bytes;
    return `${onnxModelName}_data${part === 0 ? '' : `_${part}`}`;
  };
}

function* contents(weights: readonly ExternalWeight[]): Generator<Uint8Array> {
  for (const { load } of weights) yield load();
}
