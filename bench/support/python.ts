import { join } from 'node:path';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { Figures } from './cases.ts';

/** The Python of the peers, or null where there is none; then one line says how to get it. */
export function peerPython(named: string | undefined, silent = false): string | null {
  try {
    return findPython(named ?? null);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!silent)
      console.error(
        `Peers in PyTorch are left out. npx eager-llm setup peft gets them, or --python PATH names one.`,
      );
    return null;
  }
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
