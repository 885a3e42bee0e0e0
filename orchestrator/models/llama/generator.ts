import { floats } from '../../engine/floats.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import { type CompileOptions, compile, type Program, type TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { padRows } from '../generation/padded-rows.ts';
import { nextPass, plantTree, promptResults, type TokenTree } from '../generation/token-tree.ts';
import type { Generator, PlantedTree } from '../generator.ts';
import type { SequenceModel } from '../model.ts';
import { headSizes, type LlamaConfig } from './config.ts';
import { type KeyValue, runDecoder } from './decoder.ts';
import { causalMask, positionsOf } from './training-pass.ts';

/** Passes over new tokens that may look at cached keys and values. */
interface Programs {
  /** Nothing is cached yet. */
  prompt: Program;
  /** Keys and values of earlier tokens are given: all beams of all users. */
  beams: Program;
  /** Trained weights, to be fed to every run. */
  weights: Record<string, TensorView>;
}

export async function llamaGenerator(
  config: LlamaConfig,
  model: SequenceModel,
  longest: number,
  options: CompileOptions = {},
): Promise<Generator> {
  const program = (name: string, cached: boolean) =>
    compile(name, generationGraph(config, model, longest, cached), { spinning: false, ...options });
  const programs: Programs = {
    prompt: await program('prompt', false),
    beams: await program('beams', true),
    weights: model.store.valueViews,
  };
  const { keyValueHeads: heads, headSize } = headSizes(config);
  const sizes = { layers: config.num_hidden_layers, heads, headSize };
  return {
    vocabularySize: config.vocab_size,
    longest,
    async plant(prompts, headRows, memory) {
      const lengths = Int32Array.from(prompts, ({ length }) => length);
      const { feeds, length } = promptFeeds(prompts);
      const tree = plantTree(sizes, lengths, length, memory);
      const last = lengths.map((own, row) => row * length + own - 1);
      const logits = await runPrompt(programs, feeds, last, headRows, promptResults(tree));
      return { tree: plantedTree(programs, tree), logits };
    },
    follow(prompts, continuations, headRows) {
      const rows = prompts.map((prompt, row) => Int32Array.of(...prompt, ...continuations[row]));
      const { feeds, length } = promptFeeds(rows);
      const places = rows.flatMap((row, at) => {
        const first = prompts[at].length - 1;
        return Array.from({ length: row.length - first }, (_, step) => at * length + first + step);
      });
      return runPrompt(programs, feeds, Int32Array.from(places), headRows);
    },
    dispose: async () => {
      await programs.prompt.dispose();
      await programs.beams.dispose();
    },
  };
}

function plantedTree(programs: Programs, tree: TokenTree): PlantedTree {
  return {
    async grow(chains, headRows, reserve) {
      const { feeds, results, columns } = nextPass(tree, chains, reserve);
      const { logits } = await programs.beams.run(
        { ...programs.weights, ...feeds, head_rows: headRows },
        results,
      );
      return { logits: floats(logits), columns };
    },
  };
}

async function runPrompt(
  { prompt, weights }: Programs,
  feeds: Record<string, TensorView>,
  selected: Int32Array,
  headRows: TensorView,
  results: Record<string, TensorView> = {},
): Promise<Float32Array> {
  const { logits } = await prompt.run(
    {
      ...weights,
      ...feeds,
      selected: { shape: [selected.length], data: int64From(selected) },
      head_rows: headRows,
    },
    results,
  );
  return floats(logits);
}

/** One causal mask fits all rows. */
function promptFeeds(rows: readonly Int32Array[]): { feeds: Record<string, TensorView>; length: number } {
  const { tokens, length } = padRows(rows);
  return {
    feeds: {
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      positions: positionsOf(rows.length, length),
      mask: causalMask(length),
    },
    length,
  };
}

/**
 * Feeds: `tokens` [B * T], `positions` [B, T], `mask` [B, 1, 1, T, S] with S = past + T ([1, 1, 1, T, T] without a past: one fits all rows), `selected` [M] flat
 * positions, `head_rows` [R] token ids; with a past also `key.l` and `value.l` [B, kv heads, P, head size].
 * Results: `logits` [M, R], and `key.l`, `value.l` of the new tokens under `fresh.`.
 */
function generationGraph(
  config: LlamaConfig,
  { tensors }: SequenceModel,
  longest: number,
  cached: boolean,
): Record<string, Value> {
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
    mask: input('mask', [cached ? 'B' : 1, 1, 1, 'T', seen]),
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
