import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { formatBytes } from '../../shared/format.ts';
import { packageRoot } from '../../shared/package-root.ts';

export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
  remedy?: string;
}

const neededMemory = 3e9;
const neededDisk = 1e9;
const reinstall = 'Install again: rm -rf node_modules && npm ci.';

/** Checks everything that a run needs from the machine, by really doing what a run does. */
export async function examineMachine(runsFolder: string): Promise<Finding[]> {
  return [
    examineNode(),
    await examine('onnxruntime-node', multiplyMatrices, reinstall),
    await examine('duckdb', queryDuckdb, reinstall),
    await examine('tokenizers', loadTokenizers, reinstall),
    examineMemory(),
    examineFolder(runsFolder),
    await examinePeft(),
  ];
}

function examineNode(): Finding {
  const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const needed = String(engines.node).replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  return {
    name: 'node',
    ok: major > neededMajor || (major === neededMajor && minor >= neededMinor),
    detail: `${process.versions.node} (needed: ${needed} or later)`,
    remedy: `Install Node ${neededMajor} or later.`,
  };
}

/** Optional: it may be missing, but must not be broken. */
async function examinePeft(): Promise<Finding> {
  const { describePython, findPython } = await import('../../launch/python-environment.ts');
  const name = 'engine: peft';
  let python: string;
  try {
    python = findPython(null);
  } catch {
    return {
      name,
      ok: true,
      detail: 'not set up (npx eager-llm setup peft creates it; only needed for PyTorch)',
    };
  }
  return examine(
    name,
    async () => {
      const { packages, cuda, gpus, bfloat16 } = await describePython(python);
      const device = gpus.length > 0 ? `${gpus.join(', ')}, CUDA ${cuda}, bfloat16 ${bfloat16}` : 'no GPU';
      const found = ['torch', 'transformers', 'peft', 'deepspeed'].filter((name) => packages[name]);
      return `${found.map((name) => `${name} ${packages[name]}`).join(', ')}; ${device}`;
    },
    'Rebuild it: npx eager-llm setup peft --anew.',
  );
}

async function examine(name: string, check: () => Promise<string>, remedy: string): Promise<Finding> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: messageOf(error), remedy };
  }
}

/** Through the project's own engine: graph, ONNX, runtime. */
async function multiplyMatrices(): Promise<string> {
  const { compile } = await import('../../engine/program.ts');
  const { input } = await import('../../engine/graph.ts');
  const { matMul } = await import('../../engine/functions.ts');
  const a = input('a', [2, 3]);
  const b = input('b', [3, 2]);
  const program = await compile('doctor', { product: matMul(a, b) }, { threads: 1 });
  const { product } = await program.run({
    a: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    b: { shape: [3, 2], data: Float32Array.of(1, 0, 0, 1, 1, 1) },
  });
  await program.dispose();
  const got = [...product.data].join(' ');
  if (got !== '4 5 10 11') throw new Error(`multiplies wrongly: expected 4 5 10 11, got ${got}`);
  return 'multiplies matrices';
}

async function queryDuckdb(): Promise<string> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('select version()');
  connection.closeSync();
  instance.closeSync();
  return `version ${reader.getRows()[0][0]}`;
}

async function loadTokenizers(): Promise<string> {
  const { Tokenizer } = await import('tokenizers');
  if (typeof Tokenizer !== 'function') throw new Error('has no Tokenizer');
  return 'loads';
}

function examineMemory(): Finding {
  return {
    name: 'memory',
    ok: totalmem() >= neededMemory,
    detail: `${formatBytes(freemem())} free of ${formatBytes(totalmem())} (needed: ${formatBytes(neededMemory)})`,
    remedy: 'Use smaller models: lower micro_batch_tokens and the sizes of the model.',
  };
}

function examineFolder(folder: string): Finding {
  let existing = resolve(folder);
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    return {
      name: 'runs folder',
      ok: false,
      detail: `${existing} cannot be written`,
      remedy: 'Choose another one: --runs-dir DIR.',
    };
  }
  const { bavail, bsize } = statfsSync(existing);
  return {
    name: 'runs folder',
    ok: bavail * bsize >= neededDisk,
    detail: `${formatBytes(bavail * bsize)} free in ${existing} (needed: ${formatBytes(neededDisk)})`,
    remedy: 'Delete old runs (eager-llm runs ls shows their sizes), or choose --runs-dir DIR.',
  };
}
