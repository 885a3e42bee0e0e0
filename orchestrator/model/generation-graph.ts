import { input } from '../engine/graph.ts';
import { type CompileOptions, compile, type Program, type TensorView } from '../engine/program.ts';
import type { Value } from '../engine/types.ts';
import { headSizes, type LlamaConfig } from './config.ts';
import { type KeyValue, runDecoder } from './decoder.ts';
import type { TunableModel } from './model-tensors.ts';

/**
 * A pass over new tokens that may look at cached keys and values: the prompt of a user, or all beams of all users.
 * Feeds: `tokens` [B * T], `positions` [B, T], `mask` [B, 1, 1, T, S] with S = past + T, `selected` [M] flat
 * positions, `head_rows` [R] token ids; with a past also `key.l` and `value.l` [B, kv heads, P, head size].
 * Results: `logits` [M, R], and `key.l`, `value.l` of the new tokens under `fresh.`.
 */
export interface GenerationPrograms {
  /** Nothing is cached yet. */
  prompt: Program;
  /** Keys and values of earlier tokens are given. */
  beams: Program;
  /** Trained weights, to be fed to every run. */
  weights: Record<string, TensorView>;
  layers: number;
  /** Positions that can be fed: [0, longest). */
  longest: number;
  config: LlamaConfig;
  dispose(): Promise<void>;
}

export async function compileGeneration(
  model: TunableModel,
  longest: number,
  options: CompileOptions = {},
): Promise<GenerationPrograms> {
  const program = (name: string, cached: boolean) =>
    compile(name, generationGraph(model, longest, cached), { spinning: false, ...options });
  const prompt = await program('prompt', false);
  const beams = await program('beams', true);
  return {
    prompt,
    beams,
    weights: model.store.valueViews,
    layers: model.config.num_hidden_layers,
    longest,
    config: model.config,
    dispose: async () => {
      await prompt.dispose();
      await beams.dispose();
    },
  };
}

function generationGraph(model: TunableModel, longest: number, cached: boolean): Record<string, Value> {
  const { config, tensors } = model;
  const { keyValueHeads, headSize } = headSizes(config);
  const cache = (name: string) => input(name, ['B', keyValueHeads, 'P', headSize]);
  const past = Array.from(
    { length: cached ? config.num_hidden_layers : 0 },
    (_, layer): KeyValue => ({
      key: cache(`key.${layer}`),
      value: cache(`value.${layer}`),
    }),
  );
  const seen = cached ? 'S' : 'T';
  const { hidden, layers } = runDecoder(config, tensors, {
    batch: 'B',
    length: 'T',
    embedded: tensors.embed(input('tokens', ['B*T'], 'int64')),
    positions: input('positions', ['B', 'T'], 'int64'),
    mask: input('mask', ['B', 1, 1, 'T', seen]),
    longest,
    wanted: input('selected', ['M'], 'int64'),
    ...(cached ? { past: { layers: past, seen } } : {}),
  });
  const outputs: Record<string, Value> = {
    logits: tensors.logitsOf(hidden, input('head_rows', ['R'], 'int64')),
  };
  for (const [layer, { key, value }] of layers.entries()) {
    outputs[`fresh.key.${layer}`] = key;
    outputs[`fresh.value.${layer}`] = value;
  }
  return outputs;
}
