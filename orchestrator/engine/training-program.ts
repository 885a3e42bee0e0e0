import { differentiate } from './gradients/differentiate.ts';
import { splitGradient } from './gradients/gathered-rows.ts';
import type { ParameterStore } from './optimisers/parameters.ts';
import { type CompileOptions, compile, type TensorView } from './program.ts';
import { type RowSum, rowSum } from './row-sums.ts';
import type { Value } from './types.ts';

/** A loss, compiled together with its gradients by every tensor of a parameter store. */
export interface TrainingProgram {
  /**
   * Runs a micro-batch: its gradients replace those in the store (`first`) or are added to them.
   * The caller's loss weights decide whether accumulated batches are summed or averaged. Returns the loss.
   */
  accumulate(feeds: Record<string, TensorView>, first: boolean): Promise<number>;
  /** The watched values of the latest run. */
  watched: Record<string, TensorView>;
  dispose(): Promise<void>;
  endProfiling(): void;
}

export interface CompileTrainingOptions extends CompileOptions {
  /** Further values to be read after each run, such as statistics of activations. */
  watch?: Record<string, Value>;
}

export async function compileTraining(
  name: string,
  loss: Value,
  store: ParameterStore,
  { watch = {}, ...options }: CompileTrainingOptions = {},
): Promise<TrainingProgram> {
  const names = store.specs.map((spec) => spec.name);
  const gradients = differentiate(
    loss,
    names.map((parameterName) => store.variables[parameterName]),
  );
  const outputs: Record<string, Value> = {};
  /** Where gradients are written as a whole, by output. */
  const into: Record<string, TensorView> = {};
  /** Gradients that are sums of rows alone. */
  const begunAtZero: Float32Array[] = [];
  const sums: RowSum[] = [];
  for (const [at, parameterName] of names.entries()) {
    const view = store.gradientViews[parameterName];
    const { whole, rows } = splitGradient(gradients[at]);
    const output = `gradient/${parameterName}`;
    if (whole) {
      outputs[output] = whole;
      into[output] = view;
    } else begunAtZero.push(view.data);
    for (const [nth, gradient] of rows.entries()) {
      const sum = rowSum(`${output}/${nth}`, gradient, view.data);
      // Where the whole would stand: the runtime computes in this order, and holds what is still needed.
      Object.assign(outputs, sum.outputs);
      sums.push(sum);
    }
  }
  const program = await compile(name, { loss, ...outputs, ...watch }, options);
  let scratch: Float32Array | undefined;
  let scratchViews: Record<string, TensorView> = {};

  const useScratch = () => {
    if (scratch) return;
    scratch = new Float32Array(store.gradients.length);
    const base = store.gradients.byteOffset;
    scratchViews = Object.fromEntries(
      Object.entries(into).map(([output, { shape, data }]) => {
        const start = (data.byteOffset - base) / 4;
        return [output, { shape, data: scratch!.subarray(start, start + data.length) }];
      }),
    );
  };

  const watched: Record<string, TensorView> = {};
  return {
    watched,
    async accumulate(feeds, first) {
      if (first) for (const gradient of begunAtZero) gradient.fill(0);
      else useScratch();
      const results = await program.run(
        { ...store.valueViews, ...feeds },
        Object.assign({}, first ? into : scratchViews, ...sums.map((sum) => sum.into(feeds))),
      );
      if (!first) addTo(store.gradients, scratch!);
      for (const sum of sums) sum.add(feeds, results);
      for (const watchedName of Object.keys(watch)) watched[watchedName] = results[watchedName];
      return Number(results.loss.data[0]);
    },
    dispose: program.dispose,
    endProfiling: program.endProfiling,
  };
}

function addTo(target: Float32Array, source: Float32Array): void {
  for (let at = 0; at < target.length; at++) target[at] += source[at];
}
