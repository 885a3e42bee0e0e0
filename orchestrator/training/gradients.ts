import { quantiseRate } from '../engine/dropout.ts';
import { compileTraining, type TrainingProgram } from '../engine/training-program.ts';
import type { SequenceModel } from '../models/model.ts';
import type { Example } from '../shared/example.ts';
import { createRandom } from '../shared/random.ts';
import { passesOf } from './batches.ts';
import { createDropoutFeeds } from './dropout-feeds.ts';
import { lossGraph } from './loss-graph.ts';
import type { Objective } from './objectives/objective.ts';
import type { TrainingOptions } from './options.ts';

/** What turns examples into gradients of a model's store. */
export interface Gradients {
  /** Gradients of one update, the `step`-th, from its micro-batches; returns its mean loss. */
  compute(group: readonly (readonly Example[])[], step: number): Promise<number>;
  /** Frees the memory of the graph; it is compiled again when needed. */
  release(): Promise<void>;
}

export interface GradientOptions {
  model: SequenceModel;
  /** Longest row in tokens. */
  longest: number;
  objectives: readonly Objective[];
  options: TrainingOptions;
}

/** Every random draw is a function of the seed, the update and the pass within it. */
export function gradientsOf({ model, longest, objectives, options }: GradientOptions): Gradients {
  const { seed, micro_batch_tokens, dropout } = options;
  const graph = lossGraph(model, objectives, {
    longest,
    dropout: quantiseRate(dropout),
    adapterDropout: adapterDropout(options),
  });
  // Rows that objectives send along are as long as the examples they belong to.
  const companions = objectives.reduce((sum, { companionsOfRow = 0 }) => sum + companionsOfRow, 0);
  const tokensOfPass = Math.max(1, Math.floor(micro_batch_tokens / (1 + companions)));
  const drawDropout = createDropoutFeeds(graph.sites);
  let program: TrainingProgram | null = null;

  return {
    async compute(group, step) {
      program ??= await compileTraining('training', graph.loss, model.store, model.training);
      const totals = objectives.map(({ count }) =>
        Math.max(
          group.reduce((sum, examples) => sum + count(examples), 0),
          Number.MIN_VALUE,
        ),
      );
      const passes = group.flatMap((examples) => passesOf(examples, model.definition, tokensOfPass));
      const randomIn = (pass: number) => (name: string) => createRandom(seed, name, step, pass);
      for (const { name, rehearse } of objectives)
        await rehearse?.(passes.map((examples, at) => ({ examples, random: randomIn(at)(name) })));
      let loss = 0;
      for (const [at, examples] of passes.entries()) {
        const randomOf = randomIn(at);
        const { feeds, counts } = graph.feeds(examples, totals, randomOf);
        Object.assign(feeds, drawDropout(counts, randomOf('dropout')));
        loss += await program.accumulate(feeds, at === 0);
      }
      return loss;
    },
    async release() {
      await program?.dispose();
      program = null;
    },
  };
}

function adapterDropout({ tuning }: TrainingOptions): number {
  return tuning.kind === 'lora' ? quantiseRate(tuning.lora.lora_dropout) : 0;
}
