import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Figures } from './cases.ts';

/** How to get the peers that are written in Python; printed once where they are not there. */
const how =
  'Peers in PyTorch are left out: name a Python that has torch, transformers and peft by --python PATH, or its environment by EAGER_LLM_PEFT_ENV.';

/** The Python of the peers, or null where there is none; then it is said how to get one. */
export function peerPython(named: string | undefined, silent = false): string | null {
  const environment = process.env.EAGER_LLM_PEFT_ENV;
  const path = named ?? (environment ? join(environment, 'bin', 'python') : undefined);
  if (path && existsSync(path)) return path;
  if (!silent) console.error(how);
  return null;
}

/** Runs a script of `bench/peers/` on a file of settings; its last line is the figures. */
export async function runPeer(python: string, script: string, settings: string): Promise<Figures> {
  const file = join(import.meta.dirname, '..', 'peers', script);
  const { stdout } = await execa(python, [file, settings], {
    stderr: ['pipe', 'inherit'],
    env: { TRANSFORMERS_VERBOSITY: 'error', HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures;
}
