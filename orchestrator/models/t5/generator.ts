import { floats } from '../../engine/floats.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import { type CompileOptions, compile, type Program, type TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import {
  nextPass,
  plantTree,
  promptResults,
  type TokenTree,
  type TreePass,
} from '../generation/token-tree.ts';
import type { Chain, Generator, PlantedTree } from '../generator.ts';
import type { SequenceModel } from '../model.ts';
import { decoderLayers, type T5Config } from './config.ts';
import { bucketOf } from './relative-positions.ts';
import { type SourceReader, tokenReader } from './source-reader.ts';
import { type KeyValue, runDecoder } from './stacks.ts';
import { targetFeeds } from './training-pass.ts';
import { wholePass } from './whole-pass.ts';

interface Programs {
  /** The encoder over prompts, and the decoder over what begins behind them. */
  prompt: Program;
  /** The decoder alone: keys and values of prompts and of earlier tokens are given. */
  beams: Program;
  /** Trained weights, to be fed to every run. */
  weights: Record<string, TensorView>;
}

/** Prompts are read by the encoder, once; trees grow behind the decoder's start token. */
export async function t5Generator(
  config: T5Config,
  model: SequenceModel,
  longest: number,
  options: CompileOptions = {},
  reader: SourceReader = tokenReader(config),
): Promise<Generator> {
  const program = (name: string, graph: Record<string, Value>) =>
    compile(name, graph, { spinning: false, ...options });
  const programs: Programs = {
    prompt: await program('prompt', promptGraph(config, model, reader)),
    beams: await program('beams', beamsGraph(config, model)),
    weights: model.store.valueViews,
  };
  const sizes = { layers: decoderLayers(config), heads: config.num_heads, headSize: config.d_kv };
  const run = async (
    prompts: readonly Int32Array[],
    continuations: readonly Int32Array[],
    headRows: TensorView,
    results?: Record<string, TensorView>,
  ) => {
    const written = continuations.map((tokens) => Int32Array.of(config.decoder_start_token_id, ...tokens));
    const source = reader.feeds(prompts);
    const target = targetFeeds(config, written);
    const places = written.flatMap((tokens, row) => Array.from(tokens, (_, at) => row * target.length + at));
    const outputs = await programs.prompt.run(
      {
        ...programs.weights,
        ...source.feeds,
        ...target.feeds,
        selected: { shape: [places.length], data: int64From(places) },
        head_rows: headRows,
      },
      results,
    );
    return { outputs, sourceMask: source.feeds.source_mask };
  };
  return {
    vocabularySize: config.vocab_size,
    longest,
    async plant(prompts, headRows, memory) {
      const tree = plantTree(sizes, new Int32Array(prompts.length).fill(1), 1, memory);
      const nothing = prompts.map(() => new Int32Array(0));
      const { outputs, sourceMask } = await run(prompts, nothing, headRows, promptResults(tree));
      const cross = Object.fromEntries(Object.entries(outputs).filter(([name]) => name.startsWith('cross.')));
      return {
        tree: plantedTree(config, programs, tree, { ...cross, source_mask: sourceMask }),
        logits: floats(outputs.logits),
      };
    },
    async follow(prompts, continuations, headRows) {
      const { outputs } = await run(prompts, continuations, headRows);
      return floats(outputs.logits);
    },
    dispose: async () => {
      await programs.prompt.dispose();
      await programs.beams.dispose();
    },
  };
}

function plantedTree(
  config: T5Config,
  programs: Programs,
  tree: TokenTree,
  source: Record<string, TensorView>,
): PlantedTree {
  return {
    async grow(chains, headRows, reserve) {
      const pass = nextPass(tree, chains, reserve);
      const { positions: _positions, mask, ...feeds } = pass.feeds;
      const [rows, , , length, seen] = mask.shape;
      const { logits } = await programs.beams.run(
        {
          ...programs.weights,
          ...source,
          ...feeds,
          mask: { shape: [rows, 1, length, seen], data: mask.data },
          buckets: bucketsOf(config, chains, pass, [rows, length, seen]),
          head_rows: headRows,
        },
        pass.results,
      );
      return { logits: floats(logits), columns: pass.columns };
    },
  };
}

/** [rows * length * seen]: from each new token to its ancestors and itself. What it must not see has any bucket. */
function bucketsOf(
  config: T5Config,
  chains: readonly Chain[],
  { past, firstPlaces }: TreePass,
  [rows, length, seen]: readonly number[],
): TensorView {
  const buckets = new Int32Array(rows * length * seen);
  for (const [index, { row, ancestors, tokens }] of chains.entries())
    for (let step = 0; step < tokens.length; step++) {
      const start = (row * length + firstPlaces[index] + step) * seen;
      const position = 1 + ancestors.length + step;
      const see = (column: number, at: number) => {
        buckets[start + column] = bucketOf(at - position, false, config);
      };
      see(0, 0);
      for (const [at, column] of ancestors.entries()) see(column, 1 + at);
      for (let own = 0; own <= step; own++) see(past + firstPlaces[index] + own, 1 + ancestors.length + own);
    }
  return { shape: [buckets.length], data: int64From(buckets) };
}

/** Results: `logits` [M, R] at the places `selected` [M], `fresh.key.l` and `.value.l` of the targets, `cross.…` of the sources. */
function promptGraph(
  config: T5Config,
  { tensors }: SequenceModel,
  reader: SourceReader,
): Record<string, Value> {
  const { states, layers, cross } = wholePass(config, tensors, reader, input('selected', ['M'], 'int64'));
  return {
    logits: tensors.logitsOf(states, input('head_rows', ['R'], 'int64')),
    ...named('fresh', layers),
    ...named('cross', cross),
  };
}

function beamsGraph(config: T5Config, { tensors }: SequenceModel): Record<string, Value> {
  const given = (prefix: string, length: string): KeyValue[] =>
    Array.from({ length: decoderLayers(config) }, (_, layer) => {
      const shape = ['B', config.num_heads, length, config.d_kv];
      return {
        key: input(`${prefix}key.${layer}`, shape),
        value: input(`${prefix}value.${layer}`, shape),
      };
    });
  const { states, layers } = runDecoder(config, tensors, {
    batch: 'B',
    length: 'T',
    seen: 'A',
    tokens: input('tokens', ['B*T'], 'int64'),
    buckets: input('buckets', ['B*T*A'], 'int64'),
    bucketRows: 'B',
    mask: input('mask', ['B', 1, 'T', 'A']),
    source: 'E',
    sourceMask: input('source_mask', ['B', 1, 1, 'E']),
    cross: given('cross.', 'E'),
    past: given('', 'P'),
    wanted: input('selected', ['M'], 'int64'),
  });
  return {
    logits: tensors.logitsOf(states, input('head_rows', ['R'], 'int64')),
    ...named('fresh', layers),
  };
}

function named(prefix: string, layers: readonly KeyValue[]): Record<string, Value> {
  return Object.fromEntries(
    layers.flatMap(({ key, value }, layer) => [
      [`${prefix}.key.${layer}`, key],
      [`${prefix}.value.${layer}`, value],
    ]),
  );
}
