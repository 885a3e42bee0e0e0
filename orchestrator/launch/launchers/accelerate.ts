import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Launcher } from './launcher.ts';
import { meetingConflicts, withOtherNodes } from './other-nodes.ts';
import { everyLauncher, rendezvous, severalProcesses, sharding } from './settings.ts';
import { endsWithParent, launcherFolder, workerArguments } from './worker-command.ts';

const schema = z.strictObject({
  ...everyLauncher,
  kind: z.literal('accelerate').describe('as torchrun, by `accelerate launch` and a written config file'),
  ...severalProcesses,
  rendezvous,
  sharding,
});

export const accelerate = {
  settings: schema,
  startsPrograms: ['rendezvous'],
  conflicts: meetingConflicts,
  start({ python, settings, job, result }) {
    const config = join(result, launcherFolder, 'accelerate.yaml');
    const args = [
      ...['-m', 'accelerate.commands.accelerate_cli', 'launch', '--config_file', config],
      ...workerArguments(job, result, settings),
      endsWithParent,
    ];
    const files = { [config]: accelerateConfig(settings) };
    return withOtherNodes({ command: python, args, files }, settings, job);
  },
} satisfies Launcher<z.infer<typeof schema>>;

const deepspeed = {
  distributed_type: 'DEEPSPEED',
  deepspeed_config: {
    zero_stage: 3,
    // The worker splits a model that is whole.
    zero3_init_flag: false,
    // torchrun, as without DeepSpeed: its own launcher reaches the nodes by ssh.
    deepspeed_multinode_launcher: 'standard',
  },
};

function accelerateConfig({ processes, nodes, rendezvous, sharding }: z.infer<typeof schema>): string {
  const [host, port] = rendezvous?.split(':') ?? [];
  const config = {
    compute_environment: 'LOCAL_MACHINE',
    ...(sharding === 'deepspeed' ? deepspeed : { distributed_type: 'MULTI_GPU' }),
    num_machines: nodes,
    num_processes: nodes * processes,
    machine_rank: 0,
    rdzv_backend: rendezvous ? 'c10d' : 'static',
    ...(host ? { main_process_ip: host, main_process_port: Number(port) } : {}),
    // With DeepSpeed, true would make nodes meet in another way than by `rdzv_backend`.
    same_network: sharding !== 'deepspeed',
    // The job says what is computed in which precision.
    mixed_precision: 'no',
    use_cpu: false,
  };
  // Python reads YAML 1.1, where a bare `no` is false.
  return stringify(config, { version: '1.1' });
}
