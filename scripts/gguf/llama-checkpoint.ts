import { headSizes, type LlamaConfig, parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import {
  embeddingName,
  finalNormName,
  headName,
  layerName,
  projectionNames,
  projectionTensor,
} from '../../orchestrator/models/llama/tensors.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { Gguf } from './read-gguf.ts';

const headTensor = 'output.weight';

/** GGUF's name of each part of a layer, by Hugging Face's. */
const partNames: Record<string, string> = {
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'ffn_norm',
  q_proj: 'attn_q',
  k_proj: 'attn_k',
  v_proj: 'attn_v',
  o_proj: 'attn_output',
  gate_proj: 'ffn_gate',
  up_proj: 'ffn_up',
  down_proj: 'ffn_down',
};

/** The `config.json` that a GGUF file of LLaMA's architecture stands for. */
export function llamaConfigOf(gguf: Gguf): LlamaConfig {
  const { metadata, tensors, place } = gguf;
  const architecture = metadata.get('general.architecture');
  if (architecture !== 'llama')
    throw new UserError('gguf/other-architecture', `holds a ${architecture}, expected a llama`, {
      place,
      remedy: "Only decoders of LLaMA's architecture can be tuned here (LLaMA 2 and 3, SmolLM2, …).",
    });
  if (tensors.has('rope_freqs.weight'))
    throw new UserError(
      'gguf/scaled-positions',
      'holds factors of rotary positions, which are not converted',
      {
        place,
        remedy: 'Take the Hugging Face folder of this model instead.',
      },
    );
  const number = (name: string) => {
    const value = metadata.get(`llama.${name}`);
    return value === undefined ? undefined : Number(value);
  };
  const id = (name: string) => {
    const value = metadata.get(`tokenizer.ggml.${name}_token_id`);
    return value === undefined ? null : Number(value);
  };
  const heads = number('attention.head_count');
  const epsilon = number('attention.layer_norm_rms_epsilon');
  return parseLlamaConfig(
    {
      model_type: 'llama',
      vocab_size: tensors.get('token_embd.weight')?.shape[0],
      hidden_size: number('embedding_length'),
      intermediate_size: number('feed_forward_length'),
      num_hidden_layers: number('block_count'),
      num_attention_heads: heads,
      num_key_value_heads: number('attention.head_count_kv') ?? heads,
      head_dim: number('attention.key_length'),
      // Written in float32, meant in decimals.
      rms_norm_eps: epsilon === undefined ? undefined : Number(epsilon.toPrecision(6)),
      rope_theta: number('rope.freq_base') ?? 10_000,
      max_position_embeddings: number('context_length'),
      tie_word_embeddings: !tensors.has(headTensor),
      bos_token_id: id('bos'),
      eos_token_id: id('eos'),
      pad_token_id: id('padding'),
    },
    place,
  );
}

/** The weights under Hugging Face's names. */
export function llamaWeightsOf(gguf: Gguf, config: LlamaConfig): WeightSource {
  const names = tensorNames(config);
  const { heads, keyValueHeads } = headSizes(config);
  return {
    read(name, shape) {
      const own = names.get(name) ?? name;
      const stored = gguf.tensors.get(own)?.shape;
      if (stored && `${stored}` !== `${shape}`)
        throw new UserError('gguf/wrong-shape', `tensor "${own}" is [${stored}], expected [${shape}]`, {
          place: gguf.place,
          remedy: 'The file contradicts itself: take it from elsewhere.',
        });
      const values = gguf.read(own);
      if (name.includes('.q_proj.')) return withHalvesApart(values, heads, shape);
      if (name.includes('.k_proj.')) return withHalvesApart(values, keyValueHeads, shape);
      return values;
    },
  };
}

function tensorNames({ num_hidden_layers }: LlamaConfig): Map<string, string> {
  const names = new Map([
    [embeddingName, 'token_embd.weight'],
    [headName, headTensor],
    [finalNormName, 'output_norm.weight'],
  ]);
  for (let layer = 0; layer < num_hidden_layers; layer++) {
    for (const norm of ['input_layernorm', 'post_attention_layernorm'])
      names.set(layerName(layer, norm), `blk.${layer}.${partNames[norm]}.weight`);
    for (const projection of projectionNames)
      names.set(projectionTensor(layer, projection), `blk.${layer}.${partNames[projection]}.weight`);
  }
  return names;
}

/**
 * llama.cpp turns neighbouring dimensions of a query or key together, Hugging Face's LLaMA dimension i and i + half:
 * row 2 i + j of a head in the file is row j * half + i there.
 */
function withHalvesApart(
  values: Float32Array,
  heads: number,
  [rows, width]: readonly number[],
): Float32Array {
  const size = rows / heads;
  const half = size / 2;
  const target = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const [head, place] = [Math.floor(row / size), row % size];
    const to = head * size + (place % 2) * half + (place >> 1);
    target.set(values.subarray(row * width, (row + 1) * width), to * width);
  }
  return target;
}
