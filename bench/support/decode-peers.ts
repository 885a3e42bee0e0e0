import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { saveModelConfig } from '../../orchestrator/models/registry.ts';
import { writeJson } from '../../orchestrator/storage/json-file.ts';
import { type Figures, rounded } from './cases.ts';
import { runPeer } from './python.ts';

export interface PeerQuestion {
  config: LlamaConfig;
  weights: WeightSource;
  /** Token ids of every code. */
  codes: number[][];
  prompts: Int32Array[];
  beams: number;
  /** Token ids of the code that our own decoder puts first for each prompt. */
  ourFirst: number[][];
}

/** The same prompts to transformers.generate, where there is a Python, and to @xenova/transformers. */
export async function askPeers(question: PeerQuestion, python: string | null): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-bench-'));
  try {
    const settings = join(folder, 'settings.json');
    writeJson(settings, {
      model: join(folder, 'model'),
      onnx: join(folder, 'onnx'),
      codes: question.codes,
      prompts: question.prompts.map((prompt) => [...prompt]),
      levels: question.codes[0].length,
      beams: question.beams,
      threads: availableParallelism(),
    });
    return {
      ...(python ? await askGenerate(question, folder, python, settings) : {}),
      ...(await askXenova(question, folder, settings)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askGenerate(
  { config, weights, ourFirst }: PeerQuestion,
  folder: string,
  python: string,
  settings: string,
): Promise<Figures> {
  saveCheckpoint(join(folder, 'model'), llama(config), weights);
  const { users_per_s, first, peak_mb } = await runPeer(python, 'generate.py', settings);
  const theirs = first as unknown as number[][];
  const equal = theirs.filter((code, at) => code.join() === ourFirst[at].join()).length;
  return {
    generate_users_per_s: rounded(Number(users_per_s)),
    generate_peak_mb: peak_mb,
    generate_same_first: rounded(equal / theirs.length),
  };
}

async function askXenova(
  { config, weights }: PeerQuestion,
  folder: string,
  settings: string,
): Promise<Figures> {
  const onnx = join(folder, 'onnx');
  mkdirSync(join(onnx, 'onnx'), { recursive: true });
  saveModelConfig(onnx, llama(config));
  llama(config).writeOnnx?.(join(onnx, 'onnx'), weights);
  const script = join(import.meta.dirname, '..', 'peers', 'generate-xenova.mjs');
  const { stdout, failed, stderr } = await execa(process.execPath, [script, settings], { reject: false });
  if (failed) {
    console.error(`@xenova/transformers cannot run this model: ${stderr.trim().split('\n').at(-1)}`);
    return {};
  }
  const { users_per_s } = JSON.parse(stdout) as { users_per_s: number };
  return { xenova_users_per_s: rounded(users_per_s) };
}
