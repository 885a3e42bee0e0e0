import type { OpenRun } from '../serving/index.ts';
import { firstOf } from './commands/options.ts';
import { say } from './print.ts';

/** Says which ids of the files of available and excluded items the catalogue does not have; `strict` refuses them. */
export async function tellUnknown(
  run: Pick<OpenRun, 'name' | 'availability'>,
  strict = false,
): Promise<void> {
  const { unknown } = run.availability();
  if (unknown.length === 0) return;
  const { unknownItems } = await import('../serving/delist-items.ts');
  if (strict) throw unknownItems(unknown);
  const number = unknown.length.toLocaleString('en-US');
  say(`! ${number} ids are not in the catalogue of ${run.name}, and were skipped: ${firstOf(unknown)}`);
}
