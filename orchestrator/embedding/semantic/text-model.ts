import type { Tensor } from '@huggingface/transformers';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import '../../shared/no-telemetry.ts';
import { findModel, modelNotLoaded } from './transformers-model.ts';
import type { TextBatchEncoder } from './types.ts';

export interface TextModelOptions {
  /** A folder with config.json, tokenizer.json and onnx/model.onnx, or a hub id. */
  model: string;
  /** Which ONNX file: `fp32` is onnx/model.onnx, `q8` onnx/model_quantized.onnx, and so on. */
  dtype?: 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | undefined;
  revision?: string | undefined;
  /** Longer texts are cut; also cut to what the model can take. 512 by default. */
  maxTokens?: number | undefined;
  /** Where downloaded models are kept; the library's own place by default. */
  downloadFolder?: string | undefined;
  /** Never go to the network. */
  localOnly?: boolean | undefined;
}

/** A feature-extraction model that is held in memory until `dispose`. */
export interface TextModel {
  encode: TextBatchEncoder;
  dispose(): Promise<unknown>;
}

/** Any model that transformers.js loads: the mean of the last hidden states over a text's tokens, of length 1. */
export async function openTextModel(options: TextModelOptions): Promise<TextModel> {
  const { model: name, dtype = 'fp32', maxTokens = 512 } = options;
  const { path, local } = findModel(name, dtype);
  // Loaded only here: the library brings its runtimes along, and `lsa` has no need of them.
  const { AutoModel, AutoTokenizer, env, LogLevel, mean_pooling } = await import('@huggingface/transformers');
  env.logLevel = LogLevel.ERROR;
  const loading = {
    revision: options.revision ?? 'main',
    local_files_only: local || options.localOnly === true,
    ...(options.downloadFolder ? { cache_dir: options.downloadFolder } : {}),
  };
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(path, loading),
    AutoModel.from_pretrained(path, { ...loading, dtype }),
  ]).catch((cause: unknown) => {
    throw modelNotLoaded(name, cause);
  });
  const { max_position_embeddings } = model.config as { max_position_embeddings?: number };
  const max_length = Math.min(maxTokens, tokenizer.model_max_length, max_position_embeddings ?? maxTokens);

  const encode = async (texts: string[]): Promise<Matrix> => {
    const inputs = tokenizer(texts, { padding: true, truncation: true, max_length });
    const outputs = await model(inputs);
    const states: Tensor | undefined = outputs.last_hidden_state ?? outputs.token_embeddings;
    if (states?.dims.length !== 3)
      throw modelNotLoaded(
        name,
        new Error(
          `it gives no last_hidden_state of [texts, tokens, width]; its outputs are ${Object.keys(outputs)}`,
        ),
      );
    const vectors = mean_pooling(states, inputs.attention_mask).normalize(2, -1);
    return createMatrix(texts.length, vectors.dims[1], Float32Array.from(vectors.data as ArrayLike<number>));
  };
  return { encode, dispose: () => model.dispose() };
}
