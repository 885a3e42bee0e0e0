/**
 * The same LoRA steps by the Node engine, as it is and with gradient checkpointing, and by PyTorch with PEFT, in float32
 * and, where the processor computes in it, in bfloat16: tokens a second, peak memory of the process, and the loss at the
 * end, which shows that it was the same work. Weights, rows and first adapter are drawn once and written in Hugging
 * Face's and PEFT's forms for both.
 *
 *   npm run bench -- train
 *   npm run bench -- train --case "beauty, node" --steps 20
 *   npm run bench -- train --python path/to/python --smollm2 models/smollm2-135m
 *   npm run bench -- train --rate 0.00001
 *
 * "Disturbed" is the Node engine again, its first adapter changed in the last bit. Where its losses part from those of the
 * same engine as far as PyTorch's do, what parts the engines is rounding that grows.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { initAdamW, updateAdamW } from '../orchestrator/engine/optimisers/adamw.ts';
import { compileTraining } from '../orchestrator/engine/training-program.ts';
import { saveAdapter } from '../orchestrator/models/adapter.ts';
import {
  initialWeights,
  openCheckpoint,
  saveCheckpoint,
  withAddedRows,
} from '../orchestrator/models/checkpoint.ts';
import { type LlamaConfig, parseLlamaConfig } from '../orchestrator/models/llama/config.ts';
import { llama } from '../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../orchestrator/models/llama/tensors.ts';
import { loadAdapter } from '../orchestrator/models/load-adapter.ts';
import { loraModel } from '../orchestrator/models/lora.ts';
import { readModel } from '../orchestrator/models/registry.ts';
import type { Example } from '../orchestrator/shared/example.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { writeJson } from '../orchestrator/storage/json-file.ts';
import { readSafetensors, writeSafetensors } from '../orchestrator/storage/safetensors.ts';
import { lossGraph } from '../orchestrator/training/loss-graph.ts';
import { nextToken } from '../orchestrator/training/objectives/next-token.ts';
import { type Figures, rounded, runCases, show } from './support/cases.ts';
import { peerPython, runPeer } from './support/python.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    steps: { type: 'string', default: '12' },
    rate: { type: 'string', default: '0.001' },
    python: { type: 'string' },
    /** A folder with the pretrained SmolLM2-135M; by default its shape with random weights. */
    smollm2: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

interface Shape {
  config: Partial<LlamaConfig>;
  plainTokens: number;
  codeTokens: number;
  rows: number;
  length: number;
}

const shapes: Record<string, Shape> = {
  // As in recipes/beauty.yaml.
  beauty: {
    config: {
      hidden_size: 192,
      intermediate_size: 512,
      num_hidden_layers: 4,
      num_attention_heads: 3,
      num_key_value_heads: 3,
    },
    plainTokens: 1024,
    codeTokens: 4608,
    rows: 16,
    length: 64,
  },
  'smollm2-135m': {
    config: {
      hidden_size: 576,
      intermediate_size: 1536,
      num_hidden_layers: 30,
      num_attention_heads: 9,
      num_key_value_heads: 3,
      rope_theta: 100_000,
      rms_norm_eps: 1e-5,
    },
    plainTokens: 49_152,
    codeTokens: 4608,
    rows: 8,
    length: 64,
  },
};
const lora = { lora_r: 8, lora_alpha: 32, lora_target_modules: projectionNames, seed: 1 };
const adamw = {
  learning_rate: Number(flags.rate),
  weight_decay: 0.01,
  beta1: 0.9,
  beta2: 0.98,
  max_grad_norm: 1,
};
const warmup = 3;
const steps = Math.max(Number(flags.steps), warmup + 1);
const seed = 1;

const python = peerPython(flags.python, flags.case !== undefined);
const dtypes = python ? ['float32', ...(computesInBfloat16() ? ['bfloat16'] : [])] : [];
const args = ['python', 'smollm2', 'steps', 'rate'].flatMap((name) => {
  const value = flags[name as 'python'];
  return value === undefined ? [] : [`--${name}`, value];
});
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args,
  cases: Object.fromEntries(
    Object.keys(shapes).flatMap((name): [string, () => Promise<Figures>][] => [
      [`${name}, node`, () => prepared(name, (folder) => trainInNode(folder))],
      [
        `${name}, node checkpointed`,
        () => prepared(name, (folder) => trainInNode(folder, { gradient_checkpointing: true })),
      ],
      [`${name}, node disturbed`, () => prepared(name, (folder) => trainInNode(folder, { disturbed: true }))],
      ...dtypes.map((dtype): [string, () => Promise<Figures>] => [
        `${name}, torch ${dtype}`,
        () => prepared(name, (folder) => trainInTorch(folder, dtype)),
      ]),
    ]),
  ),
});
if (rows) show(rows.map(besideTorch), flags.json);

