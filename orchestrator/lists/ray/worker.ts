/**
 * The door of a process that decodes blocks of users for a worker of Ray: lines of JSON in, a line of JSON for each out.
 * The first is the order. It ends when its input closes: then nobody waits for it any more.
 */
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { packError } from '../../process/sent-error.ts';
import { type OpenRun, openRun } from '../../serving/index.ts';
import { UserError } from '../../shared/errors.ts';
import { limitThreads } from '../../shared/threads.ts';
import { isThere } from '../../storage/is-there.ts';
import { type Block, rowsOf } from '../blocks.ts';
import { stateOfRun } from '../state-of-run.ts';
import type { BlockAnswer, BlockOrder } from './order.ts';

let begun: Promise<{ run: OpenRun; order: BlockOrder }> | undefined;

createInterface({ input: process.stdin })
  .on('line', async (line) => answer(await answerTo(line)))
  .on('close', () => process.exit(0));

async function answerTo(line: string): Promise<BlockAnswer> {
  try {
    if (begun) return { type: 'block', rows: await rowsOfBlock(JSON.parse(line)) };
    begun = begin(JSON.parse(line));
    await begun;
    return { type: 'ready' };
  } catch (error) {
    const packed = packError(error);
    if (packed.kind === 'user') packed.place = [hostname(), packed.place].filter(Boolean).join(': ');
    return { type: 'failed', error: packed };
  }
}

function answer(said: BlockAnswer): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function begin(order: BlockOrder) {
  limitThreads(order.threads);
  const { runsFolder, availableFile, excludeFile } = order;
  for (const path of [join(runsFolder, order.run), availableFile, excludeFile])
    if (path !== undefined && !isThere(path)) throw notShared(path);
  const run = await openRun(order.run, { runsFolder, availableFile, excludeFile });
  const own = Object.entries(stateOfRun(run));
  const other = own.filter(([name, value]) => order.state[name] !== value).map(([name]) => name);
  if (other.length > 0)
    throw new UserError('lists/other-state', `has another ${other.join(', ')} than where the lists began`, {
      place: resolve(runsFolder, order.run),
      remedy: 'Give the same command again when the run stays as it is.',
    });
  return { run, order };
}

async function rowsOfBlock({ ids }: Block): Promise<string> {
  const { run, order } = await begun!;
  let rows = '';
  const options = { ...order.rules, k: order.k, block: ids.length, emptyUnknown: true };
  for await (const list of run.recommendAll(ids, options)) rows += rowsOf(list);
  return rows;
}

function notShared(path: string): UserError {
  return new UserError('lists/not-shared', 'is not there on this machine of the cluster', {
    place: path,
    remedy:
      'Put runs and eager-llm into a folder that all machines share under the same path, and start the command there.',
  });
}
