import { join, resolve } from 'node:path';
import { findRay, type RayMessage, runRayProgram } from '../../launch/ray-program.ts';
import { doorCommand } from '../../process/door.ts';
import { writeFileAtomic } from '../../storage/atomic-file.ts';
import { writeJson } from '../../storage/json-file.ts';
import type { Block, DecodeBlocks } from '../blocks.ts';
import { stateOfRun } from '../state-of-run.ts';
import type { BlockOrder } from './order.ts';

export interface RayOptions {
  /** `auto`, `host:port` or `ray://…`: a cluster that is there; where absent, one of this machine for these lists alone. */
  address?: string | undefined;
  /** One a machine where absent. */
  workers?: number | undefined;
  /** As the run is opened here. */
  runsFolder: string;
  availableFile?: string | undefined;
  excludeFile?: string | undefined;
}

/**
 * Decodes blocks on the machines of a Ray cluster. Each of its workers keeps a process of ours (worker.ts) that has the
 * run in memory; rows come back here, so that the machines share the run's folder, and nothing is written there. Throws a
 * UserError where Ray is not installed.
 */
export function decodeOnRay(options: RayOptions): DecodeBlocks {
  // Before anything is made.
  const python = findRay();
  const { address = 'local', workers, runsFolder, availableFile, excludeFile } = options;
  return async ({ run, blocks, k, rules, folder, onDecoded, onBlock, onNote, signal }) => {
    const job = join(folder, 'ray.tmp');
    const sizes = writeBlocks(join(job, 'blocks.jsonl'), blocks);
    if (sizes.size === 0) return;
    const order: BlockOrder = {
      run: run.name,
      runsFolder: resolve(runsFolder),
      availableFile: absolute(availableFile),
      excludeFile: absolute(excludeFile),
      k,
      rules,
      state: stateOfRun(run),
    };
    const command = doorCommand(import.meta.url, 'worker');
    writeJson(join(job, 'job.json'), { address, workers: workers ?? null, command, order });
    await runRayProgram(['lists', '--job', job], {
      python,
      log: join(job, 'ray.log'),
      signal,
      onMessage(message: RayMessage) {
        if (message.type === 'note') onNote(message.text);
        if (message.type === 'workers') onNote(workersNote(message));
        if (message.type !== 'block') return;
        onBlock(message.number, message.rows);
        onDecoded(sizes.get(message.number) ?? 0);
      },
    });
  };
}

/** Returns the number of users of each block. */
function writeBlocks(path: string, blocks: Iterable<Block>): Map<number, number> {
  const sizes = new Map<number, number>();
  const lines = function* () {
    for (const { number, ids } of blocks) {
      sizes.set(number, ids.length);
      yield `${JSON.stringify([number, ids])}\n`;
    }
  };
  writeFileAtomic(path, lines());
  return sizes;
}

function workersNote({ workers, cpus, machines }: Extract<RayMessage, { type: 'workers' }>): string {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  return `Ray: ${counted(workers, 'worker')} on ${counted(machines, 'machine')}, each with ${counted(cpus, 'core')}.`;
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}
