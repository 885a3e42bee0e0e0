import type { Computation, LauncherSettings, SettingConflict } from './launcher.ts';

/** Weights that are split across the processes, of which there is one; `setting` says how many there are. */
export function shardingConflicts(
  { sharding }: LauncherSettings,
  processes: number,
  setting: string,
): SettingConflict[] {
  if (sharding === undefined || sharding === 'none' || processes > 1) return [];
  return [
    {
      setting: 'sharding',
      message: `${sharding} splits weights across the processes, and there is one`,
      remedy: `Set launcher.sharding to none, or ${setting} to 2 or more.`,
    },
  ];
}

interface NodesWithGpus extends LauncherSettings {
  processes: number;
  nodes: number;
  gpus_per_node: number;
}

/** Of nodes that a cluster hands out with so many GPUs. */
export function nodeConflicts(settings: NodesWithGpus, { device }: Computation): SettingConflict[] {
  const { processes, nodes, gpus_per_node } = settings;
  const conflicts = shardingConflicts(settings, processes * nodes, 'launcher.processes or launcher.nodes');
  if (device !== 'cpu' && gpus_per_node > 0 && processes > gpus_per_node)
    conflicts.push({
      setting: 'processes',
      message: `each process needs a GPU of its own: ${processes} processes, and gpus_per_node is ${gpus_per_node}`,
      remedy: `Set launcher.processes to ${gpus_per_node}, or launcher.gpus_per_node to ${processes}.`,
    });
  return conflicts;
}
