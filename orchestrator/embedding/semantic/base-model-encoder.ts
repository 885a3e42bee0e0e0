import { join, resolve } from 'node:path';
import { floats } from '../../engine/floats.ts';
import { matMul, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { compile, type Program, type TensorView } from '../../engine/program.ts';
import { openBaseModel } from '../../model/base-model.ts';
import type { LlamaConfig } from '../../model/config.ts';
import { runDecoder } from '../../model/decoder.ts';
import { frozenModel, type TunableModel } from '../../model/model-tensors.ts';
import { causalMask } from '../../model/training-graph.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { type FieldOptions, fieldEncoder } from './field-encoder.ts';
import type { SemanticEncoder } from './types.ts';

export interface BaseModelOptions extends FieldOptions {
  /** A folder with config.json, model.safetensors and tokenizer.json of a LLaMA, or a hub id. */
  model: string;
  /** Longer texts are cut; also cut to what the model can take. 512 by default. */
  maxTokens?: number | undefined;
  /** Where downloaded models are kept; the transformers library's own place by default. */
  cacheFolder?: string | undefined;
}

/**
 * The recipe's own LLaMA as a text encoder: the mean over a text's tokens of the last hidden states (after the final
 * norm), then the mean over an item's fields (EAGER-LLM, as LC-Rec before it). Rows are brought to length 1.
 * Throws a UserError when the model cannot be had or is no LLaMA.
 */
export function baseModelEncoder(options: BaseModelOptions): SemanticEncoder {
  return async (texts, work = {}) => {
    const { model: name, cacheFolder, maxTokens = 512 } = options;
    work.report?.({ type: 'note', text: `loading ${name}` });
    const { folder, config, weights } = await openBaseModel(name, { cacheFolder, ...work });
    const longest = Math.min(maxTokens, config.max_position_embeddings);
    const tokenize = await loadTokenizer(folder, config, longest).catch((error: unknown) => {
      weights.close();
      throw error;
    });
    const program = await compileEncoder(frozenModel(config, weights), longest).finally(() =>
      weights.close(),
    );
    const encode = async (batch: string[]): Promise<Matrix> => {
      const { mean } = await program.run(batchFeeds(batch.map(tokenize)));
      return createMatrix(batch.length, config.hidden_size, floats(mean));
    };
    try {
      return await fieldEncoder(encode, options)(texts, work);
    } finally {
      await program.dispose();
    }
  };
}

/** Token ids of a text, at most `longest`, with what the tokenizer itself puts before and after it. */
async function loadTokenizer(
  folder: string,
  config: LlamaConfig,
  longest: number,
): Promise<(text: string) => number[]> {
  const place = join(folder, 'tokenizer.json');
  const remedy = 'Give a model folder that also holds tokenizer.json and tokenizer_config.json.';
  const { AutoTokenizer } = await import('@huggingface/transformers');
  const tokenizer = await AutoTokenizer.from_pretrained(resolve(folder), { local_files_only: true }).catch(
    (cause: unknown) => {
      throw new UserError('embedding/tokenizer', `the tokenizer cannot be loaded: ${messageOf(cause)}`, {
        place,
        remedy,
        cause,
      });
    },
  );
  return (text) => {
    const ids = tokenizer.encode(text).slice(0, longest);
    const strange = ids.find((id) => !Number.isInteger(id) || id >= config.vocab_size);
    if (strange !== undefined)
      throw new UserError(
        'embedding/tokenizer',
        `gives the id ${strange}, the model knows ${config.vocab_size}`,
        {
          place,
          remedy: 'Take the tokenizer from the same model as the weights.',
        },
      );
    return ids;
  };
}

/** `mean` [B, 1, hidden] = `shares` [B, 1, T] times the hidden states [B, T, hidden]. */
function compileEncoder({ config, tensors }: TunableModel, longest: number): Promise<Program> {
  const { hidden } = runDecoder(config, tensors, {
    batch: 'B',
    length: 'T',
    embedded: tensors.embed(input('tokens', ['B*T'], 'int64')),
    positions: input('positions', ['B', 'T'], 'int64'),
    mask: input('mask', [1, 1, 1, 'T', 'T']),
    longest,
  });
  const states = reshape(hidden, ['B', 'T', config.hidden_size]);
  return compile('text encoder', { mean: matMul(input('shares', ['B', 1, 'T']), states) });
}

/** Padding stands on the right, where the causal mask hides it, and has no share in the mean. */
function batchFeeds(rows: number[][]): Record<string, TensorView> {
  const length = Math.max(1, ...rows.map((row) => row.length));
  const tokens = new BigInt64Array(rows.length * length);
  const positions = new BigInt64Array(rows.length * length);
  const shares = new Float32Array(rows.length * length);
  for (const [at, row] of rows.entries()) {
    for (let position = 0; position < length; position++)
      positions[at * length + position] = BigInt(position);
    for (const [position, id] of row.entries()) {
      tokens[at * length + position] = BigInt(id);
      shares[at * length + position] = 1 / row.length;
    }
  }
  const shape = [rows.length, length];
  return {
    tokens: { shape: [tokens.length], data: tokens },
    positions: { shape, data: positions },
    mask: causalMask(length),
    shares: { shape: [rows.length, 1, length], data: shares },
  };
}
