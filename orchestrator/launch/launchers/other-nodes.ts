import { shellLine, shellWord } from '../../shared/shell-line.ts';
import type { LaunchCommand, LauncherSettings, SettingConflict } from './launcher.ts';
import { shardingConflicts } from './process-conflicts.ts';
import { endsWithParent, workerSourceOf } from './worker-command.ts';

/** Several machines, on each of which a person starts the program. */
interface MeetingNodes extends LauncherSettings {
  processes: number;
  nodes: number;
  rendezvous: string | null;
}

export function meetingConflicts(settings: MeetingNodes): SettingConflict[] {
  const { processes, nodes, rendezvous } = settings;
  const conflicts = shardingConflicts(settings, processes * nodes, 'launcher.processes');
  if (nodes > 1 && rendezvous === null)
    conflicts.push({
      setting: 'rendezvous',
      message: `${nodes} nodes need a place to meet`,
      remedy: 'Name the first of them with a free port, as in rendezvous: node-1:29500.',
    });
  return conflicts;
}

/** A command of this machine, with a line for people to start the rest. */
export function withOtherNodes(start: LaunchCommand, { nodes }: MeetingNodes, job: string): LaunchCommand {
  if (nodes === 1) return start;
  const words = [start.command, ...start.args.filter((word) => word !== endsWithParent)];
  const line = `PYTHONPATH=${shellWord(workerSourceOf(job))} ${shellLine(words)}`;
  return { ...start, note: `run this on each of the other nodes too: ${line}` };
}
