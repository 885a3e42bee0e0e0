import { UserError } from './errors.ts';

/** A number of threads for every process that is told no other one, as OMP_NUM_THREADS is for PyTorch. */
const variable = 'EAGER_LLM_THREADS';

let limit: number | undefined;

/** How many processor threads a computation of this process may use; undefined: all cores. Throws a UserError. */
export function threadLimit(): number | undefined {
  return limit ?? fromVariable(process.env[variable]);
}

/** To be set once, before anything heavy begins: processes that share a machine get a part of it each. */
export function limitThreads(threads: number | undefined): void {
  limit = threads;
}

function fromVariable(text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new UserError('system/threads', `expected a number of threads from 1 to 999, got "${text}"`, {
    place: variable,
    remedy: `Set ${variable} to a whole number, or unset it to use all cores.`,
  });
}
