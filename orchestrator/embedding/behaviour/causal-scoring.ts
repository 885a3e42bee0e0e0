import type { ParameterStore } from '../../engine/optimisers/parameters.ts';
import { type CompileOptions, compile, type TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { fillHistories } from './causal-batches.ts';
import { createWorkspace } from './workspace.ts';

/** Histories that go into one run. */
export const scoredAtOnce = 128;

/** What is computed of the states behind histories. */
export interface BehindHistories {
  name: string;
  output: Value;
  /** Longest history that is read, in items; only the latest are kept of a longer one. */
  maxLength: number;
  /** What every run of the graph is fed. */
  feeds: Record<string, TensorView>;
}

/** Runs a graph that reads the inputs of `causalStates`, and `items` [B*T], on histories. */
export async function compileBehindHistories(
  store: ParameterStore,
  { name, output, maxLength, feeds }: BehindHistories,
  compileOptions: CompileOptions,
): Promise<{
  run(histories: readonly Int32Array[], into: TensorView): Promise<void>;
  dispose(): Promise<void>;
}> {
  const program = await compile(name, { output }, compileOptions);
  const workspace = createWorkspace();
  return {
    async run(histories, into) {
      fillHistories(
        workspace,
        histories.map((history) => history.subarray(-maxLength)),
      );
      await program.run({ ...store.valueViews, ...workspace.feeds, ...feeds }, { output: into });
    },
    dispose: program.dispose,
  };
}
