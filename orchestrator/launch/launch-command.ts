import { join } from 'node:path';
import { stringify } from 'yaml';
import { workerFolder } from '../peft-job/job-file.ts';
import type { Launcher } from '../recipe/sections/launcher.ts';

/** How a worker is started: a program with its arguments, and files that it needs, by path. */
export interface LaunchCommand {
  command: string;
  args: string[];
  files: Record<string, string>;
}

export interface Launch {
  python: string;
  launcher: Launcher;
  /** Absolute. */
  job: string;
  result: string;
}

/** Where a launcher keeps what it writes. */
export const launcherFolder = 'launcher';

/** The command that starts all processes of this machine; slurm's is in slurm-script.ts. */
export function launchCommand({ python, launcher, job, result }: Launch): LaunchCommand {
  const work = [...workerArguments(job, result, launcher), endsWithParent];
  switch (launcher.kind) {
    case 'local':
    case 'slurm':
      return { command: python, args: work, files: {} };
    case 'torchrun': {
      const { processes, nodes, rendezvous } = launcher;
      return { command: python, args: [...torchrun(processes, nodes, rendezvous), ...work], files: {} };
    }
    case 'accelerate': {
      const config = join(result, launcherFolder, 'accelerate.yaml');
      return {
        command: python,
        args: ['-m', 'accelerate.commands.accelerate_cli', 'launch', '--config_file', config, ...work],
        files: { [config]: accelerateConfig(launcher) },
      };
    }
  }
}

/** The worker ends when its standard input closes: when we are gone, it would work for nobody. */
export const endsWithParent = '--end-with-parent';

/** What is behind Python, for one process. */
export function workerArguments(job: string, result: string, launcher: Launcher): string[] {
  const sharding = 'sharding' in launcher ? ['--sharding', launcher.sharding] : [];
  return ['-m', 'eager_llm_peft', 'train', '--job', job, '--result', result, ...sharding];
}

/** A rank that dies ends all; the state is on disk, and eager-llm starts anew from it when it is told to. */
export function torchrun(
  processes: number,
  nodes: number,
  rendezvous: string | null,
  id = 'eager-llm',
): string[] {
  return [
    ...['-m', 'torch.distributed.run', '--nnodes', String(nodes), '--nproc-per-node', String(processes)],
    ...['--max-restarts', '0'],
    ...(rendezvous
      ? ['--rdzv-backend', 'c10d', '--rdzv-endpoint', rendezvous, '--rdzv-id', id]
      : ['--standalone']),
  ];
}

function accelerateConfig({
  processes,
  nodes,
  rendezvous,
}: Extract<Launcher, { kind: 'accelerate' }>): string {
  const [host, port] = rendezvous?.split(':') ?? [];
  const config = {
    compute_environment: 'LOCAL_MACHINE',
    distributed_type: 'MULTI_GPU',
    num_machines: nodes,
    num_processes: nodes * processes,
    machine_rank: 0,
    rdzv_backend: rendezvous ? 'c10d' : 'static',
    ...(host ? { main_process_ip: host, main_process_port: Number(port) } : {}),
    same_network: true,
    // What is computed in which precision is said by the job.
    mixed_precision: 'no',
    use_cpu: false,
  };
  // Python reads YAML 1.1, where a bare `no` is false.
  return stringify(config, { version: '1.1' });
}

/** The worker that travels with a job. */
export function workerSourceOf(job: string): string {
  return join(job, workerFolder);
}
