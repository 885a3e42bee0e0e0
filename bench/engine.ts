/**
 * Speed of a training step: GFLOP/s of its linear layers, which is their arithmetic divided by the time of the whole
 * step (dropout, attention, losses and AdamW included), beside a plain MatMul of the same runtime as the ceiling.
 * Each case runs in a process of its own, so that its peak memory is its own.
 *
 *   npm run bench -- engine
 *   npm run bench -- engine --case full-192 --profile
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantiseRate } from '../orchestrator/engine/dropout.ts';
import { matMul } from '../orchestrator/engine/functions.ts';
import { input } from '../orchestrator/engine/graph.ts';
import { initAdamW, updateAdamW } from '../orchestrator/engine/optimisers/adamw.ts';
import { compile } from '../orchestrator/engine/program.ts';
import { compileTraining } from '../orchestrator/engine/training-program.ts';
import type { QuantizationBits } from '../orchestrator/engine/types.ts';
import { initialWeights } from '../orchestrator/models/checkpoint.ts';
import { type LlamaConfig, parseLlamaConfig } from '../orchestrator/models/llama/config.ts';
import { llama } from '../orchestrator/models/llama/llama.ts';
import {
  type ProjectionName,
  projectionNames,
  projectionTensor,
  tensorSpecs,
} from '../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../orchestrator/models/lora.ts';
import { fullModel } from '../orchestrator/models/model-tensors.ts';
import type { Example } from '../orchestrator/shared/example.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { createDropoutFeeds } from '../orchestrator/training/dropout-feeds.ts';
import { lossGraph } from '../orchestrator/training/loss-graph.ts';
import { nextToken } from '../orchestrator/training/objectives/next-token.ts';
import { type Figures, rounded, runCases, show } from './support/cases.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

interface StepCase {
  hidden_size: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  intermediate_size: number;
  tuning: 'lora' | 'full';
  quantization_bit?: QuantizationBits;
  rows: number;
  length: number;
  dropout: number;
}

const small = { num_attention_heads: 3, num_key_value_heads: 3, tuning: 'full', dropout: 0.1 } as const;
const lora: StepCase = {
  hidden_size: 576,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  intermediate_size: 1536,
  tuning: 'lora',
  rows: 8,
  length: 128,
  dropout: 0,
};
const cases: Record<string, StepCase> = {
  lora,
  'full-192': { ...small, hidden_size: 192, intermediate_size: 512, rows: 64, length: 32 },
  'full-384': {
    ...small,
    hidden_size: 384,
    intermediate_size: 1024,
    num_attention_heads: 6,
    num_key_value_heads: 6,
    rows: 64,
    length: 32,
  },
  'qlora-8': { ...lora, quantization_bit: 8 },
  'qlora-4': { ...lora, quantization_bit: 4 },
};
const plainTokens = 1024;
const codeTokens = 1024;
const layers = 4;
const seed = 1;
const afterAttention: readonly ProjectionName[] = ['o_proj', 'gate_proj', 'up_proj', 'down_proj'];

const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: ['--seconds', flags.seconds],
  cases: {
    matmul: measureMatMul,
    ...Object.fromEntries(Object.entries(cases).map(([name, step]) => [name, () => measureStep(step)])),
  },
});
if (rows) {
  const [matmul_gflops, lora_step_gflops, full_step_gflops_192, full_step_gflops_384] = rows.map((row) =>
    Number(row.gflops),
  );
  show(
    rows.map((row) => ({ ...row, of_ceiling: rounded(Number(row.gflops) / matmul_gflops) })),
    flags.json,
    { matmul_gflops, lora_step_gflops, full_step_gflops_192, full_step_gflops_384 },
  );
}

/** [2048, 576] x [576, 1536]: what the runtime reaches on a product that hides all of its own costs. */
async function measureMatMul(): Promise<Figures> {
  const [m, k, n] = [2048, 576, 1536];
  const program = await compile('ceiling', { y: matMul(input('a', [m, k]), input('b', [k, n])) });
  const a = { shape: [m, k], data: new Float32Array(m * k).fill(0.5) };
  const b = { shape: [k, n], data: new Float32Array(k * n).fill(0.5) };
  const into = { y: { shape: [m, n], data: new Float32Array(m * n) } };
  const seconds = await median(() => program.run({ a, b }, into));
  await program.dispose();
  return { gflops: rounded((2 * m * k * n) / seconds / 1e9), ms: rounded(seconds * 1000) };
}

