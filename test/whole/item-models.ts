import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { eagerLlm } from './eager-llm.ts';

// What runs of models whose rows are items have in common.

/** The real command over the runs of one folder. */
type Command = (name: string, ...rest: string[]) => ReturnType<typeof eagerLlm>;

/** The mean of the last five losses is below that of the first five. */
export function haveFallen(t: ExecutionContext, losses: readonly number[]): void {
  const mean = (some: readonly number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
  t.true(mean(losses.slice(-5)) < mean(losses.slice(0, 5)), `${losses[0]} to ${losses.at(-1)}`);
}

/** `usersFile`: `users.jsonl` of the run's dataset. */
export async function recommendsToAUser(
  t: ExecutionContext,
  command: Command,
  { run, usersFile }: { run: string; usersFile: string },
): Promise<void> {
  const user = JSON.parse(readFileSync(usersFile, 'utf8').split('\n')[0]);
  const { exitCode, stdout, stderr } = await command('recommend', run, '--user', user, '--k', '3', '--json');
  t.is(exitCode, 0, String(stderr));
  t.is(JSON.parse(String(stdout)).items.length, 3);
}

/** Words, and new items: `folder` is for a file of these. */
export async function refusesWordsAndNewItems(
  t: ExecutionContext,
  command: Command,
  { run, folder }: { run: string; folder: string },
): Promise<void> {
  const words = await command('recommend', run, '--prompt', 'a shampoo for dry hair');
  t.not(words.exitCode, 0);
  t.regex(String(words.stderr), /prompts\/reads-no-texts/);
  const items = join(folder, 'items.csv');
  writeFileSync(items, 'item_id,title\nnew,A new one\n');
  const appended = await command('catalogue', 'append', run, items);
  t.regex(String(appended.stderr), /continue\/holds-items/);
}
