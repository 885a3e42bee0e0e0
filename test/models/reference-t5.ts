import type { WeightSource } from '../../orchestrator/models/model.ts';
import { decoderLayers, parseT5Config, type T5Config } from '../../orchestrator/models/t5/config.ts';
import {
  biasTensor,
  embeddingName,
  finalNormTensor,
  headName,
  normTensor,
  type Part,
  projectionTensor,
  type Stack,
  tensorSpecs,
} from '../../orchestrator/models/t5/tensors.ts';
import { dot, matVec, plus, type Row, softmaxRow } from './rows.ts';

/** A T5 that a reader could compute by hand, with much patience; few buckets, so that far positions share them. */
export function tinyT5Config(change: Partial<T5Config> = {}): T5Config {
  return parseT5Config(
    {
      model_type: 't5',
      vocab_size: 11,
      d_model: 16,
      d_kv: 5,
      d_ff: 24,
      num_layers: 2,
      num_decoder_layers: 3,
      num_heads: 4,
      relative_attention_num_buckets: 8,
      relative_attention_max_distance: 12,
      tie_word_embeddings: true,
      ...change,
    },
    'tiny',
  );
}

/** What a source is of: tokens, or rows that stand in their place. */
export type Given = readonly (number | Row)[];

/**
 * T5 written down plainly, one token after the other: logits [written + 1][vocabulary] behind the start token and each
 * token that was written so far, for a source.
 */
export function referenceT5Logits(
  config: T5Config,
  source: WeightSource,
  given: Given,
  written: readonly number[],
): Row[] {
  const model = readerOf(config, source);
  const encoded = runStack(config, model, 'encoder', given, null);
  const states = runStack(config, model, 'decoder', [config.decoder_start_token_id, ...written], encoded);
  const scale = config.tie_word_embeddings ? 1 / Math.sqrt(config.d_model) : 1;
  const head = config.tie_word_embeddings ? embeddingName : headName;
  return states.map((x) =>
    model.times(
      head,
      x.map((value) => value * scale),
    ),
  );
}

/** States of a source, behind the encoder's last norm. */
export function referenceT5States(config: T5Config, source: WeightSource, given: Given): Row[] {
  return runStack(config, readerOf(config, source), 'encoder', given, null);
}

/** Distances fall into buckets as section 2.1 of the paper says it, in numbers of double precision. */
export function plainBucket(distance: number, bothWays: boolean, config: T5Config): number {
  const buckets = config.relative_attention_num_buckets / (bothWays ? 2 : 1);
  const side = bothWays && distance > 0 ? buckets : 0;
  const away = bothWays ? Math.abs(distance) : Math.max(0, -distance);
  const exact = buckets / 2;
  if (away < exact) return side + away;
  const share = Math.log(away / exact) / Math.log(config.relative_attention_max_distance / exact);
  return side + Math.min(buckets - 1, exact + Math.floor(share * (buckets - exact)));
}

interface Reader {
  read(name: string): Float32Array;
  times(name: string, x: Row): Row;
  norm(name: string, x: Row): Row;
}

function readerOf(config: T5Config, source: WeightSource): Reader {
  const shapes = new Map(tensorSpecs(config).map(({ name, shape }) => [name, [...shape]]));
  const read = (name: string) => source.read(name, shapes.get(name)!);
  return {
    read,
    times: (name, x) => matVec(read(name), shapes.get(name)!, x),
    norm(name, x) {
      const weight = read(name);
      const scale = 1 / Math.sqrt(dot(x, x) / x.length + config.layer_norm_epsilon);
      return x.map((value, at) => value * scale * weight[at]);
    },
  };
}

function runStack(
  config: T5Config,
  model: Reader,
  stack: Stack,
  tokens: Given,
  encoded: Row[] | null,
): Row[] {
  const { d_model: width, num_heads: heads, d_kv: size } = config;
  const bothWays = stack === 'encoder';
  const table = model.read(embeddingName);
  const bias = model.read(biasTensor(stack));
  const biasOf = (from: number, to: number, head: number) =>
    bias[plainBucket(to - from, bothWays, config) * heads + head];
  const layers = bothWays ? config.num_layers : decoderLayers(config);
  let states = tokens.map((token) =>
    typeof token === 'number' ? [...table.subarray(token * width, (token + 1) * width)] : token,
  );
  for (let block = 0; block < layers; block++) {
    const project = (part: Part, name: string, x: Row) => {
      const y = model.times(projectionTensor(stack, block, part, name), x);
      return Array.from({ length: heads }, (_, head) => y.slice(head * size, (head + 1) * size));
    };
    const attend = (part: Part, keys: Row[], seen: (from: number) => number, added: typeof biasOf) => {
      const normed = states.map((x) => model.norm(normTensor(stack, block, part), x));
      const own = part === 'SelfAttention' ? normed : keys;
      const [k, v] = ['k', 'v'].map((name) => own.map((x) => project(part, name, x)));
      return normed.map((x, from) => {
        const q = project(part, 'q', x);
        const joined = q.flatMap((query, head) => {
          const scores = k
            .slice(0, seen(from))
            .map((key, to) => dot(query, key[head]) + added(from, to, head));
          const shares = softmaxRow(scores);
          return query.map((_, at) => shares.reduce((sum, share, to) => sum + share * v[to][head][at], 0));
        });
        return plus(states[from], model.times(projectionTensor(stack, block, part, 'o'), joined));
      });
    };
    states = attend('SelfAttention', [], (from) => (bothWays ? tokens.length : from + 1), biasOf);
    if (encoded)
      states = attend(
        'EncDecAttention',
        encoded,
        () => encoded.length,
        () => 0,
      );
    states = states.map((x) => {
      const part = 'DenseReluDense';
      const normed = model.norm(normTensor(stack, block, part), x);
      const inner = model
        .times(projectionTensor(stack, block, part, 'wi'), normed)
        .map((value) => Math.max(0, value));
      return plus(x, model.times(projectionTensor(stack, block, part, 'wo'), inner));
    });
  }
  return states.map((x) => model.norm(finalNormTensor(stack), x));
}