async function measureStep(step: StepCase): Promise<Figures> {
  const config = parseLlamaConfig(
    {
      model_type: 'llama',
      tie_word_embeddings: true,
      vocab_size: plainTokens + codeTokens,
      num_hidden_layers: layers,
      ...step,
    },
    'bench',
  );
  const started = performance.now();
  const weights = initialWeights(llama(config), seed);
  const model =
    step.tuning === 'full'
      ? fullModel(llama(config), weights)
      : loraModel(llama(config), weights, {
          lora_r: 8,
          lora_alpha: 16,
          lora_target_modules: projectionNames,
          firstNewToken: plainTokens,
          seed,
          ...(step.quantization_bit ? { quantization_bit: step.quantization_bit } : {}),
        });
  const graph = lossGraph(model, [nextToken()], {
    longest: step.length,
    dropout: quantiseRate(step.dropout),
    adapterDropout: 0,
  });
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-bench-'));
  const profilePrefix = flags.profile ? join(folder, 'profile') : undefined;
  const program = await compileTraining('training', graph.loss, model.store, {
    ...model.training,
    profilePrefix,
  });
  const loadSeconds = (performance.now() - started) / 1000;
  const adamw = initAdamW(model.store);
  const random = createRandom(seed, 'bench');
  const drawDropout = createDropoutFeeds(graph.sites);
  const tokens = step.rows * step.length;
  const { feeds, counts } = graph.feeds(examplesOf(step), [tokens / 2], (name) => createRandom(seed, name));
  const losses: number[] = [];
  const seconds = await median(async () => {
    Object.assign(feeds, drawDropout(counts, random));
    losses.push(await program.accumulate(feeds, true));
    updateAdamW(model.store, adamw, { learningRate: 1e-3, weightDecay: 0.1, maxGradNorm: 1 });
  });
  program.endProfiling();
  await program.dispose();
  if (flags.profile) printProfile(folder);
  rmSync(folder, { recursive: true });
  return {
    gflops: rounded(linearFlops(config, step) / seconds / 1e9),
    ms: rounded(seconds * 1000),
    tokens_per_s: Math.round(tokens / seconds),
    load_s: rounded(loadSeconds),
    // What rounding the weights costs can be seen here: all cases of one shape start alike.
    loss_at_15: Number(losses[15].toFixed(4)),
    trained_mb: rounded((model.store.values.byteLength * 4) / 2 ** 20),
  };
}

/** Every second position is learned, over the whole vocabulary; the last token is only ever a target. */
function examplesOf({ rows, length }: StepCase): Example[] {
  const random = createRandom(seed, 'tokens');
  return Array.from({ length: rows }, () => ({
    task: 'bench',
    source: new Int32Array(0),
    target: Int32Array.from({ length: length + 1 }, () => random.integer(plainTokens + codeTokens)),
    weights: Float32Array.from({ length: length + 1 }, (_, at) => at % 2),
    summaries: [],
  }));
}

/** Of one step: forward and input gradient of each projection and of the head, weight gradients where they are trained. */
function linearFlops(config: LlamaConfig, { rows, length, tuning }: StepCase): number {
  const tokens = rows * length;
  // Behind the last attention, only states that are learned from are computed: every second one.
  const shapes = new Map(tensorSpecs(config).map(({ name, shape }) => [name, shape]));
  const body = projectionNames.reduce((sum, name) => {
    const [out, width] = shapes.get(projectionTensor(0, name))!;
    const inLast = afterAttention.includes(name) ? tokens / 2 : tokens;
    return sum + out * width * (tokens * (layers - 1) + inLast);
  }, 0);
  const head = (tokens / 2) * config.vocab_size * config.hidden_size;
  return tuning === 'full' ? 6 * (body + head) : 4 * (body + head);
}

async function median(step: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 3; warm++) await step();
  const times: number[] = [];
  const end = performance.now() + 1000 * Number(flags.seconds);
  while (times.length < 16 || performance.now() < end) {
    const started = performance.now();
    await step();
    times.push((performance.now() - started) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** The runtime's own profile: time by kind of node, with the shapes that take most of it. */
function printProfile(folder: string): void {
  interface Event {
    cat: string;
    name: string;
    dur: number;
    args?: { op_name?: string; output_type_shape?: unknown };
  }
  const [file] = readdirSync(folder);
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Event[];
  const sums = new Map<string, { us: number; nodes: number }>();
  let total = 0;
  for (const { cat, name, dur, args } of events) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time') || !args?.op_name) continue;
    const shapes = JSON.stringify(args.output_type_shape ?? '').replaceAll(/[^\d[\],]/g, '');
    const key = `${args.op_name} ${shapes.slice(0, 40)}`;
    const sum = sums.get(key) ?? { us: 0, nodes: 0 };
    sums.set(key, { us: sum.us + dur, nodes: sum.nodes + 1 });
    total += dur;
  }
  const largest = [...sums].sort(([, a], [, b]) => b.us - a.us).slice(0, 40);
  for (const [key, { us, nodes }] of largest)
    console.error(
      `${((100 * us) / total).toFixed(1).padStart(5)}%  ${String(nodes).padStart(6)} runs  ${key}`,
    );
}
