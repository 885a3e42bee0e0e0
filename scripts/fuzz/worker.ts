/**
 * Runs cases in a process of its own, since what is damaged may end it or never come to an end; scripts/fuzz.ts watches.
 * Arguments: seed, kind, first case, number of cases.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { systemErrorOf } from '../../orchestrator/shared/system-error.ts';
import { kinds } from './kinds.ts';

export type FuzzMessage = { type: 'begun'; case: number } | { type: 'failed'; case: number; error: string };

const [seed, name, first, count] = process.argv.slice(2);
const kind = kinds.find((each) => each.name === name);
if (!kind) throw new Error(`there is no kind ${name}`);
// Libraries talk; what counts goes by message.
console.warn = console.log = () => {};
process.on('disconnect', () => process.exit(1));
for (let at = Number(first); at < Number(first) + Number(count); at++) {
  tell({ type: 'begun', case: at });
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-fuzz-'));
  try {
    await kind.run(createRandom(Number(seed), kind.name, at), folder);
  } catch (error) {
    if (!(error instanceof UserError) && !systemErrorOf(error))
      tell({
        type: 'failed',
        case: at,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
// Native libraries may hold the event loop open.
process.exit(0);

function tell(message: FuzzMessage): void {
  process.send?.(message);
}