/** A base, an adapter that says nothing yet, and the rows of every step, in a folder that goes when it was used. */
async function prepared(name: string, measure: (folder: string) => Promise<Figures>): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-bench-'));
  try {
    prepare(shapes[name], name === 'beauty' ? undefined : flags.smollm2, folder);
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepare(
  { config: sizes, plainTokens, codeTokens, rows, length }: Shape,
  from: string | undefined,
  folder: string,
): void {
  const own = from
    ? readModel(from)
    : llama(
        parseLlamaConfig(
          { model_type: 'llama', tie_word_embeddings: true, vocab_size: plainTokens, ...sizes },
          'bench',
        ),
      );
  const definition = own.withVocabulary(plainTokens + codeTokens);
  const checkpoint = from ? openCheckpoint(from) : null;
  const random = createRandom(seed, 'rows of codes');
  const weights = withAddedRows(
    checkpoint ?? initialWeights(own, seed),
    definition,
    plainTokens,
    plainTokens,
    () => Float32Array.from({ length: codeTokens * definition.hiddenSize }, () => 0.02 * random.normal()),
  );
  saveCheckpoint(join(folder, 'base'), definition, weights);
  const options = { ...lora, firstNewToken: plainTokens };
  const { store } = loraModel(definition, weights, options);
  saveAdapter(join(folder, 'adapter'), definition, store, {
    ...options,
    lora_dropout: 0,
    base_model_name_or_path: join(folder, 'base'),
  });
  checkpoint?.close();
  // Few codes, so that there is something to learn in a dozen steps.
  const draw = createRandom(seed, 'tokens');
  const tokens = Int32Array.from({ length: steps * rows * length }, () => plainTokens + draw.integer(64));
  writeSafetensors(join(folder, 'rows.safetensors'), {
    tokens: { shape: [steps, rows, length], data: tokens },
  });
}

async function trainInNode(
  folder: string,
  { gradient_checkpointing = false, disturbed = false } = {},
): Promise<Figures> {
  const started = performance.now();
  const definition = readModel(join(folder, 'base'));
  const base = openCheckpoint(join(folder, 'base'));
  const { model } = loadAdapter(join(folder, 'adapter'), definition, base, {
    seed: 0,
    gradient_checkpointing,
  });
  if (disturbed) disturb(model.store.values);
  const { tokens } = readSafetensors(join(folder, 'rows.safetensors'));
  const [, rows, length] = tokens.shape;
  const graph = lossGraph(model, [nextToken()], { longest: length, dropout: 0, adapterDropout: 0 });
  const program = await compileTraining('training', graph.loss, model.store, model.training);
  base.close();
  const load = (performance.now() - started) / 1000;
  const state = initAdamW(model.store);
  const losses: number[] = [];
  const seconds: number[] = [];
  for (let step = 0; step < steps; step++) {
    const ids = (tokens.data as Int32Array).subarray(step * rows * length, (step + 1) * rows * length);
    const begun = performance.now();
    const examples = examplesOf(ids, rows, length);
    const { feeds } = graph.feeds(examples, [rows * (length - 1)], (name) => createRandom(0, name));
    losses.push(await program.accumulate(feeds, true));
    updateAdamW(model.store, state, {
      learningRate: adamw.learning_rate,
      weightDecay: adamw.weight_decay,
      beta1: adamw.beta1,
      beta2: adamw.beta2,
      maxGradNorm: adamw.max_grad_norm,
    });
    seconds.push((performance.now() - begun) / 1000);
  }
  await program.dispose();
  const timed = seconds.slice(warmup).sort((a, b) => a - b);
  const median = (timed[(timed.length - 1) >> 1] + timed[timed.length >> 1]) / 2;
  return {
    tokens_per_s: rounded((rows * length) / median),
    step_ms: rounded(1000 * median),
    first_loss: Number(losses[0].toFixed(4)),
    final_loss: Number(losses[steps - 1].toFixed(4)),
    load_s: rounded(load),
  };
}

/** By about as much as one number in float32 differs from the next. */
function disturb(values: Float32Array): void {
  const random = createRandom(seed, 'disturbed');
  for (let at = 0; at < values.length; at++) values[at] *= 1 + 1e-7 * random.normal();
}

/** Every token but a row's first is learned, from all tokens of the vocabulary. */
function examplesOf(ids: Int32Array, rows: number, length: number): Example[] {
  return Array.from({ length: rows }, (_, row) => ({
    task: 'bench',
    source: new Int32Array(0),
    target: ids.subarray(row * length, (row + 1) * length),
    weights: new Float32Array(length).fill(1),
    summaries: [],
  }));
}

async function trainInTorch(folder: string, dtype: string): Promise<Figures> {
  const settings = join(folder, 'settings.json');
  writeJson(settings, {
    ...adamw,
    base: join(folder, 'base'),
    adapter: join(folder, 'adapter'),
    rows: join(folder, 'rows.safetensors'),
    dtype,
    warmup,
    threads: availableParallelism(),
  });
  return runPeer(python!, 'train_lora.py', settings);
}

/** Speed and memory of the Node engine as multiples of the peer's: as it is, and with gradient checkpointing. */
function besideTorch(row: Figures, _at: number, all: Figures[]): Figures {
  const [model, engine] = String(row.case).split(', ');
  if (!engine.startsWith('torch')) return row;
  const beside = (name: string, figure: 'tokens_per_s' | 'peak_mb') => {
    const own = all.find((each) => each.case === `${model}, ${name}`);
    return rounded(Number(own?.[figure]) / Number(row[figure]));
  };
  return {
    ...row,
    node_speed: beside('node', 'tokens_per_s'),
    node_memory: beside('node', 'peak_mb'),
    checkpointed_speed: beside('node checkpointed', 'tokens_per_s'),
    checkpointed_memory: beside('node checkpointed', 'peak_mb'),
  };
}

/** Without such instructions PyTorch computes in bfloat16 too, and is slower than in float32. */
function computesInBfloat16(): boolean {
  return (
    existsSync('/proc/cpuinfo') && /\b(avx512_bf16|amx_bf16)\b/.test(readFileSync('/proc/cpuinfo', 'utf8'))
  );
}
