import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa, type ResultPromise } from 'execa';

export interface RealSlurm {
  /** What the programs of Slurm need to find this cluster. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * A Slurm of one node on this machine's loopback, its partitions `open` and `closed`; null where its programs (of Debian:
 * slurmctld, slurmd, munge) are not there or do not start.
 */
export async function startSlurm(): Promise<RealSlurm | null> {
  if (process.platform !== 'linux') return null;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-slurm-')));
  const in_ = (name: string) => join(folder, name);
  const env = {
    SLURM_CONF: in_('slurm.conf'),
    PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin`,
  };
  const children: ResultPromise[] = [];
  const start = (program: string, args: string[]) => {
    const child = execa(program, args, {
      env,
      reject: false,
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'ignore',
    });
    children.push(child);
  };
  const stop = async () => {
    for (const child of children.reverse()) child.kill();
    const ended = Promise.all(children);
    await Promise.race([ended, wait(15_000)]);
    for (const child of children) child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const name of ['munge', 'state', 'spool']) mkdirSync(in_(name));
  for (const path of [folder, in_('munge')]) chmodSync(path, 0o711);
  writeFileSync(in_('munge/key'), Buffer.alloc(128, 7), { mode: 0o600 });
  const [controller, node] = [await freePort(), await freePort()];
  writeFileSync(in_('slurm.conf'), configuration(folder, controller, node));
  start('munged', [
    '--foreground',
    '--force',
    ...Object.entries({
      socket: 'socket',
      'key-file': 'key',
      'pid-file': 'pid',
      'seed-file': 'seed',
      'log-file': 'log',
    }).map(([option, name]) => `--${option}=${in_(`munge/${name}`)}`),
  ]);
  for (let at = 0; at < 50 && !existsSync(in_('munge/socket')); at++) await wait(100);
  start('slurmctld', ['-D']);
  start('slurmd', ['-D']);
  for (let at = 0; at < 60; at++) {
    const { stdout, failed } = await execa('sinfo', ['-h', '-p', 'open', '-o', '%T'], { env, reject: false });
    if (!failed && stdout?.trim() === 'idle') return { env, stop };
    const missing = await Promise.race([...children, wait(500).then(() => null)]);
    if (missing) break;
  }
  await stop();
  return null;
}

function configuration(folder: string, controller: number, node: number): string {
  const name = hostname().split('.')[0];
  const user = userInfo().username;
  return `ClusterName=test
SlurmctldHost=${name}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
CredType=cred/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/affinity
TaskPluginParam=Cores
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
KillWait=2
NodeName=${name} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=open Nodes=ALL Default=YES MaxTime=INFINITE State=UP
PartitionName=closed Nodes=ALL MaxTime=INFINITE State=DOWN
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
