import type { FloatView } from './floats.ts';
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
  const { outputs, wholes, begunAtZero, sums } = planGradients(loss, store);
  const program = await compile(name, { loss, ...outputs, ...watch }, options);
  let scratch: Record<string, FloatView> | undefined;
  const watched: Record<string, TensorView> = {};
  return {
    watched,
    async accumulate(feeds, first) {
      if (first) for (const gradient of begunAtZero) gradient.fill(0);
      else scratch ??= ofTheirSizes(wholes);
      const into = first || !scratch ? wholes : scratch;
      const results = await program.run(
        { ...store.valueViews, ...feeds },
        Object.assign({}, into, ...sums.map((sum) => sum.into(feeds))),
      );
      if (!first) for (const [output, { data }] of Object.entries(wholes)) addTo(data, into[output].data);
      for (const sum of sums) sum.add(feeds, results);
      for (const watchedName of Object.keys(watch)) watched[watchedName] = results[watchedName];
      return Number(results.loss.data[0]);
    },
    dispose: program.dispose,
    endProfiling: program.endProfiling,
  };
}

/** How the gradients of a store come out of a graph. */
interface GradientPlan {
  outputs: Record<string, Value>;
  /** Where those that come as a whole belong, by output. */
  wholes: Record<string, FloatView>;
  /** Those that are sums of rows alone. */
  begunAtZero: Float32Array[];
  sums: RowSum[];
}

function planGradients(loss: Value, { specs, variables, gradientViews }: ParameterStore): GradientPlan {
  const plan: GradientPlan = { outputs: {}, wholes: {}, begunAtZero: [], sums: [] };
  const gradients = differentiate(
    loss,
    specs.map(({ name }) => variables[name]),
  );
  for (const [at, { name }] of specs.entries()) {
    const view = gradientViews[name];
    const { whole, rows } = splitGradient(gradients[at]);
    const output = `gradient/${name}`;
    if (whole) {
      plan.outputs[output] = whole;
      plan.wholes[output] = view;
    } else plan.begunAtZero.push(view.data);
    for (const [nth, gradient] of rows.entries()) {
      const sum = rowSum(`${output}/${nth}`, gradient, view.data);
      // Where the whole would stand: the runtime computes in this order, and holds what is still needed.
      Object.assign(plan.outputs, sum.outputs);
      plan.sums.push(sum);
    }
  }
  return plan;
}

function ofTheirSizes(views: Record<string, FloatView>): Record<string, FloatView> {
  return Object.fromEntries(
    Object.entries(views).map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(data.length) },
    ]),
  );
}

function addTo(target: Float32Array, source: Float32Array): void {
  for (let at = 0; at < target.length; at++) target[at] += source[at];
}
