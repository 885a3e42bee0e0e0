import type { OpenRun } from '../serving/index.ts';
import { hashJson } from '../storage/hash.ts';

/** What has to be the same for two processes to make the same lists, in words. */
export function stateOfRun(run: OpenRun) {
  const { unavailable } = run.availability();
  return {
    'version of the run': run.fingerprint,
    'set of available items': hashJson([...unavailable].sort()),
  };
}
