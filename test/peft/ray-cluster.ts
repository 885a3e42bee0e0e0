import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { findRay } from '../../orchestrator/launch/ray-program.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';

/** A cluster of two cores that is there before a command, and goes on without it. */
export interface RayCluster {
  address: string;
  /** For commands that join it. */
  env: Record<string, string>;
  isThere(): boolean;
  end(): Promise<void>;
}

export async function startRayCluster(t: ExecutionContext): Promise<RayCluster> {
  // Between the look for a free port and Ray's taking it lie seconds, in which another process may have it.
  for (let tries = 1; ; tries++)
    try {
      return await startOn(await freePort(), t);
    } catch (error) {
      if (tries === 3) throw error;
      t.log(`once more, on another port: ${error instanceof Error ? error.message : error}`);
    }
}

async function startOn(port: number, t: ExecutionContext): Promise<RayCluster> {
  const env = {
    RAY_USAGE_STATS_ENABLED: '0',
    RAY_AUTH_MODE: 'token',
    RAY_AUTH_TOKEN: 'a'.repeat(64),
    // Keeps to the loopback address.
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
  };
  const script = 'from ray.scripts.scripts import main; main()';
  const head = ['start', '--head', '--block', '--num-cpus=2', `--port=${port}`, '--include-dashboard=false'];
  const own = ['--node-ip-address=127.0.0.1', `--temp-dir=${temporaryFolder(t)}`];
  const cluster = execa(findRay(), ['-c', script, ...head, ...own], {
    env,
    reject: false,
    detached: true,
    all: true,
  });
  let said = '';
  cluster.all.on('data', (text) => (said += text));
  const end = async () => {
    try {
      process.kill(-(cluster.pid as number), 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
    await cluster;
  };
  try {
    await waitUntil(() => said.includes('Ray runtime started'), { during: cluster, patience: 120_000 });
  } catch (error) {
    await end();
    throw error;
  }
  return {
    address: `127.0.0.1:${port}`,
    env,
    isThere: () => process.kill(cluster.pid as number, 0),
    end,
  };
}

/** Processes by their command line (Linux). */
export function processes(wanted: RegExp): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? [];
        return wanted.test(command) ? [{ pid: Number(name), parent: Number(parent) }] : [];
      } catch {
        return [];
      }
    });
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}
