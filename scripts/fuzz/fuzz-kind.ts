import type { Random } from '../../orchestrator/shared/random.ts';

/** One kind of input that is damaged and given to what reads it. */
export interface FuzzKind {
  name: string;
  /**
   * One case, all of it drawn from `random`, in an empty folder of its own. What is read may be refused by a UserError;
   * anything else that is thrown, and any end of the process, is a failure.
   */
  run(random: Random, folder: string): void | Promise<void>;
}
