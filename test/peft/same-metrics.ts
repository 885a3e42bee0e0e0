import type { ExecutionContext } from 'ava';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import type { PreparedRun } from './prepared-run.ts';

/** Trains the recipe with both engines: the same losses, update by update, and the same validations. */
export async function trainWithBoth(
  t: ExecutionContext,
  prepared: PreparedRun,
  parts: readonly string[],
  normTolerance = 0.01,
): Promise<void> {
  for (const engine of ['node', 'peft']) {
    const { exitCode, stderr } = await prepared.run(engine, [`engine=${engine}`]);
    t.is(exitCode, 0, String(stderr));
  }
  for (const part of parts) {
    const [node, peft] = ['node', 'peft'].map((engine) => readMetrics(prepared.training(engine, part)));
    t.true(node.filter(({ loss }) => loss !== undefined).length >= 50, part);
    t.deepEqual(peft.map(namesOf), node.map(namesOf));
    for (const [at, record] of node.entries())
      for (const [name, value] of Object.entries(record)) {
        const found = peft[at][name];
        // A validation counts users: one who changes sides is 1/60.
        const tolerance = /ndcg|recall/.test(name)
          ? 1.01 / 60
          : /norm/.test(name)
            ? normTolerance * value
            : 1e-3;
        t.true(
          Math.abs(found - value) <= tolerance,
          `${part}, line ${at + 1}, ${name}: ${value} and ${found}`,
        );
      }
  }
}

function namesOf(record: object): string[] {
  return Object.keys(record).sort();
}
