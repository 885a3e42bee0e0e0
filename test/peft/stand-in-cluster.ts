import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Programs in place of a cluster's: sbatch runs the script, for an array once a task, and srun its command once for each
 * node, all on this machine.
 */
export function standInCluster(folder: string): { env: Record<string, string>; submitted: string } {
  mkdirSync(folder);
  const submitted = join(folder, 'submitted.sbatch');
  const programs = {
    sbatch: `
for script; do :; done
cp "$script" ${submitted}
echo 4711
nodes=$(sed -n 's/^#SBATCH --nodes=//p' "$script")
log=$(sed -n 's/^#SBATCH --output=//p' "$script")
last=$(sed -n 's/^#SBATCH --array=0-//p' "$script")
export SLURM_JOB_ID=4711 SLURM_JOB_NODELIST=localhost SLURM_NNODES=$nodes
for task in $(seq 0 "\${last:-0}"); do
  SLURM_ARRAY_TASK_ID=$task bash "$script" >> "\${log/\\%a/$task}" 2>&1 || exit $?
done`,
    srun: `
shift
pids=
for node in $(seq "$SLURM_NNODES"); do "$@" & pids="$pids $!"; done
for pid in $pids; do wait "$pid" || exit $?; done`,
    scontrol: `
echo localhost`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/bash${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { env: { PATH: `${folder}:${process.env.PATH}` }, submitted };
}

/** kubectl on a cluster whose pods are processes of this machine; what it was given lies in `manifest`. */
export function standInKubernetes(folder: string): { env: Record<string, string>; manifest: string } {
  mkdirSync(folder);
  const script = fileURLToPath(new URL('stand-in-kubectl.mjs', import.meta.url));
  writeFileSync(join(folder, 'kubectl'), `#!/bin/bash\nexec ${process.execPath} ${script} "$@"\n`, {
    mode: 0o755,
  });
  const env = { PATH: `${folder}:${process.env.PATH}`, STATE: folder, MEETING: '29517' };
  return { env, manifest: join(folder, 'train-job.yaml') };
}
