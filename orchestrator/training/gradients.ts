import { quantiseRate } from '../engine/dropout.ts';
import type { TensorView } from '../engine/program.ts';
import { compileTraining, type TrainingProgram } from '../engine/training-program.ts';
import type { TunableModel } from '../model/model-tensors.ts';
import { numberWanted, trainingGraph } from '../model/training-graph.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { createRandom } from '../shared/random.ts';
import { batchFeeds, lossWeight, passesOf, type Teaching } from './batches.ts';
import { type Contrast, contrastFeeds, contrastShape, summaryCount } from './contrast.ts';
import { createDropoutFeeds } from './dropout-feeds.ts';
import type { TrainingOptions } from './options.ts';

/** What turns rows into gradients of a model's store. */
export interface Gradients {
  /** Gradients of one update, the `step`-th, from its micro-batches; returns its mean loss. */
  compute(group: readonly (readonly TrainingRow[])[], step: number): Promise<number>;
  /** Gives the memory of the graph back; it is compiled again when it is needed. */
  release(): Promise<void>;
}

export interface GradientOptions {
  model: TunableModel;
  /** Longest row in tokens. */
  longest: number;
  teaching: Teaching | null;
  contrast: Contrast | null;
  options: TrainingOptions;
}

/** Every random draw is a function of the seed, the update and the pass within it. */
export function gradientsOf({ model, longest, teaching, contrast, options }: GradientOptions): Gradients {
  const { seed, micro_batch_tokens, dropout } = options;
  const graph = trainingGraph(model, {
    longest,
    dropout: quantiseRate(dropout),
    loraDropout: loraDropout(options),
    taughtLevels: teaching?.digits.levels ?? 0,
    contrast: contrast && contrastShape(contrast),
  });
  const drawDropout = createDropoutFeeds(graph.masks);
  let program: TrainingProgram | null = null;

  return {
    async compute(group, step) {
      program ??= await compileTraining('training', graph.loss, model.store);
      const weight = Math.max(
        group.reduce((sum, rows) => sum + lossWeight(rows), 0),
        Number.MIN_VALUE,
      );
      const summaries = group.reduce((sum, rows) => sum + summaryCount(rows), 0);
      const passes = group.flatMap((rows) => passesOf(rows, micro_batch_tokens));
      let loss = 0;
      for (const [at, rows] of passes.entries()) {
        const feeds: Record<string, TensorView> = batchFeeds(rows, weight, teaching, contrast !== null);
        if (contrast) {
          const random = createRandom(seed, 'contrast', step, at);
          Object.assign(feeds, contrastFeeds(rows, feeds.positions.shape[1], summaries, contrast, random));
        }
        numberWanted(feeds, graph.places);
        const counts = { tokens: feeds.tokens.data.length, wanted: feeds.wanted.data.length };
        Object.assign(feeds, drawDropout(counts, createRandom(seed, 'dropout', step, at)));
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

function loraDropout({ tuning }: TrainingOptions): number {
  return tuning.kind === 'lora' ? quantiseRate(tuning.lora.lora_dropout) : 0;
}
